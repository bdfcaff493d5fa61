/** Whole workflows of a user's own: the muon example against pairs counted event by event, the sink into DuckDB, and what is
 *  said of mistakes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { Random } from '../../bench/random.js'
import type { Column, DType, Values } from '../../lib/core/types.js'
import { loadJob, runJob } from '../../lib/index.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'
import { parquetRows, writeNanoFile } from '../support/nano-file.js'

const BUILT = fileURLToPath(new URL('../../', import.meta.url))
const MUONS = join(BUILT, 'examples/muon-tag-and-probe.js')
const DUCKDB = join(BUILT, 'examples/duckdb-sink.js')
const RUNNER = 'examples/muon-runner.json'
const BINNING = 'examples/muon-binning.json'
const EVENTS = 3000

interface Muon {
  readonly pt: number
  readonly eta: number
  readonly phi: number
  readonly charge: number
  readonly tightId: boolean
}
interface TriggerObject {
  readonly pt: number
  readonly eta: number
  readonly phi: number
  readonly id: number
  readonly filterBits: number
}
interface Event {
  readonly fired: boolean
  readonly muons: readonly Muon[]
  readonly objects: readonly TriggerObject[]
}

const MASS = Math.fround(0.10566)

/** Muons of about half the Z mass each, back to back, some of them lost, wrong or without a trigger object. */
function randomEvents(): Event[] {
  const random = new Random(7)
  const f = Math.fround
  return Array.from({ length: EVENTS }, () => {
    const phi = random.uniform(-Math.PI, Math.PI)
    const muons = Array.from({ length: random.below(4) }, (_, k) => ({
      pt: f(random.uniform(5, 60)),
      eta: f(random.uniform(-2.6, 2.6)),
      phi: f(k % 2 === 0 ? phi : phi > 0 ? phi - Math.PI : phi + Math.PI),
      charge: random.chance(0.5) ? 1 : -1,
      tightId: random.chance(0.8),
    }))
    const objects = muons
      .filter(() => random.chance(0.8))
      .map(({ pt, eta, phi }) => ({
        pt: f(pt * random.uniform(0.9, 1.1)),
        eta: f(eta + random.uniform(-0.08, 0.08)),
        phi,
        id: random.chance(0.9) ? 13 : 11,
        filterBits: random.chance(0.8) ? 8 : 1,
      }))
    return { fired: random.chance(0.8), muons, objects }
  })
}

/** The muon workflow's definition, pair by pair. */
function expectedPairs(events: readonly Event[]) {
  return events.flatMap(({ fired, muons, objects }, event) =>
    muons.flatMap((tag, i) =>
      muons.flatMap((probe, j) => {
        const matched = (muon: Muon) =>
          objects.some(o => {
            const dphi = Math.abs(o.phi - muon.phi)
            const dr = Math.hypot(o.eta - muon.eta, Math.min(dphi, 2 * Math.PI - dphi))
            return o.id === 13 && o.pt > 24 && (o.filterBits & 8) !== 0 && dr < 0.1
          })
        if (i === j || !fired || !tag.tightId || !(tag.pt > 26) || !(Math.abs(tag.eta) < Math.fround(2.4))) return []
        if (!(probe.pt > 10) || !(Math.abs(probe.eta) < 2.5) || tag.charge * probe.charge !== -1) return []
        if (!matched(tag)) return []
        const mass = pairMass(tag, probe)
        if (!(mass > 50 && mass < 130)) return []
        return [{ event, tagPt: tag.pt, pt: probe.pt, mass, tight: probe.tightId, hlt: matched(probe) }]
      }),
    ),
  )
}

function pairMass(a: Muon, b: Muon): number {
  const p = ({ pt, eta, phi }: Muon) => {
    const [x, y, z] = [pt * Math.cos(phi), pt * Math.sin(phi), pt * Math.sinh(eta)]
    return [Math.sqrt(x * x + y * y + z * z + MASS * MASS), x, y, z] as const
  }
  const [e, x, y, z] = p(a).map((value, k) => value + p(b)[k]!) as [number, number, number, number]
  return Math.sqrt(e * e - x * x - y * y - z * z)
}

async function writeEvents(path: string, events: readonly Event[]): Promise<void> {
  const flat = (dtype: DType, values: Values): Column => ({ dtype, values })
  const offsetsOf = (lengths: number[]) => {
    const offsets = new Int32Array(lengths.length + 1)
    lengths.forEach((n, i) => {
      offsets[i + 1] = offsets[i]! + n
    })
    return offsets
  }
  const muonOffsets = offsetsOf(events.map(e => e.muons.length))
  const objectOffsets = offsetsOf(events.map(e => e.objects.length))
  const muons = events.flatMap(e => e.muons)
  const objects = events.flatMap(e => e.objects)
  const float = (values: number[], offsets: Int32Array): Column => ({
    dtype: 'float32',
    values: Float32Array.from(values),
    offsets,
  })
  const int = (values: number[], offsets: Int32Array): Column => ({
    dtype: 'int32',
    values: Int32Array.from(values),
    offsets,
  })
  const numbers = Uint32Array.from(events, (_, i) => i)
  await writeNanoFile(path, events.length, {
    run: flat('uint32', new Uint32Array(events.length).fill(1)),
    luminosityBlock: flat('uint32', new Uint32Array(events.length).fill(1)),
    event: flat('uint64', BigUint64Array.from(numbers, BigInt)),
    HLT_IsoMu24: flat(
      'bool',
      Uint8Array.from(events, e => (e.fired ? 1 : 0)),
    ),
    Muon_pt: float(
      muons.map(m => m.pt),
      muonOffsets,
    ),
    Muon_eta: float(
      muons.map(m => m.eta),
      muonOffsets,
    ),
    Muon_phi: float(
      muons.map(m => m.phi),
      muonOffsets,
    ),
    Muon_mass: float(
      muons.map(() => MASS),
      muonOffsets,
    ),
    Muon_charge: int(
      muons.map(m => m.charge),
      muonOffsets,
    ),
    Muon_tightId: { dtype: 'bool', values: Uint8Array.from(muons, m => (m.tightId ? 1 : 0)), offsets: muonOffsets },
    TrigObj_pt: float(
      objects.map(o => o.pt),
      objectOffsets,
    ),
    TrigObj_eta: float(
      objects.map(o => o.eta),
      objectOffsets,
    ),
    TrigObj_phi: float(
      objects.map(o => o.phi),
      objectOffsets,
    ),
    TrigObj_id: int(
      objects.map(o => o.id),
      objectOffsets,
    ),
    TrigObj_filterBits: int(
      objects.map(o => o.filterBits),
      objectOffsets,
    ),
  })
}

const dir = scratch()
const FILE = dir.path('muons.root')
const STEPS: [number, number][] = [
  [0, 1000],
  [1000, 2500],
  [2500, EVENTS],
]
const FILESET = { Muons: { files: { [FILE]: { object_path: 'Events', steps: STEPS } } } }

test.before(() => writeEvents(FILE, randomEvents()))
test.after(() => dir.remove())

test('the muon workflow finds the pairs that its definition gives, through every executor', async () => {
  const expected = expectedPairs(randomEvents())
  ok(expected.length > 100)
  const fileset = dir.json('fileset.json', FILESET)
  const outputs: ReadonlyMap<string, unknown>[] = []
  for (const executor of ['sync', 'threads', 'processes']) {
    const output = dir.path(executor)
    const args = ['--config', RUNNER, '--binning', BINNING, '--fileset', fileset, '--output', output]
    const { status, stderr } = await tnpPipe([
      'run',
      '--workflow',
      MUONS,
      ...args,
      '--executor',
      executor,
      '--workers',
      '2',
    ])
    equal(status, 0, stderr)
    outputs.push(filesBelow(output))
  }
  equal(outputs[1], outputs[0])
  equal(outputs[2], outputs[0])
  const parts = [0, 1, 2].map(p => dir.path(`sync/Muons/get_tnp_arrays_1/NTuples-part${p}.parquet`))
  const rows = (await Promise.all(parts.map(parquetRows))).flat()
  equal(
    rows.map(r => [Number(r.event), r.tag_mu_pt, r.mu_pt, r.tight, r.HLT_IsoMu24]),
    expected.map(p => [p.event, p.tagPt, p.pt, p.tight, p.hlt]),
  )
  for (const [k, row] of rows.entries()) ok(Math.abs((row.pair_mass as number) / expected[k]!.mass - 1) < 1e-6)
})

test('the muon workflow in code has the same passing and failing probes', async () => {
  const expected = expectedPairs(randomEvents())
  const { job } = loadJob({
    config: RUNNER,
    binning: BINNING,
    fileset: FILESET,
    output: dir.path('code'),
    workflow: MUONS,
  })
  const { datasets } = await runJob(job)
  const [tight, hlt] = datasets[0]!.windows[0]!.filters
  equal(tight!.passing, expected.filter(p => p.tight).length)
  equal(hlt!.passing, expected.filter(p => p.hlt).length)
  equal(hlt!.passing + hlt!.failing, expected.length)
})

test('explain shows a workflow of the user', async () => {
  const fileset = dir.json('explained.json', FILESET)
  const args = ['--config', RUNNER, '--binning', BINNING, '--fileset', fileset, '--open']
  const { status, stdout, stderr } = await tnpPipe(['explain', '--workflow', MUONS, ...args])
  equal(status, 0, stderr)
  match(stdout, /ordered pairs tag, probe of Muon/)
  match(stdout, /reads .*Muon_tightId/)
})

test('the sink into DuckDB writes what Parquet has', async () => {
  const job = 'fixtures/config/workflows/electron-nanoaod'
  const output = dir.path('duckdb')
  const args = ['--config', `${job}/runner.json`, '--fileset', `${job}/fileset.json`, '--output', output]
  const { status, stderr } = await tnpPipe(['run', '--workflow', DUCKDB, ...args])
  equal(status, 0, stderr)
  const datasets = readdirSync(output)
  ok(datasets.length > 1)
  for (const dataset of datasets) {
    const folder = join(output, dataset)
    equal(
      readdirSync(folder).filter(name => name.includes('duckdb')),
      ['probes.duckdb'],
    )
    const instance = await DuckDBInstance.create(join(folder, 'probes.duckdb'), { access_mode: 'READ_ONLY' })
    const connection = await instance.connect()
    const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
    const columns = 'el_pt, el_eta, pair_mass'
    const window = 'pair_mass > 60 and pair_mass < 120'
    const parquet = `read_parquet('${folder}/get_tnp_arrays_1/*.parquet')`
    const stored = await query(`select ${columns} from probes order by all`)
    ok(stored.length > 0)
    equal(stored, await query(`select ${columns} from ${parquet} where ${window} order by all`))
    connection.closeSync()
    instance.closeSync()
  }
})

test('what is wrong with a workflow is said in a line', async () => {
  const fileset = dir.json('wrong.json', FILESET)
  const door = JSON.stringify(new URL('../../lib/index.js', import.meta.url).href)
  const write = (name: string, body: string) => {
    writeFileSync(
      dir.path(name),
      `import { compilePairExpression, defineWorkflow } from ${door}\nexport default ${body}\n`,
    )
    return dir.path(name)
  }
  const mini = JSON.parse(readFileSync('fixtures/config/workflows/electron-mini-ntuples/runner.json', 'utf8')) as object
  const cases: readonly (readonly [string, string, number, RegExp])[] = [
    ['nowhere.mjs', RUNNER, 2, /workflow nowhere\.mjs::default: file "nowhere\.mjs" not found/],
    [write('none.mjs', '5'), RUNNER, 2, /"default" is no workflow \(made by defineWorkflow\)/],
    [MUONS, dir.json('mini.json', mini), 2, /options and methods it would have/],
    [write('torn.mjs', `defineWorkflow(() => { throw new Error('cucumber') })`), RUNNER, 2, /failed: cucumber/],
  ]
  for (const [path, config, want, text] of cases) {
    const { status, stderr } = await tnpPipe([
      'run',
      '--workflow',
      path,
      '--config',
      config,
      '--fileset',
      fileset,
      '--binning',
      BINNING,
      '--output',
      dir.path('wrong'),
    ])
    equal(status, want, stderr)
    match(stderr, text)
    not.match(stderr, /\n\s+at /)
  }
})

test('a file without the branches of a workflow is told with their stage', async () => {
  const fileset = dir.json('electrons.json', { E: { files: { 'fixtures/root/nano-data.root': 'Events' } } })
  const args = ['--config', RUNNER, '--binning', BINNING, '--fileset', fileset, '--output', dir.path('missing')]
  const { status, stderr } = await tnpPipe(['run', '--workflow', MUONS, ...args])
  ok(status === 1 || status === 2)
  match(stderr, /tightId|Muon_/)
  not.match(stderr, /\n\s+at /)
})

test.run()
