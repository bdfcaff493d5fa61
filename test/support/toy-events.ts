/** NanoAOD events with electrons, photons, trigger objects and generator particles, written as objects and turned into
 *  columns; and running a tag-and-probe workflow on them. */
import type { RunnerDocument } from '../../lib/config/index.js'
import type { Column, DType } from '../../lib/core/types.js'
import { type DatasetSummary, loadJob, runJob } from '../../lib/job/index.js'
import { flat, lists } from './batches.js'
import type { Scratch } from './cli.js'
import { parquetRows, type Row, writeNanoFile } from './nano-file.js'

/** Fields of one object; what is left out takes the value below. */
type Fields = Readonly<Record<string, number>>

export interface ToyEvent {
  readonly run?: number
  /** Decision of the paths; default: true. */
  readonly hlt?: boolean
  readonly genWeight?: number
  readonly electrons?: readonly Fields[]
  readonly photons?: readonly Fields[]
  readonly triggerObjects?: readonly Fields[]
  readonly particles?: readonly Fields[]
}

type Branches = Readonly<Record<string, readonly [DType, number]>>

/** Branch -> type and value where an object does not give one: a tight, prompt lepton. */
const ELECTRON: Branches = {
  pt: ['float32', 50],
  eta: ['float32', 0],
  phi: ['float32', 0],
  mass: ['float32', 0],
  charge: ['int32', 1],
  cutBased: ['uint8', 4],
  deltaEtaSC: ['float32', 0],
  photonIdx: ['int16', -1],
}
const PHOTON: Branches = {
  pt: ['float32', 50],
  eta: ['float32', 0],
  phi: ['float32', 0],
  cutBased: ['uint8', 3],
  electronIdx: ['int16', -1],
  pixelSeed: ['bool', 1],
  isScEtaEB: ['bool', 1],
  isScEtaEE: ['bool', 0],
}
const TRIGGER_OBJECT: Branches = {
  pt: ['float32', 40],
  eta: ['float32', 0],
  phi: ['float32', 0],
  id: ['uint16', 11],
  filterBits: ['uint64', 2],
}
const PARTICLE: Branches = { pdgId: ['int32', 23], genPartIdxMother: ['int16', -1] }

/** Columns of data, or of simulation. */
export function toyColumns(
  events: readonly ToyEvent[],
  isMC = false,
  extra: ToyRun['extra'] = {},
): Record<string, Column> {
  const linked = (branches: Branches, flavour: number): Branches =>
    isMC ? { ...branches, genPartIdx: ['int16', -1], genPartFlav: ['uint8', flavour] } : branches
  const number = (dtype: DType, of: (event: ToyEvent, i: number) => number) => flat(dtype, events.map(of))
  const decision = number('bool', e => Number(e.hlt ?? true))
  return {
    run: number('uint32', e => e.run ?? 1),
    luminosityBlock: number('uint32', () => 7),
    event: number('uint64', (_, i) => 100 + i),
    HLT_Ele30_WPTight_Gsf: decision,
    PV_npvs: number('uint8', (_, i) => 10 + i),
    ...Object.fromEntries(['x', 'y', 'z'].map(axis => [`PV_${axis}`, number('float32', () => 0)])),
    ...objects(
      'Electron',
      { ...linked(ELECTRON, 1), ...extra.Electron },
      events.map(e => e.electrons ?? []),
    ),
    ...objects(
      'Photon',
      { ...linked(PHOTON, 11), ...extra.Photon },
      events.map(e => e.photons ?? []),
    ),
    ...objects(
      'TrigObj',
      TRIGGER_OBJECT,
      events.map(e => e.triggerObjects ?? []),
    ),
    ...(isMC
      ? objects(
          'GenPart',
          PARTICLE,
          events.map(e => e.particles ?? []),
        )
      : {}),
    ...(isMC ? { genWeight: number('float32', e => e.genWeight ?? 1) } : {}),
  }
}

function objects(
  collection: string,
  branches: Branches,
  events: readonly (readonly Fields[])[],
): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(branches).map(([field, [dtype, value]]) => [
      `${collection}_${field}`,
      lists(
        dtype,
        events.map(list => list.map(fields => fields[field] ?? value)),
      ),
    ]),
  )
}

export interface ToyRun {
  readonly workflow: RunnerDocument['workflow']
  /** `workflow_args` without filters. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly filters?: Readonly<Record<string, string>> | null
  /** Arguments of get_tnp_arrays. */
  readonly args?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Branches to leave out of the file. */
  readonly without?: readonly string[]
  /** Branches that the file has besides. */
  readonly extra?: { readonly Electron?: Branches; readonly Photon?: Branches }
  /** Files that are listed after the one that is written. */
  readonly moreFiles?: Readonly<Record<string, unknown>>
}

export interface ToyResult {
  readonly rows: Row[]
  readonly summary: DatasetSummary
  /** Stage -> events or pairs that left it. */
  readonly counts: Readonly<Record<string, number>>
}

/** Writes the events into a file of the folder and runs get_tnp_arrays on it, in this process. The rows of its first part. */
export async function runToy(dir: Scratch, events: readonly ToyEvent[], given: ToyRun): Promise<ToyResult> {
  const { workflow, options = {}, filters = { tight: 'isTight' }, args = {}, metadata = {} } = given
  const path = dir.path('toy.root')
  const columns = Object.entries(toyColumns(events, metadata.isMC === true, given.extra))
  const kept = columns.filter(([name]) => given.without?.includes(name) !== true)
  await writeNanoFile(path, events.length, Object.fromEntries(kept))
  const { job } = loadJob({
    config: {
      workflow,
      workflow_args: { filters, probes_pt_cut: 10, ...options },
      methods: [{ name: 'get_tnp_arrays', args }],
    } as RunnerDocument,
    fileset: { Toy: { files: { [path]: 'Events', ...given.moreFiles } as never, metadata } },
    output: dir.path('out'),
  })
  const result = await runJob(job, { executor: 'sync' })
  const summary = result.datasets[0]!
  const rows = await parquetRows(dir.path('out/Toy/get_tnp_arrays_1/NTuples-part0.parquet'))
  return { rows, summary, counts: Object.fromEntries(summary.cutflow) }
}

/** The rows' values of one column; lists as arrays, 64-bit numbers as numbers. */
export function column(rows: readonly Row[], name: string): unknown[] {
  const plain = (value: unknown): unknown => {
    if (typeof value === 'bigint') return Number(value)
    return value !== null && typeof value === 'object' ? Array.from(value as ArrayLike<unknown>, plain) : value
  }
  return rows.map(row => plain(row[name]))
}
