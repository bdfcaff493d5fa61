/** `tnp-pipe doctor`: what this machine gives, what a job lacks, whether servers answer. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { scratch, tnpPipe } from '../support/cli.js'
import { startMock } from '../support/mock-xrootd.js'

const files = scratch()
const RUNNER = 'fixtures/config/workflows/electron-nanoaod/runner.json'
const FILESET = 'fixtures/config/workflows/electron-nanoaod/fileset.json'
/** Nothing that the user of the tests has; a folder of programs. */
const env = {
  PATH: files.path('bin'),
  X509_USER_PROXY: '',
  BEARER_TOKEN: '',
  KRB5CCNAME: '',
  TNP_PYTHON: files.path('bin/python'),
}

mkdirSync(files.path('bin'))
program('python', `echo '{"version": "3.9.1", "path": "/opt/python", "packages": {"distributed": "2024.8.0"}}'`)
program('sbatch', 'exit 0')
test.after(() => files.remove())

function program(name: string, text: string): void {
  writeFileSync(files.path(`bin/${name}`), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
}

test('without a job: what there is, in plain words, and status 0', async () => {
  const { status, stdout, stderr } = await tnpPipe(['doctor'], { env })
  is(status, 0, stderr)
  match(stdout, new RegExp(`^Node +${process.version} `, 'm'))
  match(stdout, /^cores +\d+ of \d+/m)
  match(stdout, /^memory +[\d.]+ GB, [\d.]+ GB free/m)
  match(stdout, /^temporary space +[\d.]+ [GT]B free in \//m)
  match(stdout, /^Python +3\.9\.1 \(\/opt\/python\)$/m)
  match(stdout, /^ {2}distributed +2024\.8\.0$/m)
  match(stdout, /^ {2}dask_jobqueue +none \(for dask\/slurm and dask\/condor\)$/m)
  match(stdout, /^sbatch +\/.*\/bin\/sbatch$/m)
  match(stdout, /^condor_submit +none/m)
  not.match(stderr, /missing/)
})

test('a job lacks what its executor and its filter need: status 1', async () => {
  const job = ['--config', RUNNER, '--fileset', FILESET]
  const plain = await tnpPipe(['doctor', ...job], { env })
  is(plain.status, 0, plain.stderr)
  is((await tnpPipe(['doctor', ...job, '--executor', 'distributed'], { env })).status, 0)
  const condor = await tnpPipe(['doctor', ...job, '--executor', 'batch/condor'], { env })
  is(condor.status, 1)
  match(condor.stderr, /^missing: condor_submit: is not on PATH, and --executor batch\/condor needs it\./m)
  const settings = files.json('settings.json', { extra_filter: 'filter.py::keep' })
  const filter = await tnpPipe(['doctor', ...job, '--settings', settings], { env })
  is(filter.status, 1)
  match(
    filter.stderr,
    /^missing: Python: extra_filter needs coffea\. Install it: \/opt\/python -m pip install coffea$/m,
  )
})

test('--json says the same, and nothing that gives access', async () => {
  const secret = 'header.payload.signature'
  const { status, stdout, stderr } = await tnpPipe(['doctor', '--json', '--executor', 'dask/lxplus'], {
    env: { ...env, BEARER_TOKEN: secret },
  })
  is(status, 1)
  is(stderr, '')
  ok(!stdout.includes(secret))
  const told = JSON.parse(stdout)
  is(told.machine.node.version, process.version)
  is(told.python.packages.distributed, '2024.8.0')
  equal(
    told.findings
      .filter((finding: { level: string }) => finding.level === 'missing')
      .map(({ part }: { part: string }) => part),
    ['Python', 'condor_submit'],
  )
})

test('--connect: a server that answers, one that is not there, and what is no server', async () => {
  const mock = await startMock({ files: { '/store/x.root': Buffer.from('x') } })
  try {
    const found = await tnpPipe(['doctor', '--connect', `${mock.url}/store/x.root`], { env })
    is(found.status, 0, found.stderr)
    match(found.stdout, /^server +root:\/\/127\.0\.0\.1:\d+\/\/store\/x\.root answers in \d+ ms, then in [\d.]+ ms$/m)
    const { servers } = JSON.parse(
      (await tnpPipe(['doctor', '--json', '--connect', mock.url.slice(0, -1)], { env })).stdout,
    )
    is(typeof servers[0].firstMs, 'number')
  } finally {
    await mock.stop()
  }
  const gone = await tnpPipe(['doctor', '--connect', mock.url, '--retries', '0', '--timeout', '2'], { env })
  is(gone.status, 1)
  match(gone.stderr, /^missing: server: root:\/\/127\.0\.0\.1:\d+\/\/: no connection to /m)
  const wrong = await tnpPipe(['doctor', '--connect', '/data/x.root'], { env })
  is(wrong.status, 2)
  match(wrong.stderr, /^error: --connect: "\/data\/x\.root" is no URL of a server\./)
})

test('mistakes in the documents and a Python that is none', async () => {
  const wrong = await tnpPipe(['doctor', '--config', 'none.json'], { env })
  is(wrong.status, 2)
  match(wrong.stderr, /none\.json/)
  const absent = await tnpPipe(['doctor', '--python', '/none/python', '--executor', 'distributed'], { env })
  is(absent.status, 1)
  match(absent.stdout, /^Python +none: \/none\/python cannot be run \(there is no such program\)$/m)
  match(absent.stderr, /^missing: Python: \/none\/python cannot be run/m)
  program('odd', 'echo hello')
  const odd = await tnpPipe(['doctor', '--python', files.path('bin/odd')], { env })
  match(odd.stdout, /says something else than a Python does/)
})

test.run()
