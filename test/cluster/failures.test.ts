/** What goes wrong on a cluster, made to go wrong on a real Dask on this machine, and what becomes of it. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { sameFiles } from '../support/case-runs.js'
import { type CliOptions, filesBelow, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { chunkedJob, nothingLeft, once, processesOf, stageModule } from '../support/cluster-jobs.js'
import { sharedDir, testIf } from '../support/tools.js'

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasDask = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0
const when = testIf(test, sharedDir() !== null && hasDask, '../shared and a Python with distributed')
const TWO = ['--executor', 'distributed', '--scaleout', '2', '--python', PYTHON, '--no-journal']

interface Pair {
  readonly files: Scratch
  readonly local: Outcome
  readonly far: Outcome
  /** How often the stage did what it was told. */
  readonly times: number
}

/** A job with such a stage here and on a cluster; `{marks}` in it is a file to append to. */
async function both(
  body: string,
  { args = [], chunks = 20, ...options }: CliOptions & { args?: readonly string[]; chunks?: number } = {},
): Promise<Pair> {
  const files = scratch()
  const marks = files.path('marks')
  const stage = stageModule(files.dir, body.replaceAll('{marks}', JSON.stringify(marks)))
  const harmless = stageModule(files.dir, '', 'harmless.mjs')
  const data = `${sharedDir()!}/data`
  // What is the same with and without the failure, or fails in the same way.
  const own = /throw/.test(body) ? stage : harmless
  const local = await runAnalysis(
    [...chunkedJob(files, data, { chunks, stage: own }), '--output', files.path('local'), '--no-journal'],
    {},
  )
  const before = existsSync(marks) ? readFileSync(marks, 'utf8').length : 0
  const job = chunkedJob(files, data, { chunks, stage })
  const far = await runAnalysis([...job, '--output', files.path('far'), ...TWO, ...args], options)
  const times = existsSync(marks) ? readFileSync(marks, 'utf8').length - before : 0
  await nothingLeft()
  return { files, local, far, times }
}

/** Stage names are those of the module, which may differ. */
function succeeded({ files, local, far }: Pair): void {
  equal(local.status, 0, local.stderr)
  equal(far.status, 0, far.stderr)
  sameFiles(filesBelow(files.path('far')), filesBelow(files.path('local')), 'outputs')
  files.remove()
}

function lastLines(text: string): string[] {
  return text.split('\n').filter(line => line.startsWith('error') || line.startsWith('This'))
}

when('what a stage throws ends the run as it does here, after one attempt', async () => {
  const { files, local, far, times } = await both(
    `if (start === 70) { appendFileSync({marks}, '.'); throw new Error('no such electron') }`,
  )
  equal(far.status, local.status)
  equal(lastLines(far.stderr), lastLines(local.stderr))
  match(far.stderr, /no such electron/)
  equal(times, 1)
  equal(existsSync(files.path('far/Data')) ? filesBelow(files.path('far/Data')).size : 0, 0)
  files.remove()
})

when('a Node worker that ends is begun again, three times at most; its last words are told', async () => {
  const { files, far, times } = await both(
    `if (start === 70) { appendFileSync({marks}, '.'); console.error('the end is near'); await sleep(100); process.exit(7) }`,
  )
  equal(far.status, 1, far.stderr)
  match(
    far.stderr,
    /error: a task failed on the cluster \(.*DYto2E\.root from entry \d+.*\): the Node worker died \(exit status 7\): the end is near/,
  )
  equal(times, 3)
  files.remove()
})

when('a Dask worker that is killed is begun again, with its Node worker and its task', async () => {
  const pair = await both(
    `if (start === 70 && !existsSync({marks})) { writeFileSync({marks}, '.'); process.kill(process.ppid, 'SIGKILL'); await sleep(5000) }`,
  )
  equal(pair.times, 1)
  match(pair.far.stderr, /warning: worker tcp:\S+ is lost; its \d+ tasks are run again/)
  succeeded(pair)
})

when('a task that kills its Dask worker each time ends the run with a reason', async () => {
  const { files, far, times } = await both(
    `if (start === 70) { appendFileSync({marks}, '.'); process.kill(process.ppid, 'SIGKILL'); await sleep(5000) }`,
  )
  equal(far.status, 1, far.stderr)
  match(far.stderr, /error: a task failed on the cluster \(.*\): .*(died|KilledWorker|workers)/s)
  ok(times >= 2, String(times))
  files.remove()
})

when('a Node worker that grows from task to task is begun anew before it takes too much', async () => {
  const pair = await both(`state.kept.push(Buffer.alloc(60e6, 1)); await sleep(300)`, { args: ['--memory', '430MB'] })
  succeeded(pair)
})

when('a group of chunks that takes too much memory is cut in two, and again', async () => {
  // The first chunks are quick, so that groups are large; what a group has taken is given back at its end only.
  const pair = await both(
    `if (start >= 300) { state.kept.push(Buffer.alloc(40e6, 1)); await sleep(300) } else await sleep(20)`,
    { args: ['--memory', '430MB', '--debug'], chunks: 60 },
  )
  match(pair.far.stderr, /"kind":"memory"/)
  succeeded(pair)
})

when('a chunk that takes too much memory by itself ends the run, with what to do', async () => {
  const { files, far } = await both(
    `if (start === 70) { state.kept.push(Buffer.alloc(600e6, 1)); await sleep(2000) }`,
    {
      args: ['--memory', '430MB'],
    },
  )
  equal(far.status, 1, far.stderr)
  match(
    far.stderr,
    /error: a task failed on the cluster \(.*from entry 70 on .*\): took \d+ MiB of \d+ MiB\. Give workers more with --memory/,
  )
  files.remove()
})

when('kill -9 of the bridge ends the run with a reason, and everything with it', async () => {
  const { files, far } = await both(`await sleep(500)`, {
    onStart: () =>
      void once(() => processesOf('cluster-worker.js').length > 0, 'Node workers').then(() =>
        process.kill(processesOf('bridge.py')[0]!, 'SIGKILL'),
      ),
  })
  equal(far.status, 1, far.stderr)
  match(far.stderr, /error: the cluster is gone: the bridge to Dask ended unexpectedly/)
  files.remove()
})

when('a cluster that takes long to close is waited for, as it takes its jobs back', async () => {
  const files = scratch()
  const site = files.path('site.py')
  writeFileSync(
    site,
    `import time
from distributed import LocalCluster
class Slow(LocalCluster):
    def close(self, timeout=None):
        time.sleep(8)
        closed = super().close(timeout)
        open(${JSON.stringify(files.path('closed'))}, "w").close()
        return closed
def slow(**options):
    return Slow(n_workers=1, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1")
`,
  )
  const job = chunkedJob(files, `${sharedDir()!}/data`, { chunks: 4 })
  const executor = ['--executor', `python:${site}:slow`, '--adaptive', 'false', '--scaleout', '1', '--python', PYTHON]
  const { status, stderr } = await runAnalysis([...job, '--output', files.path('far'), ...executor, '--no-journal'])
  equal(status, 0, stderr)
  ok(existsSync(files.path('closed')), stderr)
  await nothingLeft()
  files.remove()
})

when('a terminal that goes away ends the run, the cluster and all workers', async () => {
  const { files, far } = await both(`await sleep(500)`, {
    onStart: kill =>
      void once(() => processesOf('cluster-worker.js').length > 0, 'Node workers').then(() => kill('SIGHUP')),
  })
  equal(far.status, 129)
  files.remove()
})

test.run()
