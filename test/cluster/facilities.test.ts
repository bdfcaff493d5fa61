/** Dask on real batch systems: jobs give the outputs of local runs; jobs that are refused, held, lost, removed, or never start end in
 *  words or are replaced; and no job is left. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import {
  type BatchPool,
  havePools,
  POOLS_NEED,
  type PoolKind,
  queueIsEmpty,
  startPool,
} from '../support/batch-pools.js'
import { caseOptions, sameFiles } from '../support/case-runs.js'
import { type CliOptions, filesBelow, type Outcome, runAnalysis, tnpPipe } from '../support/cli.js'
import { chunkedJob, leftovers, nothingLeft, once, processesOf, stageModule } from '../support/cluster-jobs.js'
import { testIf } from '../support/tools.js'

const when = testIf(test, havePools(), POOLS_NEED)
const CASES = [
  '01-cli-example',
  '04-electron-nanoaod-old-chunks',
  '08-electron-miniaod-ntuples',
  '12-scale-and-smearing',
]

let pools: Promise<Record<PoolKind, BatchPool>> | undefined
function pool(kind: PoolKind): Promise<BatchPool> {
  pools ??= Promise.all([startPool('slurm'), startPool('condor')]).then(([slurm, condor]) => ({ slurm, condor }))
  return pools.then(all => all[kind])
}
test.after(async () => {
  if (pools !== undefined) for (const one of Object.values(await pools)) one.stop()
})

/** What says where jobs and their results are, beside the pool's own. */
function environment({ options, folder }: BatchPool): Record<string, string> {
  const dask = { DASK_JOBQUEUE__SLURM__INTERFACE: 'lo', DASK_JOBQUEUE__HTCONDOR__INTERFACE: 'lo' }
  return { ...options.env, ...dask, XDG_STATE_HOME: join(folder, 'state'), TNP_BATCH_PERIOD: '1' }
}

function run(at: BatchPool, args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
  return runAnalysis([...args, '--no-progress'], {
    ...at.options,
    cwd: at.folder,
    ...options,
    env: { ...environment(at), ...options.env },
  })
}

function dask(at: BatchPool, ...more: string[]): string[] {
  const name = at.kind === 'slurm' ? 'dask/slurm' : 'dask/condor'
  const common = ['--executor', name, '--memory', '900MB', '--disk', '100MB', '--dashboard-address', ':0']
  return [...common, '--python', at.python, '--no-journal', ...more]
}

async function clean(at: BatchPool): Promise<void> {
  await queueIsEmpty(at)
  await nothingLeft({ pool: at.folder })
  const state = join(at.folder, 'state/tnp-pipe/clusters')
  equal(existsSync(state) ? readdirSync(state).filter(name => name.endsWith('.json')) : [], [])
}

for (const kind of ['slurm', 'condor'] as PoolKind[]) {
  for (const name of CASES) {
    when(`dask/${kind}: ${name} gives the outputs of a local run`, async () => {
      const at = await pool(kind)
      const [local, far] = [at.makeFolder('local'), at.makeFolder('far')]
      const job = caseOptions(name)
      const options = { cwd: at.data }
      equal((await run(at, [...job, '--output', local, '--no-journal'], options)).status, 0)
      const { status, stderr } = await run(at, [...job, '--output', far, ...dask(at, '--scaleout', '2')], options)
      equal(status, 0, stderr)
      match(stderr, /dashboard of the cluster: http:/)
      sameFiles(filesBelow(far), filesBelow(local), name)
      await clean(at)
    })
  }
}

/** A job that can be disturbed. */
function slow(at: BatchPool, { chunks = 60, body = 'await sleep(200)', perFile = 20 } = {}) {
  const dir = at.makeFolder('job')
  const json = (name: string, content: unknown) => {
    const path = join(dir, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  const job = (stage: string) => [
    ...chunkedJob({ json }, at.data, { chunks, stage, perFile }),
    '--output',
    join(dir, stage.includes('harmless') ? 'local' : 'far'),
    '--no-journal',
  ]
  return {
    dir,
    args: job(stageModule(dir, body)),
    async sameAsHere() {
      const { status, stderr } = await run(at, job(stageModule(dir, '', 'harmless.mjs')))
      equal(status, 0, stderr)
      sameFiles(filesBelow(join(dir, 'far')), filesBelow(join(dir, 'local')), 'outputs')
    },
  }
}

const FIXED = ['--adaptive', 'false']
const cancel = (at: BatchPool, job: string) => at.run(at.kind === 'slurm' ? 'scancel' : 'condor_rm', [job])
const running = async (at: BatchPool) => (await at.jobs()).filter(line => / (RUNNING|2)$/.test(line))

for (const kind of ['slurm', 'condor'] as PoolKind[]) {
  when(`dask/${kind}: a job that is removed is replaced, and its tasks are run again`, async () => {
    const at = await pool(kind)
    const job = slow(at, { chunks: 100 })
    let removed = ''
    const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '2', ...FIXED)], {
      onStart: () =>
        void once(() => leftovers(at.folder).filter(one => one.includes('cluster-worker')).length === 2, 'workers')
          .then(() => running(at))
          .then(lines => cancel(at, (removed = lines[0]!.split(' ')[0]!))),
    })
    equal(status, 0, stderr)
    ok(removed !== '')
    match(stderr, /warning: worker tcp:\S+ is lost; its \d+ tasks are run again/)
    await job.sameAsHere()
    await clean(at)
  })

  when(`dask/${kind}: jobs that end before their worker comes end the run, with the log of the last`, async () => {
    const at = await pool(kind)
    const job = slow(at)
    const bad = { [`DASK_JOBQUEUE__${kind === 'slurm' ? 'SLURM' : 'HTCONDOR'}__PYTHON`]: '/no/such/python' }
    const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '3', ...FIXED)], { env: bad })
    equal(status, 1, stderr)
    match(stderr, /warning: job [\d.]+ is lost \((FAILED|GONE|COMPLETED).*\); another takes its place/)
    match(stderr, /error: the cluster gives up: \d+ batch jobs in a row ended before their worker came\. The last: job/)
    match(stderr, /no\/such\/python/)
    ok(!existsSync(join(job.dir, 'far/Data')) || filesBelow(join(job.dir, 'far')).size === 0)
    await clean(at)
  })

  for (const signal of ['SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
    when(`dask/${kind}: ${signal} to the driver leaves no job`, async () => {
      const at = await pool(kind)
      const job = slow(at, { chunks: 100 })
      const { status } = await run(at, [...job.args, ...dask(at, '--scaleout', '3', ...FIXED)], {
        onStart: kill =>
          void once(
            () =>
              processesOf('cluster-worker').length > 0 ||
              leftovers(at.folder).some(one => one.includes('cluster-worker')),
            'workers',
          ).then(() => kill(signal)),
      })
      equal(status, { SIGINT: 130, SIGHUP: 129, SIGKILL: null }[signal])
      await clean(at)
    })
  }

  when(`dask/${kind}: kill -9 of the bridge ends the run; its jobs are removed, those that wait as well`, async () => {
    const at = await pool(kind)
    const job = slow(at, { chunks: 100 })
    const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '12', ...FIXED)], {
      onStart: () =>
        void once(() => leftovers(at.folder).some(one => one.includes('cluster-worker')), 'workers').then(() =>
          process.kill(
            Number(
              leftovers(at.folder)
                .find(one => one.includes('bridge.py'))!
                .split(' ')[0],
            ),
            'SIGKILL',
          ),
        ),
    })
    equal(status, 1, stderr)
    match(stderr, /error: the cluster is gone: the bridge to Dask ended unexpectedly/)
    await clean(at)
  })

  when(`dask/${kind}: what a crash of driver and bridge leaves, tnp-pipe cleanup removes`, async () => {
    const at = await pool(kind)
    const job = slow(at, { chunks: 100 })
    await run(at, [...job.args, ...dask(at, '--scaleout', '12', ...FIXED)], {
      onStart: kill =>
        void once(() => leftovers(at.folder).some(one => one.includes('cluster-worker')), 'workers').then(() => {
          process.kill(
            Number(
              leftovers(at.folder)
                .find(one => one.includes('bridge.py'))!
                .split(' ')[0],
            ),
            'SIGKILL',
          )
          kill('SIGKILL')
        }),
    })
    ok((await at.jobs()).length > 0)
    const options = { ...at.options, env: environment(at) }
    const dry = await tnpPipe(['cleanup', '--dry-run'], options)
    match(dry.stdout, new RegExp(`^${kind}: jobs [\\d. ]+ of a run on \\S+: would be removed`))
    ok((await at.jobs()).length > 0)
    const { status, stdout } = await tnpPipe(['cleanup'], options)
    equal(status, 0, stdout)
    match(stdout, /: removed$/m)
    await clean(at)
    match((await tnpPipe(['cleanup'], options)).stdout, /no batch jobs are left/)
  })
}

when('dask/slurm: what sbatch refuses ends the run at once, in its words', async () => {
  const at = await pool('slurm')
  const job = slow(at)
  const queue = await run(at, [...job.args, ...dask(at, '--queue', 'nowhere')])
  equal(queue.status, 1, queue.stderr)
  match(
    queue.stderr,
    /error: the cluster gives up: the batch system refuses the job: .*invalid partition specified: nowhere/s,
  )
  const memory = await run(at, [...job.args, ...dask(at, '--memory', '400GB')])
  equal(memory.status, 1, memory.stderr)
  match(
    memory.stderr,
    /error: the cluster gives up: the batch system refuses the job: .*(Memory specification|node configuration)/s,
  )
  await clean(at)
})

when('dask/condor: jobs that are held are replaced, and end the run with the reason', async () => {
  const at = await pool('condor')
  const job = slow(at)
  // An input file that is not there: HTCondor holds the job.
  const site = join(job.dir, 'site.py')
  writeFileSync(
    site,
    `from dask_jobqueue import HTCondorCluster
def held(**options):
    return HTCondorCluster(**options, disk="100MB", processes=1, scheduler_options={"host": "127.0.0.1", "dashboard_address": ":0"},
        job_extra_directives={"should_transfer_files": "YES", "transfer_input_files": "/no/such/file"})
held.kind = "condor"
`,
  )
  const executor = ['--executor', `python:${site}:held`, '--cores', '1', '--memory', '900MB', '--python', at.python]
  const { status, stderr } = await run(at, [...job.args, ...executor, '--scaleout', '2', ...FIXED])
  equal(status, 1, stderr)
  match(stderr, /warning: job [\d.]+ is lost \(HELD .*no\/such\/file/)
  match(stderr, /error: the cluster gives up: .*HELD .*no\/such\/file/)
  await clean(at)
})

for (const how of ['its class', 'a function']) {
  when(
    `dask/condor: a proxy that cannot be read when jobs are submitted ends the run in HTCondor's words, with ${how}`,
    async () => {
      const at = await pool('condor')
      const job = slow(at)
      const env = { X509_USER_PROXY: '/none/proxy' }
      const site = join(job.dir, 'site.py')
      writeFileSync(
        site,
        `from dask_jobqueue import HTCondorCluster
def proxied(**options):
    return HTCondorCluster(**options, disk="100MB", processes=1, scheduler_options={"host": "127.0.0.1", "dashboard_address": ":0"},
        job_extra_directives={"use_x509userproxy": "true"})
`,
      )
      const directives = { DASK_JOBQUEUE__HTCONDOR__JOB_EXTRA_DIRECTIVES: '{"use_x509userproxy": "true"}' }
      const own = ['--executor', `python:${site}:proxied`, '--cores', '1', '--memory', '900MB', '--python', at.python]
      const isClass = how === 'its class'
      const args = isClass ? dask(at, '--scaleout', '2', ...FIXED) : [...own, '--scaleout', '2', ...FIXED]
      const { status, stderr } = await run(at, [...job.args, ...args], {
        env: isClass ? { ...env, ...directives } : env,
      })
      equal(status, 1, stderr)
      match(stderr, /error: the cluster gives up: the batch system refuses the job: .*proxy/is)
      await clean(at)
    },
  )
}

when('workers that leave at the end of their time are replaced', async () => {
  const at = await pool('slurm')
  // Two workers need 10 s and more, of which each has 9.
  const job = slow(at, { chunks: 10, body: 'await sleep(2500)', perFile: 1 })
  const site = join(job.dir, 'site.py')
  writeFileSync(
    site,
    `from dask_jobqueue import SLURMCluster
def short(**options):
    return SLURMCluster(**options, processes=1, interface="lo", worker_extra_args=["--lifetime", "9s", "--lifetime-stagger", "1s"],
        scheduler_options={"dashboard_address": ":0"})
short.kind = "slurm"
`,
  )
  const executor = ['--executor', `python:${site}:short`, '--cores', '1', '--memory', '900MB', '--python', at.python]
  const log = join(job.dir, 'log')
  const { status, stderr } = await run(at, [...job.args, ...executor, '--scaleout', '2', ...FIXED, '--log-file', log])
  equal(status, 0, stderr)
  const events = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { event?: string })
  ok(events.filter(({ event }) => event === 'fit').length > 2, 'more workers than places')
  await job.sameAsHere()
  await clean(at)
})

when('workers that do not come are told of with the reason of the batch system; Ctrl-C ends it', async () => {
  const at = await pool('slurm')
  const blocker = (
    await at.run('sbatch', [
      '--parsable',
      '-n',
      '8',
      '--mem',
      '100',
      '-D',
      '/tmp',
      '-o',
      '/dev/null',
      '--wrap',
      'sleep 60',
    ])
  ).trim()
  const job = slow(at)
  let isStopped = false
  const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '2', ...FIXED)], {
    onStderr: (text, kill) => {
      if (!text.includes('has no workers') || isStopped) return
      isStopped = true
      kill('SIGINT')
    },
  })
  equal(status, 130, stderr)
  match(
    stderr,
    /warning: the cluster has no workers \(for \d+ s\): .* The batch system says of its jobs: PENDING (Priority, PENDING )?Resources/,
  )
  await at.run('scancel', [blocker])
  await clean(at)
})

when('adaptive: jobs come with the work, and go', async () => {
  const at = await pool('slurm')
  const job = slow(at)
  const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '4')])
  equal(status, 0, stderr)
  await job.sameAsHere()
  await clean(at)
})

when('--tls encrypts, and brings the proxy along', async () => {
  const at = await pool('slurm')
  const job = slow(at, { chunks: 10, body: '' })
  const { status, stderr } = await run(at, [...job.args, ...dask(at, '--scaleout', '1', '--tls')])
  equal(status, 0, stderr)
  match(stderr, /scheduler tls:\/\//)
  await job.sameAsHere()
  await clean(at)
})

test.run()
