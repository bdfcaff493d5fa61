/** ScaleAndSmearingNTuplesFromNanoAOD on files written by hand, and on the shared case. */
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, instance, match, ok } from 'uvu/assert'
import type { RunnerDocument } from '../../lib/config/index.js'
import { DataError, UsageError } from '../../lib/core/errors.js'
import { type JobSummary, loadJob, runJob } from '../../lib/job/index.js'
import { flat, lists } from '../support/batches.js'
import { type Scratch, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { type NanoColumns, parquetRows, type Row, writeNanoFile } from '../support/nano-file.js'

/** Eight events: 0 no electrons, 1 one, 2 a pair, 3 two of the same charge, 4 three, 5 two of which one has no photon, 6 a
 *  pair that no trigger accepts, 7 a pair in the gap between barrel and endcaps. */
const EVENTS = 8
const NO: readonly number[] = []
const PI = 3.140625

function dataColumns(): Record<string, NanoColumns[string]> {
  return {
    run: flat('uint32', [1, 1, 1, 1, 1, 1, 1, 1]),
    luminosityBlock: flat('uint32', [1, 2, 3, 4, 5, 6, 7, 8]),
    event: flat('uint64', [100, 101, 102, 103, 104, 105, 106, 107]),
    HLT_Ele23_Ele12: flat('bool', [1, 1, 1, 0, 1, 1, 0, 1]),
    HLT_Ele23_Ele12_DZ: flat('bool', [0, 0, 0, 1, 0, 0, 0, 0]),
    HLT_Ele30: flat('bool', [0, 0, 0, 0, 0, 0, 1, 0]),
    Electron_pt: lists('float32', [NO, [50], [44, 46], [40, 50], [30, 50, 40], [45, 45], [45, 45], [45, 44]]),
    Electron_eta: lists('float32', [NO, [0], [0, 0], [0, 0], [0, 0, 0], [0, 0], [0, 0], [1.5, 0]]),
    Electron_phi: lists('float32', [NO, [0], [0, PI], [0, PI], [0, 3, 2], [0, PI], [0, PI], [0, PI]]),
    Electron_mass: lists('float32', [NO, [0], [0, 0], [0, 0], [0, 0, 0], [0, 0], [0, 0], [0, 0]]),
    Electron_charge: lists('int32', [NO, [1], [1, -1], [1, 1], [1, -1, 1], [1, -1], [1, -1], [1, -1]]),
    Electron_deltaEtaSC: lists('float32', [NO, [0], [0.25, 0], [0, 0], [0, 0, 0], [0, 0], [0, 0], [0, 0]]),
    Electron_photonIdx: lists('int16', [NO, [0], [1, 0], [0, 1], [2, 1, 0], [0, -1], [0, 1], [0, 1]]),
    Photon_pt: lists('float32', [NO, [49], [45, 43], [39, 49], [41, 51, 31], [44], [44, 44], [44, 43]]),
    Photon_eta: lists('float32', [NO, [0], [0.5, 0.75], [0, 0], [0, 0, 0], [0], [0, 0], [1.5, 0]]),
    Photon_phi: lists('float32', [NO, [0], [PI, 0], [0, PI], [2, 3, 0], [0], [0, PI], [0, PI]]),
    Photon_isScEtaEB: lists('bool', [NO, [1], [1, 1], [1, 1], [1, 1, 1], [1], [1, 1], [0, 1]]),
    Photon_isScEtaEE: lists('bool', [NO, [0], [0, 0], [0, 0], [0, 0, 0], [0], [0, 0], [0, 0]]),
    Jet_pt: lists('float32', [[1], NO, [2, 3], [4], NO, [5], [6], NO]),
    TrigObj_pt: lists('float32', [NO, NO, [7], NO, NO, NO, NO, NO]),
    PV_npvs: flat('uint8', [10, 11, 12, 13, 14, 15, 16, 17]),
    PV_x: flat('float32', new Array(EVENTS).fill(0)),
    PV_y: flat('float32', new Array(EVENTS).fill(0)),
    PV_z: flat('float32', [0, 0, 1.5, 0, 0, 0, 0, 0]),
    Rho_fixedGridRhoAll: flat('float32', [20, 21, 22, 23, 24, 25, 26, 27]),
  }
}

function mcColumns(): Record<string, NanoColumns[string]> {
  return {
    ...dataColumns(),
    Electron_genPartIdx: lists('int16', [NO, [0], [1, -1], [0, 0], [-1, 0, 0], [0, 0], [0, 0], [0, 0]]),
    GenPart_pt: lists('float32', [[9], [9], [9, 43.5, 99], [9], [9], [9], [9], [9]]),
    GenVtx_z: flat('float32', [0, 0, 1, 0, 0.5, 0, 0, 0]),
    Pileup_nTrueInt: flat('float32', [0.5, 0.5, 0.5, 0.5, 1.5, 0.5, 0.5, 2.5]),
    genWeight: flat('float32', [1, 2, 3, -1, 5, 6, 7, 9]),
  }
}
const SUM_OF_WEIGHTS = 32

/** Pileup weights by bin of the true number of interactions, as correctionlib writes them. */
function pileupFile(dir: Scratch, variations: Readonly<Record<string, readonly number[]>> | readonly number[]): string {
  const binning = (content: readonly number[]) => ({
    nodetype: 'binning',
    input: 'n',
    edges: [0, 1, 2, 3],
    content,
    flow: 'clamp',
  })
  const number = { name: 'n', type: 'real' }
  const correction = Array.isArray(variations)
    ? { inputs: [number], data: binning(variations as number[]) }
    : {
        inputs: [number, { name: 'v', type: 'string' }],
        data: {
          nodetype: 'category',
          input: 'v',
          content: Object.entries(variations).map(([key, content]) => ({ key, value: binning(content) })),
        },
      }
  const whole = { name: 'PU', version: 1, output: { name: 'weight', type: 'real' }, ...correction }
  const path = dir.path('pileup.json.gz')
  writeFileSync(path, gzipSync(JSON.stringify({ schema_version: 2, corrections: [whole] })))
  return path
}

interface Options {
  readonly options?: Readonly<Record<string, unknown>>
  readonly args?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, unknown>>
  readonly warnings?: string[]
  readonly maxChunkEvents?: number
}

/** Runs get_ntuples on the file `nano.root` of the folder, or on `files`. */
async function run(dir: Scratch, columns: NanoColumns | null, given: Options = {}): Promise<JobSummary> {
  if (columns !== null) await writeNanoFile(dir.path('nano.root'), EVENTS, columns)
  const { options = {}, args = {}, metadata = {}, files = { [dir.path('nano.root')]: 'Events' } } = given
  const { job } = loadJob({
    config: {
      workflow: 'ScaleAndSmearingNTuplesFromNanoAOD',
      workflow_args: options,
      methods: [{ name: 'get_ntuples', args }],
    } as RunnerDocument,
    fileset: { Toy: { files: files as never, metadata } },
    output: dir.path('out'),
  })
  const { maxChunkEvents } = given
  return runJob(job, {
    executor: 'sync',
    onWarning: message => given.warnings?.push(message),
    ...(maxChunkEvents === undefined ? {} : { maxChunkEvents }),
  })
}

function rowsOf(dir: Scratch, part = 0): Promise<Row[]> {
  return parquetRows(dir.path(`out/Toy/get_ntuples_1/NTuples-part${part}.parquet`))
}

function values(rows: readonly Row[], name: string): unknown[] {
  return rows.map(row => (typeof row[name] === 'bigint' ? Number(row[name]) : row[name]))
}

const FEW = { vars: { Electron: ['pt'], Photon: ['pt'] } }

test('an event with two electrons is a row, of nulls where none of its pairs is accepted', async () => {
  const dir = scratch()
  const summary = await run(dir, dataColumns(), { args: FEW })
  const rows = await rowsOf(dir)
  equal(values(rows, 'event'), [102, null, 104, 106, 107])
  equal(values(rows, 'lead_pt'), [46, null, 50, 45, 45])
  equal(values(rows, 'sublead_pt'), [44, null, 30, 45, 44])
  for (const value of Object.values(rows[1]!)) equal(value, null)
  const [dataset] = summary.datasets
  equal(dataset!.events, EVENTS)
  equal(dataset!.windows, [{ window: '50 < mass < 130', pairs: 4, weight: null, filters: [] }])
  equal(dataset!.tables, [{ id: 'get_ntuples_1', rows: 5 }])
  dir.remove()
})

test('drop_empty leaves the rows of nulls out', async () => {
  const dir = scratch()
  await run(dir, dataColumns(), { args: { ...FEW, drop_empty: true } })
  equal(values(await rowsOf(dir), 'event'), [102, 104, 106, 107])
  dir.remove()
})

test('columns are lead, sublead, both, event, other collections; electron fields in file order', async () => {
  const dir = scratch()
  const vars = { PV: ['z'], Electron: ['superclusterEta', 'pt'], Photon: ['pt', 'charge', 'eta'], Jet: ['pt'] }
  await run(dir, dataColumns(), { args: { vars } })
  const [first] = await rowsOf(dir)
  equal(Object.keys(first!), [
    ...['lead_pt', 'lead_superclusterEta', 'lead_pho_pt', 'lead_pho_charge', 'lead_pho_eta'],
    ...['sublead_pt', 'sublead_superclusterEta', 'sublead_pho_pt', 'sublead_pho_charge', 'sublead_pho_eta'],
    ...['pt', 'eta', 'phi', 'mass', 'charge', 'rapidity', 'event', 'lumi', 'run', 'nPV', 'fixedGridRhoAll', 'dZ'],
    ...['PV_z', 'Jet_pt'],
  ])
  equal(first!.lead_pho_pt, 45)
  equal(first!.sublead_pho_eta, 0.75)
  equal(first!.lead_pho_charge, 0)
  equal(first!.sublead_superclusterEta, 0.25)
  equal([first!.lumi, first!.run, first!.nPV, first!.fixedGridRhoAll, first!.dZ], [3, 1, 12, 22, 0])
  equal([first!.charge, first!.PV_z], [0, 1.5])
  close(first!.mass as number, 2 * Math.sqrt(44 * 46), 1e-6)
  dir.remove()
})

test('of three electrons, the pair of highest pt in the window counts', async () => {
  const dir = scratch()
  for (const [mass_range, sublead] of [
    [[50, 130], 30],
    [[40, 130], 40],
    [50, 40],
    [45, 30],
  ] as const) {
    await run(dir, dataColumns(), { args: { ...FEW, mass_range } })
    const rows = await rowsOf(dir)
    equal([rows[2]!.lead_pt, rows[2]!.sublead_pt], [50, sublead], `${mass_range}`)
  }
  dir.remove()
})

test('cuts: pt of lead and sublead, supercluster eta, the gap, and no electron without photon', async () => {
  const dir = scratch()
  const events = async (options: Record<string, unknown>) => {
    await run(dir, dataColumns(), { options, args: { ...FEW, drop_empty: true } })
    return values(await rowsOf(dir), 'event')
  }
  equal(await events({ lead_pt_cut: 45 }), [102, 104])
  equal(await events({ sublead_pt_cut: 44 }), [106])
  equal(await events({ eta_cut: 0.25 }), [104, 106])
  equal(await events({ avoid_ecal_transition: true }), [102, 104, 106])
  dir.remove()
})

test('trigger_paths: an event needs one path of those that begin so', async () => {
  const dir = scratch()
  const events = async (trigger_paths: unknown, warnings: string[] = []) => {
    await run(dir, dataColumns(), { options: { trigger_paths }, args: FEW, warnings })
    return values(await rowsOf(dir), 'event')
  }
  equal(await events('HLT_Ele23_Ele12*'), [102, null, 104, 107])
  equal(await events(['Ele23_Ele12_DZ', 'Ele30']), [null, 106])
  const warnings: string[] = []
  equal(await events(['Mu17*'], warnings), [])
  match(warnings.join(), /Mu17.*no event passes/)
  dir.remove()
})

test('an electron without generator particle has the pt of the last one, unless null_gen_pt is set', async () => {
  const dir = scratch()
  const pts: unknown[][] = []
  for (const null_gen_pt of [false, true]) {
    await run(dir, mcColumns(), { args: { ...FEW, drop_empty: true, null_gen_pt } })
    const rows = await rowsOf(dir)
    pts.push(values(rows, 'lead_gen_pt'), values(rows, 'sublead_gen_pt'))
  }
  const [lead, sublead, nullLead, nullSublead] = pts as [unknown[], unknown[], unknown[], unknown[]]
  equal([lead.includes(null), sublead.includes(null)], [false, false])
  for (const [filled, nulls] of [
    [lead, nullLead],
    [sublead, nullSublead],
  ] as const) {
    ok(nulls.includes(null))
    equal(
      nulls,
      filled.map((pt, i) => (nulls[i] === null ? null : pt)),
    )
  }
  dir.remove()
})

test('simulation has generator columns and weights; an electron without generator particle has no gen_pt', async () => {
  const dir = scratch()
  await run(dir, mcColumns(), { args: { ...FEW, null_gen_pt: true } })
  const rows = await rowsOf(dir)
  equal(values(rows, 'lead_gen_pt'), [null, null, 9, 9, 9])
  equal(values(rows, 'sublead_gen_pt'), [43.5, null, null, 9, 9])
  equal(values(rows, 'dZ'), [-0.5, null, 0.5, 0, 0])
  equal(values(rows, 'nTrueInt'), [0.5, null, 1.5, 0.5, 2.5])
  equal(values(rows, 'weight_central'), [1, null, 1, 1, 1])
  equal(
    values(rows, 'weight'),
    [3, null, 5, 7, 9].map(g => (g === null ? null : g / SUM_OF_WEIGHTS)),
  )
  const names = Object.keys(rows[0]!)
  equal(names.slice(-5), ['genWeight', 'nTrueInt', 'dZ', 'weight_central', 'weight'])
  dir.remove()
})

test('pileup weights come nominal, up and down, all 0 where the nominal one is', async () => {
  const dir = scratch()
  const pileupJSON = pileupFile(dir, { nominal: [2, 0, 4], up: [3, 1, 5], down: [1, 1, 3] })
  await run(dir, mcColumns(), { args: { ...FEW, drop_empty: true }, metadata: { pileupJSON } })
  const rows = await rowsOf(dir)
  equal(Object.keys(rows[0]!).slice(-6), [
    ...['weight_central', 'weight_central_PileupUp', 'weight_central_PileupDown'],
    ...['weight', 'weight_PileupUp', 'weight_PileupDown'],
  ])
  equal(values(rows, 'weight_central'), [2, 0, 2, 4])
  equal(values(rows, 'weight_central_PileupUp'), [3, 0, 3, 5])
  equal(values(rows, 'weight_central_PileupDown'), [1, 0, 1, 3])
  equal(
    values(rows, 'weight_PileupUp'),
    [9, 0, 21, 45].map(w => w / SUM_OF_WEIGHTS),
  )
  dir.remove()
})

test('a correction without variations gives the nominal weight alone', async () => {
  const dir = scratch()
  const pileupJSON = pileupFile(dir, [2, 3, 4])
  await run(dir, mcColumns(), { args: { ...FEW, drop_empty: true }, metadata: { pileupJSON } })
  const rows = await rowsOf(dir)
  equal(Object.keys(rows[0]!).slice(-2), ['weight_central', 'weight'])
  equal(values(rows, 'weight_central'), [2, 3, 2, 4])
  dir.remove()
})

test('metadata may say whether it is simulation', async () => {
  const dir = scratch()
  const simulation = await run(dir, mcColumns(), { args: FEW, metadata: { isMC: true } })
  equal(simulation.datasets[0]!.sumGenWeight, SUM_OF_WEIGHTS)
  close((await rowsOf(dir))[0]!.weight as number, 3 / SUM_OF_WEIGHTS)
  const data = await run(dir, null, { args: FEW, metadata: { isMC: false } })
  equal(data.datasets[0]!.sumGenWeight, null)
  const [first] = await rowsOf(dir)
  equal([first!.dZ, 'weight' in first!, 'lead_gen_pt' in first!], [0, false, false])
  dir.remove()
})

test('"all" is looked up in each dataset: simulation after data has its generator fields', async () => {
  const dir = scratch()
  await writeNanoFile(dir.path('data.root'), EVENTS, dataColumns())
  await writeNanoFile(dir.path('mc.root'), EVENTS, mcColumns())
  const { job } = loadJob({
    config: {
      workflow: 'ScaleAndSmearingNTuplesFromNanoAOD',
      workflow_args: {},
      methods: [{ name: 'get_ntuples', args: { vars: { Electron: 'all', Photon: ['pt'] } } }],
    },
    fileset: {
      Data: { files: { [dir.path('data.root')]: 'Events' } },
      MC: { files: { [dir.path('mc.root')]: 'Events' } },
    },
    output: dir.path('out'),
  })
  await runJob(job, { executor: 'sync' })
  const [data] = await parquetRows(dir.path('out/Data/get_ntuples_1/NTuples-part0.parquet'))
  const [mc] = await parquetRows(dir.path('out/MC/get_ntuples_1/NTuples-part0.parquet'))
  equal('lead_genPartIdx' in data!, false)
  equal(mc!.lead_genPartIdx, -1)
  const generated = ['genPartIdx', 'genPartIdxG', 'gen_pt'].flatMap(f => [`lead_${f}`, `sublead_${f}`])
  const more = Object.keys(mc!).filter(name => !(name in data!))
  equal(new Set(more), new Set([...generated, 'genWeight', 'nTrueInt', 'weight_central', 'weight']))
  dir.remove()
})

test('"all" photon fields have the supercluster eta worked out where files lack it', async () => {
  const dir = scratch()
  await run(dir, dataColumns(), { args: { vars: null } })
  const rows = await rowsOf(dir)
  const names = Object.keys(rows[0]!).filter(n => n.startsWith('lead_pho_'))
  equal(
    names,
    ['pt', 'eta', 'phi', 'isScEtaEB', 'isScEtaEE', 'mass', 'charge', 'superclusterEta'].map(f => `lead_pho_${f}`),
  )
  // From a vertex at the centre there is nothing to correct; from z = 1.5 cm, 130 cm away, eta 0.5 becomes this:
  close(rows[2]!.lead_pho_superclusterEta as number, 0, 0, 1e-7)
  close(rows[0]!.lead_pho_superclusterEta as number, Math.asinh(Math.sinh(0.5) + 1.5 / 130), 1e-6)
  dir.remove()
})

test('lists of other collections stand as lists, or, flat, make a row an element', async () => {
  const dir = scratch()
  const vars = { Electron: ['pt'], Photon: [], Jet: ['pt'] }
  await run(dir, dataColumns(), { args: { vars } })
  equal(
    (await rowsOf(dir)).map(row => Array.from(row.Jet_pt as number[])),
    [[2, 3], [], [], [6], []],
  )
  await run(dir, dataColumns(), { args: { vars, flat: true } })
  const rows = await rowsOf(dir)
  equal(values(rows, 'Jet_pt'), [2, 3, 6])
  equal(values(rows, 'event'), [102, 102, 106])
  dir.remove()
})

test('lists of two collections cannot be flat', async () => {
  const dir = scratch()
  const vars = { Electron: ['pt'], Photon: [], Jet: ['pt'], TrigObj: ['pt'] }
  const error = await failure(run(dir, dataColumns(), { args: { vars, flat: true } }))
  instance(error, UsageError)
  match(error.message, /Jet and TrigObj/)
  await run(dir, dataColumns(), { args: { vars } })
  equal(
    (await rowsOf(dir)).map(row => (row.TrigObj_pt as number[]).length),
    [1, 0, 0, 0, 0],
  )
  dir.remove()
})

async function failure(job: Promise<unknown>): Promise<Error> {
  try {
    await job
  } catch (error) {
    return error as Error
  }
  throw new Error('the job went well')
}

test('unknown variables are problems, all at once, but for fields of electrons, which are left out with a warning', async () => {
  const dir = scratch()
  const vars = { Electron: ['pt', 'genPartFlav'], Photon: ['ptt'], Jets: 'all', PV: ['zz'] }
  const error = await failure(run(dir, dataColumns(), { args: { vars } }))
  instance(error, UsageError)
  equal((error as UsageError).problems.length, 3)
  match(error.message, /vars \/ Photon.*"ptt".*Nearest: "pt"/)
  match(error.message, /vars \/ Jets.*Nearest: "Jet"/)
  match(error.message, /vars \/ PV.*"PV_zz".*Nearest: "PV_z"/)
  const warnings: string[] = []
  await run(dir, dataColumns(), { args: { vars: { Electron: ['pt', 'genPartFlav'], Photon: [] } }, warnings })
  match(warnings.join(), /get_ntuples_1.*genPartFlav: left out/)
  dir.remove()
})

test('a needed column that is missing is named, with the stage that needs it and the nearest names', async () => {
  const dir = scratch()
  const { Electron_photonIdx, ...columns } = dataColumns()
  ok(Electron_photonIdx)
  const error = await failure(run(dir, { ...columns, Electron_photonIdxs: Electron_photonIdx }, { args: FEW }))
  instance(error, DataError)
  match(error.message, /"Electron_photonIdx" not found, read by "pair".*Nearest: "Electron_photonIdxs"/)
  dir.remove()
})

test('optional columns may be missing: rho, and the vertex where photons have their supercluster eta', async () => {
  const dir = scratch()
  const { Rho_fixedGridRhoAll, PV_x, PV_y, PV_z, ...columns } = dataColumns()
  ok(Rho_fixedGridRhoAll && PV_x && PV_y && PV_z)
  const vars = { Electron: ['pt'], Photon: ['superclusterEta'] }
  await run(dir, { ...columns, Photon_superclusterEta: columns.Photon_eta! }, { args: { vars } })
  const [first] = await rowsOf(dir)
  equal(first!.lead_pho_superclusterEta, 0.5)
  equal('fixedGridRhoAll' in first!, false)
  await run(dir, { ...columns, fixedGridRhoFastjetAll: Rho_fixedGridRhoAll! }, { args: FEW })
  equal((await rowsOf(dir))[0]!.fixedGridRhoFastjetAll, 22)
  dir.remove()
})

test('a photon index beyond the photons is a damaged file', async () => {
  const dir = scratch()
  const columns = dataColumns()
  columns.Electron_photonIdx = lists('int16', [NO, [0], [2, 0], [0, 1], [2, 1, 0], [0, -1], [0, 1], [0, 1]])
  const error = await failure(run(dir, columns, { args: FEW }))
  instance(error, DataError)
  match(error.message, /nano\.root > Events.*entry 2 is 2/)
  dir.remove()
})

test('an unreadable file is reported, left out of the sum of weights, and has a table without rows', async () => {
  const dir = scratch()
  await writeNanoFile(dir.path('nano.root'), EVENTS, mcColumns())
  const files = { [dir.path('nano.root')]: 'Events', [dir.path('missing.root')]: 'Events' }
  const args = { ...FEW, uproot_options: { allow_read_errors_with_report: true } }
  const summary = await run(dir, null, { args, files })
  equal(summary.datasets[0]!.skipped.length, 1)
  equal((await rowsOf(dir)).length, 5)
  equal((await rowsOf(dir, 1)).length, 0)
  close((await rowsOf(dir))[0]!.weight as number, 3 / SUM_OF_WEIGHTS)
  const report = JSON.parse(readFileSync(dir.path('out/Toy/get_ntuples_1/report.json'), 'utf8')) as {
    exception: string | null
  }[]
  equal(
    report.map(r => r.exception),
    [null, 'FileNotFoundError'],
  )
  dir.remove()
})

test('steps make partitions of their own, an empty one among them', async () => {
  const dir = scratch()
  const steps = [
    [0, 2],
    [2, 5],
    [5, 8],
  ]
  await writeNanoFile(dir.path('nano.root'), EVENTS, dataColumns())
  await run(dir, null, { args: FEW, files: { [dir.path('nano.root')]: { object_path: 'Events', steps } } })
  const events = await Promise.all([0, 1, 2].map(async part => values(await rowsOf(dir, part), 'event')))
  equal(events, [[], [102, null, 104], [106, 107]])
  dir.remove()
})

test('a partition that is read in several chunks gives the same rows', async () => {
  const dir = scratch()
  const args = { vars: { Electron: 'all', Photon: 'all', Jet: ['pt'] } }
  await run(dir, mcColumns(), { args })
  const whole = await rowsOf(dir)
  await run(dir, null, { args, maxChunkEvents: 3 })
  equal(await rowsOf(dir), whole)
  equal(values(whole, 'sublead_photonIdxG'), [2, null, 7, 10, 12])
  dir.remove()
})

test.run()
