/** What runs over each batch system have to stand, told once for all of them. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { equal, match, not } from 'uvu/assert'
import { type BatchPool, queueIsEmpty } from './batch-pools.js'
import { allAre, countOf, outputsBelow, runPoolCase, type SlowRun, slowRun } from './batch-runs.js'
import { runCase, sameFiles } from './case-runs.js'
import type { CliOptions } from './cli.js'
import { until } from './cluster-jobs.js'

export const CASES = [
  '01-cli-example',
  '04-electron-nanoaod-old-chunks',
  '08-electron-miniaod-ntuples',
  '12-scale-and-smearing',
]

export async function casesAreAsLocal(pool: BatchPool): Promise<void> {
  const runs = CASES.map(async name => ({ name, run: await runPoolCase(pool, name, ['--memory', '500MB']) }))
  for (const { name, run } of await Promise.all(runs)) {
    equal(run.status, 0, run.stderr)
    match(run.stderr, new RegExp(`batch/${pool.kind}, \\d+ jobs?`))
    sameFiles(run.files, (await runCase(name, [])).files, name)
  }
  await queueIsEmpty(pool)
}

/** Sends a signal when all jobs run, or never will. */
function whenRunning(run: SlowRun, signal: NodeJS.Signals): NonNullable<CliOptions['onStart']> {
  return kill =>
    run.until(allAre('running')).then(
      () => kill(signal),
      () => kill('SIGTERM'),
    )
}

/** Whatever becomes of `work`, no job is left. */
async function withRun(
  pool: BatchPool,
  work: (run: SlowRun) => Promise<void>,
  files?: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const run = slowRun(pool, files)
  try {
    await work(run)
  } finally {
    run.go()
    await run.command('cancel')
  }
}

/** Left when submitted, looked at, collected; then there is nothing more to do. */
export function detachedRun(pool: BatchPool): Promise<void> {
  return withRun(pool, async run => {
    const { status, stdout, stderr } = await run.start(['--detach'])
    equal(status, 0, stderr)
    equal(stdout, `${run.out}/.tnp-batch\n`)
    for (const command of ['status', 'resubmit', 'collect']) match(stderr, `tnp-pipe ${command} ${run.out} `)
    equal(statSync(join(run.out, '.tnp-batch')).mode & 0o777, 0o700)
    const waiting = await run.until(allAre('running'))
    equal(waiting.verdict, 'waiting')
    equal((await run.command('status')).status, 4)
    const early = await run.command('collect', ['--no-wait'])
    equal(early.status, 1)
    match(early.stderr, /error: 4 of 4 jobs have no result: 4 running\./)
    // Waits for the jobs, while a second one is refused.
    let second: Promise<{ readonly status: number | null; readonly stderr: string }> | undefined
    const collected = await run.command('collect', [], {
      onStart: () =>
        setTimeout(() => {
          second = run.command('collect').then(outcome => {
            run.go()
            return outcome
          })
        }, 1500),
    })
    equal(collected.status, 0, collected.stderr)
    const refused = await second!
    equal(refused.status, 2)
    match(refused.stderr, /process \d+ on .* is writing to this folder/)
    await run.isAsLocal()
    const again = await run.command('collect')
    equal(again.status, 0)
    match(again.stderr, /this run was collected at .*: the outputs are in /)
    equal(readdirSync(join(run.out, '.tnp-batch')), ['run.json'])
    const done = await run.command('status')
    equal(done.status, 0)
    match(done.stdout, /collected at/)
    await queueIsEmpty(pool)
  })
}

/** Of jobs that were taken away or killed, and of the driver: what is said, and that it is mended. `remove` gets a job's number. */
export function disturbedRun(pool: BatchPool, remove: (job: string) => Promise<unknown>): Promise<void> {
  return withRun(pool, async run => {
    // kill -9 of the driver while it waits: jobs go on.
    const killed = await run.start([], { onStart: whenRunning(run, 'SIGKILL') })
    equal(killed.status, null)
    equal(outputsBelow(run.out).size, 0)
    equal(run.workers().length, 4)

    const { stdout } = await run.command('status')
    match(stdout, /A +2 jobs +2 running\nB +2 jobs +2 running/)
    const names = (await pool.jobs()).map(line => line.split(' ')[0]!)
    equal(names.length, 4)
    await remove(names[0]!)
    for (let k = 0; k < 150 && run.workers().length > 3; k++) await new Promise(resolve => setTimeout(resolve, 100))
    equal(run.workers().length, 3)
    process.kill(run.workers()[0]!, 'SIGKILL')
    const hurt = await run.until(report => countOf(report, 'lost') === 1 && countOf(report, 'failed') === 1)
    equal(hurt.verdict, 'bad')
    const text = await run.command('status')
    equal(text.status, 1)
    match(text.stdout, /lost: job .*, [AB], .*DYto2E\.root from entry \d+\n {2}the batch system ended it/)
    match(text.stdout, /failed: job .*\n {2}it was killed by signal 9, which is what happens where memory runs out/)
    match(text.stdout, /\| it was killed by signal 9/)
    match(text.stdout, /tnp-pipe resubmit/)

    const more = await run.command('resubmit')
    equal(more.status, 0, more.stderr)
    equal(more.stdout, '2 jobs resubmitted\n')
    equal((await run.command('resubmit')).stdout, 'nothing to resubmit: no job failed, is held or got lost\n')
    run.go()
    const collected = await run.command('collect')
    equal(collected.status, 0, collected.stderr)
    await run.isAsLocal()
    await queueIsEmpty(pool)
  })
}

/** A held job is told of, with the reason, and another takes its place. */
export function heldRun(
  pool: BatchPool,
  args: readonly string[],
  hold: (job: string) => Promise<unknown>,
  reason: RegExp,
): Promise<void> {
  return withRun(pool, async run => {
    const begun = await run.start(['--detach', ...args])
    equal(begun.status, 0, begun.stderr)
    await run.until(report => countOf(report, 'running') > 0)
    const jobs = await pool.jobs()
    // Slurm holds jobs that wait.
    await hold((jobs.find(line => line.endsWith('PENDING')) ?? jobs[0]!).split(' ')[0]!)
    equal((await run.until(report => countOf(report, 'held') === 1)).verdict, 'bad')
    const { status, stdout } = await run.command('status')
    equal(status, 1)
    match(stdout, /held: job .*DYto2E\.root/)
    match(stdout, reason)
    const again = await run.command('resubmit')
    equal(again.stdout, '1 job resubmitted\n', again.stderr)
    run.go()
    const collected = await run.command('collect')
    equal(collected.status, 0, collected.stderr)
    await run.isAsLocal()
    await queueIsEmpty(pool)
  })
}

/** Only so many jobs at a time; the others wait, and are not lost. */
export function fewAtATime(pool: BatchPool, reason: RegExp): Promise<void> {
  return withRun(pool, async run => {
    const begun = await run.start(['--detach', '--scaleout', '1'])
    equal(begun.status, 0, begun.stderr)
    const report = await run.until(({ passes }) => passes.length === 2 && run.workers().length === 1)
    equal([countOf(report, 'running'), countOf(report, 'pending'), report.verdict], [1, 3, 'waiting'])
    match((await run.command('status')).stdout, reason)
    run.go()
    const collected = await run.command('collect')
    equal(collected.status, 0, collected.stderr)
    await run.isAsLocal()
  })
}

/** Ctrl-C and a lost terminal leave the jobs; `cancel` takes them back; what was done is kept. */
export function leftRun(pool: BatchPool): Promise<void> {
  return withRun(pool, async run => {
    const stopped = await run.start([], { onStart: whenRunning(run, 'SIGINT') })
    equal(stopped.status, 130, stopped.stderr)
    match(stopped.stderr, /its jobs go on\n {2}tnp-pipe status /)
    // A job that runs may not have begun its process yet.
    await until(() => run.workers().length === 4, 'four workers', 20)
    const lost = await run.command('collect', [], { onStart: kill => setTimeout(() => kill('SIGHUP'), 2000) })
    equal(lost.status, 129, lost.stderr)
    match(lost.stderr, /tnp-pipe collect /)
    equal(run.workers().length, 4)
    const cancelled = await run.command('cancel')
    equal(cancelled.status, 0, cancelled.stderr)
    match(cancelled.stdout, /all jobs are taken back; results so far are kept in/)
    await queueIsEmpty(pool)
    equal(run.workers(), [])
    const missing = await run.command('collect', ['--no-wait'])
    equal(missing.status, 1)
    match(missing.stderr, /error: 4 of 4 jobs have no result/)
    equal(outputsBelow(run.out).size, 0)
    run.go()
    equal((await run.command('resubmit')).stdout, '4 jobs resubmitted\n')
    equal((await run.command('collect')).status, 0)
    await run.isAsLocal()
  })
}

/** A job that takes more than it has: told, halved, and done with more. */
export function memoryRun(pool: BatchPool): Promise<void> {
  return withRun(pool, async run => {
    const { status, stderr } = await run.start(['--memory', '45MB', '--events-per-job', '600'])
    equal(status, 1, stderr)
    match(stderr, /error: 2 of 2 jobs have no result: 2 failed\./)
    const text = await run.command('status')
    match(text.stdout, /it took \d+ MB of the 45 MB that the job has/)
    equal(
      (await run.command('resubmit')).stdout,
      '2 jobs resubmitted, 2 of them halved for their memory\n'.replace('2 jobs', '4 jobs'),
    )
    await run.until(allAre('failed'))
    match(
      (await run.command('resubmit')).stderr,
      /warning: 4 of them took too much memory, and cannot be halved: give more/,
    )
    await run.until(allAre('failed'))
    run.go()
    equal((await run.command('resubmit', ['--memory', '500MB'])).status, 0)
    const collected = await run.command('collect')
    equal(collected.status, 0, collected.stderr)
    await run.isAsLocal()
  })
}

/** A file that cannot be read ends the run as it ends a local one. */
export function unreadableRun(pool: BatchPool): Promise<void> {
  return withRun(
    pool,
    async run => {
      run.go()
      const { status, stderr } = await run.start([])
      equal(status, 1)
      match(stderr, /error: .*none\.root.*\(FileNotFoundError\)/)
      not.match(stderr, /fault of tnp-pipe/)
      equal(outputsBelow(run.out).size, 0)
      match((await run.command('status')).stdout, /failed: job .*none\.root/)
    },
    { A: ['DYto2E.root', 'none.root'] },
  )
}

/** What the batch system refuses costs nothing and leaves nothing. */
export function refusedRun(pool: BatchPool, args: readonly string[], words: RegExp): Promise<void> {
  return withRun(pool, async run => {
    const { status, stderr } = await run.start(args)
    equal(status, 2, stderr)
    match(stderr, words)
    equal(existsSync(join(run.out, '.tnp-batch')), false)
    equal(await pool.jobs(), [])
  })
}

/** A host without Node says so, in the log and in the status; TNP_NODE names another. */
export function nodelessRun(pool: BatchPool): Promise<void> {
  return withRun(pool, async run => {
    run.go()
    const { status, stderr } = await run.start([], { env: { TNP_NODE: '/none/node' } })
    equal(status, 1, stderr)
    match(stderr, /error: 4 of 4 jobs have no result: 4 failed\./)
    const { stdout } = await run.command('status')
    match(
      stdout,
      /there is no Node at \/none\/node\. Jobs need it under the same path as here, or TNP_NODE set to another on /,
    )
    match(stdout, /\| there is no Node at/)
    equal((await run.command('resubmit')).status, 0)
    equal((await run.command('collect')).status, 0)
    await run.isAsLocal()
  })
}
