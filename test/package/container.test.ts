/** The container images of a release: run by another user than the image's, without network, with nothing that can be written to but the
 *  output; and as Apptainer runs them, unpacked and mounted read-only. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { caseOptions, runCase, sameFiles } from '../support/case-runs.js'
import { filesBelow, jobOptions, type Outcome, runAnalysis, scratch } from '../support/cli.js'
import { builtDemo } from '../support/demo.js'
import { containerBase, ImageStore, type RunOptions } from '../support/image-store.js'
import { madeRelease } from '../support/release.js'
import { ticketCache } from '../support/ticket-cache.js'
import { sharedDir, testIf } from '../support/tools.js'

const MAX_BYTES = 150e6
/** Nobody that the image knows. */
const USER = 4242

const release = madeRelease()
const images = typeof release === 'string' ? null : release.images
const when = testIf(test, images !== null, 'buildah and the base image of scripts/container.sh, as root')
const store = images === null ? null : new ImageStore()
const plain = images === null ? '' : store!.container(images.plain)
const facility = images === null ? '' : store!.container(images.facility)
const files = scratch()
chmodSync(files.dir, 0o755)
const CONFIG = '/work/fixtures/config'

test.after(() => {
  store?.remove()
  files.remove()
})

/** A folder of that user's. */
function folder(name: string): string {
  mkdirSync(files.path(name), { recursive: true })
  chownSync(files.path(name), USER, USER)
  return files.path(name)
}

/** Runs a command with the fixtures, and with /work/out for outputs. */
function run(container: string, argv: readonly string[], out: string, options: RunOptions = {}): Outcome {
  const { binds = {}, writable = [] } = options
  return store!.run(container, argv, {
    user: `${USER}:${USER}`,
    ...options,
    binds: { '/work/fixtures': resolve('fixtures'), '/work/out': folder(out), ...binds },
    writable: ['/work/out', ...writable],
  })
}

when('they are started as nobody in particular, without entry point, and name what they are', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const { commit } = JSON.parse(readFileSync('dist/build.json', 'utf8')) as { commit: string | null }
  for (const container of [plain, facility]) {
    const { User, Entrypoint, Cmd, Labels } = store!.config(container) as Record<string, never> & {
      Labels: Record<string, string>
    }
    equal([User, Entrypoint, Cmd], ['1000:1000', undefined, ['tnp-pipe', '--help']])
    is(Labels['org.opencontainers.image.version'], version)
    is(Labels['org.opencontainers.image.revision'] ?? null, commit)
  }
})

when('a shell runs in it, and nothing but the output can be written to', () => {
  const script =
    'id -u; type run-analysis; find / -xdev -not -type l -writable -not -path "/dev/*" -not -path "/proc/*" 2>/dev/null; touch out/x'
  const { status, stdout, stderr } = run(plain, ['/bin/bash', '-c', script], 'shell')
  is(status, 0, stderr)
  is(stdout, `${USER}\nrun-analysis is /opt/tnp-pipe/bin/run-analysis\n/work/out\n`)
  equal(readdirSync(files.path('shell')), ['x'])
})

when('the image has at most 150 MB over its base, and what facilities need at most as much again', () => {
  const base = store!.container(containerBase()!.image)
  const [below, small, large] = [base, plain, facility].map(name => store!.bytes(name)) as [number, number, number]
  process.stderr.write(`image: ${(small - below) / 1e6} MB over its base; facility: ${(large - below) / 1e6} MB\n`)
  ok(small - below <= MAX_BYTES, `${small - below} bytes`)
  ok(large - small <= MAX_BYTES, `${large - small} bytes`)
})

when('a job gives the bytes that it gives in the repository', async () => {
  const { status, stderr } = run(plain, ['run-analysis', ...jobOptions(CONFIG), '--output', 'out'], 'job')
  is(status, 0, stderr)
  is((await runAnalysis([...jobOptions('fixtures/config'), '--output', files.path('here')])).status, 0)
  sameFiles(filesBelow(files.path('job')), filesBelow(files.path('here')), 'image')
  const two = [...jobOptions(CONFIG), '--executor', 'processes', '--workers', '2', '--output', 'out']
  is(run(plain, ['run-analysis', ...two], 'two').status, 0)
  sameFiles(filesBelow(files.path('two')), filesBelow(files.path('here')), 'image, two processes')
})

testIf(
  test,
  images !== null && sharedDir() !== null,
  'buildah, and the shared cases',
)('a case gives its bytes', async () => {
  const shared = sharedDir()!
  const job = caseOptions('01-cli-example').map(text => text.replace(shared, '/eos'))
  const outcome = run(plain, ['run-analysis', ...job, '--output', '/work/out'], 'case', {
    binds: { '/eos': shared },
    cwd: '/eos/data',
  })
  is(outcome.status, 0, outcome.stderr)
  sameFiles(filesBelow(files.path('case')), (await runCase('01-cli-example', [])).files, 'case 01')
})

when('the demo runs, and gives what it gives in the repository', () => {
  const binds = { '/work/demo.mjs': resolve('scripts/demo.mjs') }
  const node = '/opt/tnp-pipe/node/bin/node'
  const { status, stdout, stderr } = run(plain, [node, 'demo.mjs', '--installed'], 'demo', { binds })
  is(status, 0, stderr)
  match(stdout, /and scale factors:/)
  sameFiles(filesBelow(files.path('demo')), builtDemo(), 'demo')
})

when('no shell is needed, nor any other program of the base', () => {
  mkdirSync(files.path('empty'), { recursive: true })
  const nothing = {
    '/usr/bin': files.path('empty'),
    '/usr/sbin': files.path('empty'),
    '/usr/local': files.path('empty'),
  }
  is(run(plain, ['/bin/sh', '-c', 'true'], 'bare', { binds: nothing }).status === 0, false)
  const job = [...jobOptions(CONFIG), '--executor', 'processes', '--workers', '2', '--output', 'out']
  const { status, stderr } = run(plain, ['run-analysis', ...job], 'bare', { binds: nothing })
  is(status, 0, stderr)
  ok(filesBelow(files.path('bare')).size > 0)
})

/** What bad input leaves behind: nothing. */
function refused(argv: readonly string[], options: RunOptions, wanted: RegExp): void {
  const { status, stderr } = run(plain, argv, 'bad', options)
  is(status, 2, stderr)
  match(stderr, wanted)
  equal(readdirSync(files.path('bad'), { recursive: true }), [])
}

when('bad input ends with 2, in words, and leaves nothing', () => {
  const job = jobOptions(CONFIG)
  refused(['run-analysis', ...job, '--output', 'out', '--limit', 'two'], {}, /--limit/)
  refused(
    ['run-analysis', ...job.slice(0, 2), '--fileset', 'fixtures/none.json', '--output', 'out/a'],
    {},
    /^error: fixtures\/none\.json/,
  )
  const wrong = files.json('wrong.json', { Data: { files: { 'fixtures/config/runner.json': 'Events' } } })
  chmodSync(wrong, 0o644)
  const binds = { '/work/wrong.json': wrong }
  refused(
    ['run-analysis', ...job, '--fileset', 'wrong.json', '--output', 'out'],
    { binds },
    /is no ROOT file|not a ROOT file/,
  )
  const missing =
    /^error: --executor: python3 cannot be run \(ENOENT\)\. Install Python with distributed, or name one that has it: --python, TNP_PYTHON\..*\n$/
  refused(['run-analysis', ...job, '--output', 'out/b', '--executor', 'distributed'], {}, missing)
  const readOnly =
    /^error: (?:\/work\/)?out-of-reach\/Data\/get_tnp_arrays_1: the output folder cannot be made \(EROFS: .*\)\. Choose another --output\.\n$/
  const sealed = { '/work/out-of-reach': folder('sealed') }
  refused(['run-analysis', ...job, '--output', 'out-of-reach'], { binds: sealed }, readOnly)
  equal(readdirSync(files.path('sealed')), [])
})

when('as Apptainer runs it: unpacked, read-only, with the own user, home, caches and file systems', () => {
  const home = folder('afs/user/a/alice')
  const eos = folder('eos/user/a/alice')
  const tmp = folder('tmp')
  writeFileSync(join(tmp, 'krb5cc'), ticketCache('alice@CERN.CH', Date.now() / 1000 + 86_400), { mode: 0o600 })
  chownSync(join(tmp, 'krb5cc'), USER, USER)
  mkdirSync(files.path('cvmfs/cms'), { recursive: true })
  const environment = [
    'HOME=/afs/user/a/alice',
    'KRB5CCNAME=FILE:/tmp/krb5cc',
    'PATH=/opt/tnp-pipe/bin:/opt/python/bin:/usr/bin:/bin',
  ]
  const inside = (program: string) =>
    `chroot --userspec=${USER}:${USER} "$root" /usr/bin/env -i ${environment.join(' ')} /bin/bash -ec '${program}'`
  const script = [
    ...['afs', 'eos', 'cvmfs'].map(name => `mount --bind ${files.path(name)} "$root/${name}"`),
    `mount --bind ${tmp} "$root/tmp"; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"`,
    `mount --bind ${resolve('fixtures')} "$root/work"`,
    inside(
      `cd /eos/user/a/alice; ! touch /opt/x 2>/dev/null; ln -s /work fixtures; run-analysis ${jobOptions('/work/config').join(' ')} --output out --no-progress 2>&1`,
    ),
    inside('ls /cvmfs; tnp-pipe doctor'),
  ]
  const { status, stdout, stderr } = store!.mounted(facility, script.join('\n'))
  is(status, 0, `${stdout}${stderr}`)
  match(stdout, /^cms$/m)
  match(stdout, /^Kerberos ticket +alice@CERN\.CH/m)
  match(stdout, /^voms-proxy-init +\/usr\/bin\/voms-proxy-init/m)
  ok(existsSync(home))
  sameFiles(filesBelow(join(eos, 'out')), filesBelow(files.path('here')), 'Apptainer')
})

when('what facilities need is there: Dask at the versions that are tested, clients of VOMS and Kerberos', () => {
  const pins = (path: string) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(line => line.includes('=='))
  const tested = pins('.ci/clusters-requirements.txt')
  for (const pin of pins('container/facility.txt')) ok(tested.includes(pin), pin)
  for (const name of ['voms-proxy-init', 'voms-proxy-info', 'kinit', 'klist', 'kvno']) {
    is(run(facility, ['/bin/bash', '-c', `type ${name}`], 'tools').status, 0, name)
  }
  const python = run(
    facility,
    ['python3', '-c', 'import dask_jobqueue, distributed; print(distributed.__version__)'],
    'tools',
  )
  is(
    `distributed==${python.stdout.trim()}`,
    pins('container/facility.txt').find(pin => pin.startsWith('distributed')),
    python.stderr,
  )
})

when('a job over Dask gives the bytes of local executors', () => {
  const job = [...jobOptions(CONFIG), '--executor', 'distributed', '--scaleout', '2', '--output', 'out']
  const options = { binds: { '/tmp': folder('dask-tmp') }, writable: ['/tmp'] }
  const { status, stderr } = run(facility, ['run-analysis', ...job], 'dask', options)
  is(status, 0, stderr)
  sameFiles(filesBelow(files.path('dask')), filesBelow(files.path('here')), 'Dask')
})

test.run()
