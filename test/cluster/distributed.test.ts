/** Jobs over Dask, the real one: outputs are those of local executors, and nothing is left running. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { type CaseRun, runCase, sameFiles } from '../support/case-runs.js'
import { filesBelow, PROGRAMS, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const PYTHON = process.env.TNP_PYTHON ?? 'python3'
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

/** Node workers and bridges that run now, by their command lines. */
function leftovers(): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return ''
      }
    })
    .filter(command => /(cluster-worker|node-worker)\.js|bridge\.py/.test(command) && !command.includes('pgrep'))
}

async function nothingLeft(): Promise<void> {
  for (let k = 0; k < 50 && leftovers().length > 0; k++) await new Promise(resolve => setTimeout(resolve, 100))
  equal(leftovers(), [])
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

interface Scheduler {
  readonly address: string
  stop(): Promise<void>
}

/** A scheduler with two workers of one thread, as a facility has it. */
async function startScheduler(
  protocol: 'tcp' | 'tls',
  env: Readonly<Record<string, string>>,
  workers = 2,
): Promise<Scheduler> {
  const children: ChildProcess[] = []
  const start = (args: readonly string[], ready: RegExp): Promise<string> => {
    const child = spawn(PYTHON, ['-m', 'distributed.cli.' + args[0]!, ...args.slice(1)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    children.push(child)
    let text = ''
    return new Promise((resolve, reject) => {
      child.stderr!.on('data', part => {
        text += part
        const found = ready.exec(text)
        if (found !== null) resolve(found[1]!)
      })
      child.on('exit', () => reject(new Error(text)))
    })
  }
  const common = ['--host', '127.0.0.1', '--no-dashboard']
  const address = await start(
    ['dask_scheduler', ...common, '--port', '0', '--protocol', protocol],
    new RegExp(`Scheduler at: *(${protocol}://[\\d.]+:\\d+)`),
  )
  const worker = ['dask_worker', address, ...common, '--nthreads', '1', '--no-nanny']
  await Promise.all(Array.from({ length: workers }, () => start(worker, /(Registered to)/)))
  return {
    address,
    async stop() {
      for (const child of children) {
        child.removeAllListeners('exit')
        if (child.exitCode !== null) continue
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
    },
  }
}

when('tcp://: cases give the outputs of local runs, and the scheduler is left as it was', async () => {
  const scheduler = await startScheduler('tcp', {})
  try {
    for (const name of CASES) {
      const { status, stderr, files } = await runCase(name, ['--executor', scheduler.address, '--python', PYTHON])
      equal(status, 0, stderr)
      sameFiles(files, (await localRun(name)).files, name)
      await nothingLeft()
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
  const scheduler = await startScheduler('tls', env)
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
    await nothingLeft()
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

/** Ten times the fixtures' files, so that there is time to disturb the run. */
function longJob(out: Scratch): string[] {
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
    methods: [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: true } }],
  }
  const step = (k: number) => [k * 10, k * 10 + 10]
  const file = { object_path: 'Events', steps: Array.from({ length: 100 }, (_, k) => step(k)) }
  const fileset = { Data: { files: { [`${sharedDir()!}/data/DYto2E.root`]: file }, metadata: { isMC: false } } }
  return ['--config', out.json('runner.json', runner), '--fileset', out.json('fileset.json', fileset), '--no-progress']
}

when('a Node worker that is killed is begun again, and its tasks with it', async () => {
  const out = scratch()
  const args = longJob(out)
  equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
  let killed = 0
  const { status, stderr } = await runAnalysis(
    [...args, '--output', out.path('out'), '--executor', 'distributed', ...TWO],
    {
      onStart: () => {
        const timer = setInterval(() => {
          const found = spawnSync('pgrep', ['-f', 'cluster-worker.js'], { encoding: 'utf8' }).stdout.split('\n')[0]
          if (found === undefined || found === '') return
          killed++
          process.kill(Number(found), 'SIGKILL')
          clearInterval(timer)
        }, 100)
      },
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
  const { status } = await runAnalysis(run, { onStart: kill => setTimeout(() => kill('SIGINT'), 4000) })
  equal(status, 130)
  await nothingLeft()
  out.remove()
})

when('a scheduler without workers is told of, and Ctrl-C ends the run', async () => {
  const scheduler = await startScheduler('tcp', {}, 0)
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

when('kill -9 of the driver leaves neither bridge nor workers', async () => {
  const out = scratch()
  const run = [...longJob(out), '--output', out.path('out'), '--executor', 'distributed', ...TWO, '--no-journal']
  await runAnalysis(run, { onStart: kill => setTimeout(() => kill('SIGKILL'), 4000) })
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
