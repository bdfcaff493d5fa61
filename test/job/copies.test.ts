/** Jobs give the same from copies of remote files as from local ones. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { DEFAULT_SETTINGS, setRemoteSettings } from '../../lib/bytes/settings.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { filesBelow, jobOptions, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { keepEnvironment } from '../support/environment.js'
import { testIf } from '../support/tools.js'
import { haveProgram, haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const CONFIG = 'fixtures/config'
const FILES = 'fixtures/root'

let dir: Scratch
let server: TestServer | undefined
let shared: TestServer | undefined
let want: Map<string, string>
let restore = () => {}

test.before(async () => {
  if (!haveXrootd()) return
  server = await startServer('plain', { data: FILES })
  const local = scratch()
  await runJob(job(local, ''), { executor: 'sync' })
  want = outputs(local.path('out'))
  local.remove()
  ok(want.size > 20)
})
test.after(async () => {
  await server?.stop()
  await shared?.stop()
})

test.before(() => {
  restore = keepEnvironment()
})
test.before.each(() => {
  dir = scratch()
})
test.after.each(() => {
  setRemoteSettings(DEFAULT_SETTINGS)
  restore()
  dir.remove()
})

/** The fixtures' job with its ROOT files at another place; '': where they are. */
function fileset(place: string): Record<string, unknown> {
  const text = readFileSync(`${CONFIG}/fileset.json`, 'utf8')
  const moved = text.replaceAll(/"fixtures\/root\/([^"]*\.root)"/g, (all, name) =>
    place === '' ? all : `"${place}/${name}"`,
  )
  return JSON.parse(moved) as Record<string, unknown>
}

function job(out: Scratch, place: string) {
  return loadJob({
    config: `${CONFIG}/runner.json`,
    settings: `${CONFIG}/settings.json`,
    binning: `${CONFIG}/binning.json`,
    fileset: fileset(place),
    output: out.path('out'),
  }).job
}

function outputs(folder: string): Map<string, string> {
  const files = [...filesBelow(folder)].filter(([name]) => !name.endsWith('report.json'))
  return new Map(files.map(([name, bytes]) => [name, bytes.toString('latin1')]))
}

function check(got: Map<string, string>, wanted = want): void {
  ok(wanted.size > 0)
  equal([...got.keys()], [...wanted.keys()])
  for (const [name, bytes] of wanted) ok(got.get(name) === bytes, `${name} differs`)
}

testIf(
  test,
  haveXrootd(),
  XROOTD_NEEDS,
)('simplecache::root:// files, in threads that share their copies', async () => {
  process.env.XDG_CACHE_HOME = dir.dir
  const files = dir.json('fileset.json', fileset(`simplecache::${server!.url}`))
  const options = [...jobOptions(CONFIG), '--fileset', files, '--output', dir.path('out'), '--no-summary']
  const { status, stderr } = await runAnalysis([...options, '--executor', 'threads', '--workers', '2'])
  equal(status, 0, stderr)
  check(outputs(dir.path('out')))
  equal(readdirSync(dir.path('tnp-pipe/files')).length, 3)
})

testIf(
  test,
  haveXrootd() && haveProgram('xrdcp'),
  XROOTD_NEEDS,
)('root:// files that the stock client brings', async () => {
  setRemoteSettings({ transport: 'xrdcp', cacheFolder: dir.path('copies') })
  await runJob(job(dir, server!.url), { executor: 'sync' })
  check(outputs(dir.path('out')))
  ok(existsSync(dir.path('copies')))
  equal(readdirSync(dir.path('copies')).length, 3)
})

for (const executor of ['threads', 'processes']) {
  testIf(
    test,
    haveXrootd(),
    XROOTD_NEEDS,
  )(`where no copies can be kept the user is told once (${executor})`, async () => {
    const files = dir.json('fileset.json', fileset(`simplecache::${server!.url}`))
    const options = [...jobOptions(CONFIG), '--fileset', files, '--output', dir.path('out'), '--no-summary']
    const more = ['--executor', executor, '--workers', '3', '--cache-folder', files]
    const { status, stderr } = await runAnalysis([...options, ...more])
    equal(status, 0, stderr)
    check(outputs(dir.path('out')))
    equal(stderr.match(/local copies of files cannot be kept here/g)?.length, 1, stderr)
  })
}

testIf(
  test,
  haveXrootd('sss') && haveProgram('xrdcp'),
  XROOTD_NEEDS,
)('inputs and outputs at a server that takes shared keys only, with --transport xrdcp', async () => {
  shared = await startServer('sss', { data: FILES })
  process.env.XDG_CACHE_HOME = dir.dir
  process.env.XDG_STATE_HOME = dir.path('state')
  process.env.XrdSecSSSKT = shared.env.XrdSecSSSKT
  const runner = dir.json('runner.json', {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: true } }],
  })
  const run = async (files: string, output: string, more: readonly string[]) => {
    const inputs = dir.json('fileset.json', { Data: { files: { [files]: 'Events' } } })
    const { status, stderr } = await runAnalysis(['--config', runner, '--fileset', inputs, '--output', output, ...more])
    equal(status, 0, stderr)
  }
  await run(`${FILES}/nano-data.root`, dir.path('local'), [])
  const remote = ['--transport', 'xrdcp', '--executor', 'threads', '--workers', '2']
  await run(`${shared.url}/nano-data.root`, `${shared.url}/results`, remote)
  check(outputs(join(shared.data, 'results')), outputs(dir.path('local')))
})

test.run()
