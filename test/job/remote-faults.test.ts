/** A large job on servers of which a part of the files cannot be had: it ends in time, with exact results of all others. */
import { existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { filesBelow, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

const FILES = 200
const LIMIT_MS = 60_000
const SOURCE = 'fixtures/root/nano-data-2.root'

type Fate = 'good' | 'missing' | 'truncated' | 'down'

/** 20 missing, the first one among them; 10 truncated; one on a server that is down. */
function fateOf(k: number): Fate {
  if (k === 101) return 'down'
  if (k % 10 === 0) return 'missing'
  return k % 20 === 7 ? 'truncated' : 'good'
}

const FATES = Array.from({ length: FILES }, (_, k) => fateOf(k))
const GOOD = FATES.filter(fate => fate === 'good').length

/** Where the truncated ones end, in bytes or as a share: within the header, the baskets, the tree's record. The last bytes of a file
 *  are of no use to readers. */
const ENDS = [0, 1, 60, 100, 1000, 0.1, 0.2, 0.5, 0.9, 0.99]

let dir: Scratch
let server: TestServer
let closedPort: number

function nameOf(k: number): string {
  return `f${String(k).padStart(3, '0')}.root`
}

test.before(async () => {
  if (!haveXrootd()) return
  dir = scratch()
  server = await startServer('plain')
  closedPort = await freePort()
  const bytes = readFileSync(SOURCE)
  const whole = join(server.data, 'whole.root')
  writeFileSync(whole, bytes)
  let truncated = 0
  for (const [k, fate] of FATES.entries()) {
    const path = join(server.data, nameOf(k))
    if (fate === 'good' || fate === 'down') linkSync(whole, path)
    if (fate === 'truncated') writeFileSync(path, bytes.subarray(0, endOf(ENDS[truncated++]!, bytes.length)))
  }
  equal(
    ['good', 'missing', 'truncated', 'down'].map(name => FATES.filter(fate => fate === name).length),
    [169, 20, 10, 1],
  )
})
test.after(async () => {
  await server?.stop()
  dir?.remove()
})

function endOf(end: number, size: number): number {
  return end < 1 ? Math.floor(end * size) : end
}

/** Nobody listens there. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise(done => probe.once('listening', done))
  const { port } = probe.address() as { port: number }
  await new Promise(done => probe.close(done))
  return port
}

function urlOf(k: number): string {
  return `${FATES[k] === 'down' ? `root://localhost:${closedPort}/` : server.url}/${nameOf(k)}`
}

function run(paths: readonly string[], output: string, allow: boolean, ...more: string[]): Promise<Outcome> {
  const uproot_options = allow ? { allow_read_errors_with_report: true } : {}
  const config = dir.json('runner.json', {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [
      { name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_eta', 'tag_Ele_pt'], flat: true, uproot_options } },
      { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt', 'el_eta'], uproot_options } },
    ],
  })
  const files = Object.fromEntries(paths.map(path => [path, 'Events']))
  const fileset = dir.json('fileset.json', { Data: { files, metadata: { isMC: false } } })
  return runAnalysis(['--config', config, '--fileset', fileset, '--output', output, '--no-progress', ...more])
}

const ALL = FATES.map((_, k) => k)
const NUMBERED = /NTuples-part(\d+)\.parquet$/

let reference: Promise<Map<string, Buffer>> | undefined

/** The files that can be read, by their local paths. */
function localOutputs(): Promise<Map<string, Buffer>> {
  reference ??= (async () => {
    const paths = ALL.filter(k => FATES[k] === 'good').map(k => join(server.data, nameOf(k)))
    equal(paths.length, GOOD)
    const { status, stderr } = await run(paths, dir.path('local'), true)
    equal(status, 0, stderr)
    return filesBelow(dir.path('local'))
  })()
  return reference
}

interface ReportEntry {
  readonly args: readonly string[]
  readonly exception: string | null
  readonly message: string | null
}

/** What is said of a failure. */
const REASONS: Readonly<Record<Exclude<Fate, 'good'>, readonly [exception: RegExp, message: RegExp]>> = {
  missing: [/^FileNotFoundError$/, /No such file or directory/],
  truncated: [/^(OSError|ValueError|DeserializationError)$/, /truncated/],
  down: [/^(ConnectionError|OSError)$/, /ECONNREFUSED|refused/],
}

for (const more of [
  ['--executor', 'sync'],
  ['--executor', 'threads', '--workers', '2'],
]) {
  when(`${more.join(' ')}: 169 of 200 files are read exactly, and the report says why 31 are not`, async () => {
    const want = await localOutputs()
    const output = dir.path(`remote-${more[1]}`)
    const began = performance.now()
    const { status, stderr } = await run(ALL.map(urlOf), output, true, ...more)
    const took = performance.now() - began
    equal(status, 0, stderr)
    ok(took < LIMIT_MS, `${took} ms`)
    equal(stderr.match(/^ {2}skipped root:/gm)?.length, FILES - GOOD)

    const got = filesBelow(output)
    equal(
      [...got.keys()].filter(name => !NUMBERED.test(name)),
      [...want.keys()].filter(name => !NUMBERED.test(name)),
    )
    for (const [name, bytes] of want) {
      if (!NUMBERED.test(name) && !name.endsWith('report.json')) ok(got.get(name)!.equals(bytes), `${name} differs`)
    }
    await sameParts(got, want, output)

    const reports = [...got].filter(([name]) => name.endsWith('report.json'))
    equal(reports.length, 2)
    for (const [name, bytes] of reports) checkReport(JSON.parse(bytes.toString()) as ReportEntry[], name)
  })
}

/** The parts of files that were read are those of the local run, in order; the others have no rows. */
async function sameParts(got: Map<string, Buffer>, want: Map<string, Buffer>, output: string): Promise<void> {
  const wanted = [...want].filter(([name]) => NUMBERED.test(name)).map(([, bytes]) => bytes)
  const parts = [...got].filter(([name]) => NUMBERED.test(name))
  equal([wanted.length, parts.length], [GOOD, FILES])
  let next = 0
  for (const [k, [name, bytes]] of parts.entries()) {
    equal(Number(NUMBERED.exec(name)![1]), k)
    if (FATES[k] === 'good') ok(bytes.equals(wanted[next++]!), `${name} differs`)
    else {
      const { num_rows } = await parquetMetadataAsync(await asyncBufferFromFile(join(output, name)))
      equal(Number(num_rows), 0, name)
    }
  }
}

function checkReport(entries: readonly ReportEntry[], name: string): void {
  equal(entries.length, FILES, name)
  for (const [k, { args, exception, message }] of entries.entries()) {
    const fate = FATES[k]!
    equal(args[0], `'${urlOf(k)}'`)
    if (fate === 'good') equal([exception, message], [null, null], args[0])
    else {
      const [kind, text] = REASONS[fate]
      match(exception!, kind, `${fate} ${k}: ${exception} ${message}`)
      match(message!, text, `${fate} ${k}: ${message}`)
      match(message!, nameOf(k))
    }
  }
  equal(entries.filter(entry => entry.exception !== null).length, FILES - GOOD, name)
}

for (const more of [
  ['--executor', 'sync'],
  ['--executor', 'threads', '--workers', '2'],
]) {
  when(
    `${more.join(' ')}, without reports: the first failure ends the run, and nothing half-written is left`,
    async () => {
      // From a good file on, so that the run is under way.
      const some = ALL.slice(1)
      const first = some.find(k => FATES[k] !== 'good')!
      for (const place of ['local', 'remote']) {
        const folder = `stopped-${more[1]}`
        const output = place === 'local' ? dir.path(folder) : `${server.url}/${folder}`
        const state = dir.path(`state-${more[1]}`)
        process.env.XDG_STATE_HOME = state
        const { status, stdout, stderr } = await run(some.map(urlOf), output, false, '--no-journal', ...more)
        equal([status, stdout], [1, ''], stderr)
        match(stderr, new RegExp(`^error: root://localhost:\\d+//${nameOf(first)}: .*\\(\\w+Error\\)`, 'm'))
        match(stderr, 'allow_read_errors_with_report')
        not.match(stderr, /\n {4}at /)
        const written = place === 'local' ? output : join(server.data, folder)
        equal([...filesBelow(written).keys()], [])
        equal(existsSync(state) ? [...filesBelow(state).keys()] : [], [])
      }
    },
  )
}

test.run()
