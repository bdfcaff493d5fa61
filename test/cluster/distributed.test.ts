/** Jobs over Dask, the real one: outputs are those of local executors, and nothing is left running. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { havePools, POOLS_NEED } from '../support/batch-pools.js'
import { type CaseRun, runCase, sameFiles } from '../support/case-runs.js'
import { filesBelow, PROGRAMS, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { chunkedJob, leftovers, nothingLeft, once, processesOf, stageModule } from '../support/cluster-jobs.js'
import { startScheduler } from '../support/dask-scheduler.js'
import { sharedDir, testIf } from '../support/tools.js'

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasDask = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0
const when = testIf(test, sharedDir() !== null && hasDask, '../shared and a Python with distributed')
const CASES = [
  '01-cli-example',
  '04-electron-nanoaod-old-chunks',
  '08-electron-miniaod-ntuples',
  '12-scale-and-smearing',
]
const TWO = ['--scaleout', '2', '--python', PYTHON]

const local = new Map<string, Promise<CaseRun>>()
function localRun(name: string): Promise<CaseRun> {
  const run = local.get(name) ?? runCase(name, [])
  local.set(name, run)
  return run
}

for (const name of CASES) {
  when(`distributed: ${name} gives the outputs of a local run`, async () => {
    const { status, stderr, files } = await runCase(name, ['--executor', 'distributed', ...TWO])
    equal(status, 0, stderr)
    match(stderr, /dashboard of the cluster: http:\/\//)
    match(stderr, /distributed, 2 workers/)
    sameFiles(files, (await localRun(name)).files, name)
    await nothingLeft()
  })
}

when('tcp://: cases give the outputs of local runs, and the scheduler is left as it was', async () => {
  const scheduler = await startScheduler(PYTHON)
  const before = leftovers()
  try {
    for (const name of CASES) {
      const { status, stderr, files } = await runCase(name, ['--executor', scheduler.address, '--python', PYTHON])
      equal(status, 0, stderr)
      sameFiles(files, (await localRun(name)).files, name)
      await nothingLeft({ before })
    }
  } finally {
    await scheduler.stop()
  }
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
testIf(
  test,
  sharedDir() !== null && hasDask && hasOpenssl,
  '../shared, openssl and a Python with distributed',
)('tls://: cases give the outputs of local runs; without certificates the run ends with a reason', async () => {
  const files = scratch()
  const [key, cert] = [files.path('key.pem'), files.path('cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    cert,
  ])
  equal(made.status, 0)
  const env = Object.fromEntries([
    ['DASK_DISTRIBUTED__COMM__TLS__CA_FILE', cert],
    ...['SCHEDULER', 'WORKER', 'CLIENT'].flatMap(role => [
      [`DASK_DISTRIBUTED__COMM__TLS__${role}__KEY`, key],
      [`DASK_DISTRIBUTED__COMM__TLS__${role}__CERT`, cert],
    ]),
  ]) as Record<string, string>
  const scheduler = await startScheduler(PYTHON, { protocol: 'tls', env })
  const before = leftovers()
  try {
    for (const name of CASES) {
      const args = ['--executor', scheduler.address, '--python', PYTHON]
      const { status, stderr, files } = await runCase(name, args, { env })
      equal(status, 0, stderr)
      sameFiles(files, (await localRun(name)).files, name)
    }
    const bare = await runCase(CASES[0]!, ['--executor', scheduler.address, '--python', PYTHON])
    equal(bare.status, 2)
    match(bare.stderr, /error: --executor: .*TLS/i)
    await nothingLeft({ before })
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

/** Long enough to be disturbed. */
function longJob(out: Scratch): string[] {
  return chunkedJob(out, `${sharedDir()!}/data`, { chunks: 60, stage: stageModule(out.dir, 'await sleep(100)') })
}

when('a Node worker that is killed is begun again, and its tasks with it', async () => {
  const out = scratch()
  const args = longJob(out)
  equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
  let killed = 0
  const { status, stderr } = await runAnalysis(
    [...args, '--output', out.path('out'), '--executor', 'distributed', ...TWO],
    {
      onStart: () =>
        void once(() => processesOf('cluster-worker.js').length > 0, 'a Node worker').then(() => {
          killed++
          process.kill(processesOf('cluster-worker.js')[0]!, 'SIGKILL')
        }),
    },
  )
  equal(status, 0, stderr)
  equal(killed, 1)
  sameFiles(filesBelow(out.path('out')), filesBelow(out.path('local')), 'killed')
  await nothingLeft()
  out.remove()
})

when('Ctrl-C ends the run, its cluster and its workers', async () => {
  const out = scratch()
  const run = [...longJob(out), '--output', out.path('out'), '--executor', 'distributed', ...TWO, '--no-journal']
  const { status } = await runAnalysis(run, {
    onStart: kill =>
      void once(() => processesOf('cluster-worker.js').length > 0, 'a Node worker').then(() => kill('SIGINT')),
  })
  equal(status, 130)
  await nothingLeft()
  out.remove()
})

when('a scheduler without workers is told of, and Ctrl-C ends the run', async () => {
  const scheduler = await startScheduler(PYTHON, { workers: 0 })
  const out = scratch()
  try {
    const run = [...longJob(out), '--output', out.path('out'), '--executor', scheduler.address, '--python', PYTHON]
    const { status, stderr } = await runAnalysis(run, { onStart: kill => setTimeout(() => kill('SIGINT'), 9000) })
    equal(status, 130, stderr)
    match(stderr, /warning: the cluster has no workers \(for 5 s\): nothing is done until they come/)
    await nothingLeft()
  } finally {
    await scheduler.stop()
    out.remove()
  }
})

when('what goes on is in the log, one line of JSON an event', async () => {
  const out = scratch()
  const log = out.path('log')
  const { status, stderr } = await runAnalysis([
    ...longJob(out),
    ...['--output', out.path('out'), '--executor', 'distributed', ...TWO, '--no-journal'],
    ...['--log-file', log],
  ])
  equal(status, 0, stderr)
  const events = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  const named = (name: string) => events.filter(({ event }) => event === name)
  equal(named('fit').length, 2)
  // on a busy machine the job may end before the second worker has come
  ok([1, 2].includes(named('workers').at(-1)!.threads as number))
  match(String(named('cluster')[0]!.dashboard), /^http:/)
  out.remove()
})

testIf(
  test,
  havePools(),
  POOLS_NEED,
)("--performance-report writes Dask's own record of the run", async () => {
  const out = scratch()
  const report = out.path('report.html')
  const python = `${process.env.TNP_CLUSTERS}/python/bin/python`
  const { status, stderr } = await runAnalysis([
    ...longJob(out),
    ...[
      '--output',
      out.path('out'),
      '--executor',
      'distributed',
      '--scaleout',
      '2',
      '--python',
      python,
      '--no-journal',
    ],
    ...['--performance-report', report],
  ])
  equal(status, 0, stderr)
  match(readFileSync(report, 'utf8'), /Dask Performance Report[\s\S]*bokeh/i)
  await nothingLeft()
  out.remove()
})

when('kill -9 of the driver leaves neither bridge nor workers', async () => {
  const out = scratch()
  const run = [...longJob(out), '--output', out.path('out'), '--executor', 'distributed', ...TWO, '--no-journal']
  await runAnalysis(run, {
    onStart: kill =>
      void once(() => processesOf('cluster-worker.js').length > 0, 'a Node worker').then(() => kill('SIGKILL')),
  })
  await nothingLeft()
  out.remove()
})

when('the first command of the page on Dask runs as it is', async () => {
  const block = /```sh\n([\s\S]*?)```/.exec(readFileSync('docs/clusters.md', 'utf8'))![1]!
  const out = scratch()
  const command = block
    .replace(/^python3 .*$/m, '')
    .replace('run-analysis', `"${process.execPath}" "${PROGRAMS.runAnalysis}"`)
    .replace('--output out', `--output "${out.path('out')}"`)
  const env = { ...process.env, TNP_PYTHON: PYTHON }
  const ran = spawnSync('sh', ['-c', command], { encoding: 'utf8', env })
  equal(ran.status, 0, ran.stderr)
  match(ran.stderr, /distributed, \d+ workers?/)
  out.remove()
  await nothingLeft()
})

test('a Python that is not there, or has no Dask, is a mistake with the way to mend it', async () => {
  const out = scratch()
  const job = ['--config', 'fixtures/config/workflows/electron-nanoaod/runner.json']
  job.push('--fileset', 'fixtures/config/workflows/electron-nanoaod/fileset.json', '--output', out.path('out'))
  const none = await runAnalysis([...job, '--executor', 'distributed', '--python', '/none/python'])
  equal(none.status, 2)
  match(none.stderr, /error: --executor: \/none\/python cannot be run \(ENOENT\)/)
  // A Python in name: whatever is asked of it, there is no Dask.
  const bare = out.path('python')
  const says = '{"event": "fatal", "message": "this Python has no Dask. Install it: python -m pip install distributed"}'
  writeFileSync(bare, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 })
  const without = await runAnalysis([...job, '--executor', 'distributed', '--python', bare])
  equal(without.status, 2)
  match(without.stderr, /error: --executor: this Python has no Dask\. Install it: python -m pip install distributed/)
  ok(!without.stderr.includes('    at '))
  out.remove()
})

test.run()
