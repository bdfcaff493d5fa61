/** File systems that fail: the run ends with status 1, its message names the path and why, nothing looks whole that is not, and with room
 *  again --resume gives the outputs of an undisturbed run. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { type Scratch, scratch } from '../support/cli.js'
import { stageModule } from '../support/cluster-jobs.js'
import { contentOf, faultsOfStopped, jobDocuments, prepareJob } from '../support/crash-jobs.js'
import { childrenOf, EXECUTORS, type ExecutorName, faultsOfResumed, start, whenDone } from '../support/crash-trials.js'
import { callsOf, faultTrial, WRITES } from '../support/fault-trials.js'
import type { Faults } from '../support/faults.js'

const SAYS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EIO: 'the disk fails: input/output error',
  EACCES: 'permission denied',
}

interface Case {
  readonly title: string
  readonly executor: ExecutorName
  readonly faults: Omit<Faults, 'paths'>
  /** Each so-manieth call fails, from the first one on. */
  readonly first: number
  readonly stride: number
  readonly hasOlder?: boolean
  readonly extra?: (out: Scratch) => string[]
}

const CASES: readonly Case[] = [
  {
    title: 'a disk that is full from some write on, half of which is done',
    executor: 'threads',
    faults: { calls: WRITES, error: 'ENOSPC', ever: true, torn: true },
    first: 2,
    stride: 37,
  },
  {
    title: 'a disk that is full, with a log file, over older outputs',
    executor: 'processes',
    faults: { calls: WRITES, error: 'ENOSPC', ever: true },
    first: 20,
    stride: 71,
    hasOlder: true,
    extra: out => ['--log-file', out.path('log.jsonl')],
  },
  {
    title: 'a write that fails once',
    executor: 'sync',
    faults: { calls: WRITES, error: 'EIO', torn: true },
    first: 14,
    stride: 61,
  },
  {
    title: 'a name that is refused',
    executor: 'sync',
    faults: { calls: 'rename', error: 'EACCES' },
    first: 6,
    stride: 31,
    hasOlder: true,
  },
  {
    title: 'folders that cannot be listed, files that cannot be removed',
    executor: 'threads',
    faults: { calls: 'readdir|rm|rmdir|unlink|link', error: 'EIO', ever: true },
    first: 1,
    stride: 37,
    hasOlder: true,
  },
]

for (const { title, executor, faults, first, stride, hasOlder = false, extra = () => [] } of CASES) {
  test(`${title} (${executor})`, async () => {
    const out = scratch()
    const job = await prepareJob(out, 'job', { steps: 100, hasOlder, extra: extra(out) })
    const all = { ...faults, paths: out.dir }
    const calls = await callsOf(out, job, executor, all)
    const says = new RegExp(`error: ${out.dir}.*\\(${SAYS[faults.error]}\\)`)
    let failures = 0
    for (let at = first; at < calls.length; at += stride) {
      const { faults: found, status } = await faultTrial(out, job, executor, { ...all, at }, says)
      equal(found, [], `call ${at}: ${JSON.stringify(calls[at - 1])}`)
      if (status !== 0) failures++
    }
    ok(failures > 0)
    out.remove()
  })
}

for (const where of ['workers', undefined] as const) {
  test(`an input that cannot be read ends the run, wherever it is read (${where ?? 'own thread'})`, async () => {
    const out = scratch()
    const job = await prepareJob(out, 'job', { steps: 100 })
    const faults = { calls: 'read', paths: 'fixtures/root/.*root$', error: 'EIO', ever: true, ...(where && { where }) }
    const says = /error: \[Errno 5\] Input\/output error: 'fixtures\/root\/[\w-]+\.root' \(OSError\)/
    for (const at of [1, 9])
      equal((await faultTrial(out, job, 'threads', { ...faults, at }, says)).faults, [], `read ${at}`)
    out.remove()
  })
}

test('a journal that cannot be read is told by its path, and is left as it is', async () => {
  const out = scratch()
  const job = await prepareJob(out, 'job', { steps: 100 })
  const dir = out.path('got')
  const args = [...job.args, ...EXECUTORS.sync, '--output', dir]
  const stop = { calls: 'rename', paths: 'histos', error: 'EACCES' }
  const { failing } = await import('../support/faults.js')
  equal((await start(args, { env: failing({ ...stop, at: 3 }) })).status, 1)
  for (const at of [1, 4, 12]) {
    const faults = { calls: 'read|open', paths: 'tnp-journal', error: 'EIO', at }
    const { status, stderr } = await start([...args, '--resume'], { env: failing(faults) })
    if (status === 0) continue
    equal(status, 1, stderr)
    match(stderr, /error: \S*\.tnp-journal\/journal: cannot be (read|written) \(the disk fails/)
  }
  equal(await faultsOfResumed(job, dir, 'sync'), [])
  out.remove()
})

const MIDWAY = 4

/** So that there is a midway. */
function slowly(out: Scratch): string[] {
  return ['--stage', stageModule(out.dir, 'await sleep(40)')]
}

for (const executor of ['sync', 'processes'] as const) {
  test(`an output folder that goes away ends the run with its path (${executor})`, async () => {
    const out = scratch()
    const job = await prepareJob(out, 'job', { steps: 20, extra: slowly(out) })
    const dir = out.path('got')
    const { status, stderr } = await start([...job.args, ...EXECUTORS[executor], '--output', dir], {
      onStart: () => void whenDone(dir, MIDWAY, () => renameSync(dir, out.path('elsewhere'))),
    })
    equal(status, 1, stderr)
    match(stderr, new RegExp(`error: ${dir}/.*\\(the folder does not exist\\)`))
    ok(!stderr.includes('--resume'), 'there is nothing to be continued')
    ok(!existsSync(dir))
    // Where it is put back the run is continued.
    renameSync(out.path('elsewhere'), dir)
    equal(await faultsOfResumed(job, dir, executor), [])
    out.remove()
  })

  test(`an input that is replaced in between ends the run: no outputs of two versions (${executor})`, async () => {
    const out = scratch()
    const file = out.path('data.root')
    writeFileSync(file, readFileSync('fixtures/root/nano-data.root'))
    const steps = Array.from({ length: 48 }, (_, k) => [5 * k, 5 * k + 5])
    const files = { [file]: { object_path: 'Events', steps } }
    const fileset = out.json('replaced.json', { Data: { files, metadata: { isMC: false } } })
    const args = [
      ...jobDocuments(out, 20),
      '--fileset',
      fileset,
      ...slowly(out),
      ...EXECUTORS[executor],
      '--output',
      out.path('got'),
    ]
    const { status, stderr } = await start(args, {
      onStart: () =>
        void whenDone(out.path('got'), MIDWAY, () => {
          writeFileSync(`${file}.new`, readFileSync(file))
          renameSync(`${file}.new`, file)
        }),
    })
    equal(status, 1, stderr)
    match(
      stderr,
      /error: \S*data\.root: was changed while it was read \(\d+ bytes of .* when the run began, \d+ bytes of .* now\)/,
    )
    ok(!/--resume|fault of/.test(stderr), stderr)
    equal(
      [...contentOf(out.path('got')).keys()].filter(path => !path.startsWith('.tnp-journal/')),
      [],
    )
    const resumed = await start([...args, '--resume'])
    equal(resumed.status, 2)
    match(resumed.stderr, /input file 1, \S*data\.root: /)
    out.remove()
  })
}

test('a worker process that is killed, at work or idle, ends the run with status 1; --resume goes on', async () => {
  const out = scratch()
  const job = await prepareJob(out, 'job', { steps: 20, extra: slowly(out) })
  const dir = out.path('got')
  const { status, stderr } = await start([...job.args, ...EXECUTORS.processes, '--output', dir], {
    onStart: child => void whenDone(dir, MIDWAY, () => process.kill(childrenOf(child.pid!)[0]!, 'SIGKILL')),
  })
  equal(status, 1, stderr)
  match(
    stderr,
    /error: a worker process \(\d+\) was ended by SIGKILL\. .*\n\d+ chunks are done: continue with --resume\n$/,
  )
  equal(faultsOfStopped(job, dir), [])
  equal(await faultsOfResumed(job, dir, 'threads'), [])
  out.remove()
})

test.run()
