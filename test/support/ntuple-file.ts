/** Ntuples written by hand, and jobs on them, for tests of whole workflows. Outputs go to `out` in a folder of the test's own,
 *  those of the one dataset to `out/D`. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { RunnerDocument } from '../../lib/config/index.js'
import type { Column } from '../../lib/core/types.js'
import { type JobSummary, loadJob, type RunOptions, runJob } from '../../lib/job/index.js'
import { flat } from './batches.js'
import type { Scratch } from './cli.js'
import { parquetRows, type Row } from './nano-file.js'
import { rootFile } from './root-writer.js'

export type Columns = Readonly<Record<string, Column>>
type Workflow = RunnerDocument['workflow']

export async function writeTree(path: string, tree: string, entries: number, columns: Columns): Promise<void> {
  const branches = Object.entries(columns).map(([name, { dtype, values }]) => ({ name, dtype, values }))
  writeFileSync(path, await rootFile([{ path: tree, entries, branches }]))
}

/** Rows of MiniAOD ntuples: 0 and 1 are good, and the filter passes 0 only. Of the others each fails one cut: 2 tag's pt, 3 the
 *  gap, 4 charge, 5 mass, 6 ID, 7 probe's pt. */
export function miniRows(p: 'el' | 'ph' = 'el'): Record<string, Column> {
  return {
    run: flat('uint32', [1, 1, 1, 1, 1, 1, 1, 1]),
    lumi: flat('uint32', [10, 20, 10, 10, 10, 10, 10, 10]),
    event: { dtype: 'uint64', values: BigUint64Array.from({ length: 8 }, (_, k) => 2n ** 60n + BigInt(k)) },
    tag_Ele_pt: flat('float32', [50, 40, 35, 50, 50, 50, 50, 50]),
    tag_Ele_eta: flat('float32', [0.5, -1, 0, 1.5, 0, 0, 0, 0]),
    tag_sc_eta: flat('float32', [0.5, -1, 0, 1.5, 0, 0, 0, 0]),
    tag_Ele_q: flat('float32', [1, -1, 1, 1, 1, 1, 1, 1]),
    pair_mass: flat('float32', [91, 80, 91, 91, 91, 140, 91, 91]),
    [`${p}_pt`]: flat('float32', [30, 20, 30, 30, 30, 30, 30, 5]),
    [`${p}_et`]: flat('float32', [31, 21, 31, 31, 31, 31, 31, 5]),
    [`${p}_eta`]: flat('float32', [1, 2, 0, 0, 0, 0, 0, 0]),
    [`${p}_phi`]: flat('float32', [1, -2, 0, 0, 0, 0, 0, 0]),
    [`${p}_q`]: flat('float32', [-1, 1, -1, -1, 1, -1, -1, -1]),
    tight: flat('int32', [1, 1, 1, 1, 1, 1, 0, 1]),
    passHlt: flat('int32', [1, 0, 1, 1, 1, 1, 1, 1]),
    totWeight: flat('float32', [2, 3, 1, 1, 1, 1, 1, 1]),
    psWeight: flat('float32', [1, 1, 1, 1, 1, 1, 1, 1]),
  }
}

export interface Setup {
  readonly workflow?: Workflow
  readonly args?: Readonly<Record<string, unknown>>
  readonly files: Readonly<Record<string, unknown>>
  readonly metadata?: object
  readonly allow?: boolean
  readonly methods?: readonly object[]
  readonly run?: RunOptions
}

export const METHODS = [
  { name: 'get_tnp_arrays', args: { cut_and_count: false, vars: 'all' } },
  { name: 'get_passing_and_failing_probes', args: { filter: 'hlt', cut_and_count: false } },
]

export async function run(dir: Scratch, setup: Setup): Promise<JobSummary> {
  const { workflow = 'ElectronTagNProbeFromMiniNTuples', metadata = {}, methods = METHODS } = setup
  const uproot_options = setup.allow ? { allow_read_errors_with_report: true } : null
  const { job } = loadJob({
    config: {
      workflow,
      workflow_args: { filters: { hlt: 'passHlt' }, cutbased_id: 'tight', probes_pt_cut: 5, ...setup.args },
      methods: (methods as { args: object }[]).map(m => ({ ...m, args: { ...m.args, uproot_options } })) as never,
    },
    fileset: { D: { files: setup.files, metadata } } as never,
    output: dir.path('out'),
  })
  return runJob(job, { executor: 'sync', ...setup.run })
}

export const arrays = (dir: Scratch, part = 0) =>
  parquetRows(dir.path(`out/D/get_tnp_arrays_1/NTuples-part${part}.parquet`))
export const probes = (dir: Scratch, kind: string) =>
  parquetRows(dir.path(`out/D/get_passing_and_failing_probes_1/${kind}_hlt_NTuples-part0.parquet`))
export const column = (rows: readonly Row[], name: string) => rows.map(row => row[name])

/** A run on one tree. */
export async function onRows(dir: Scratch, columns: Columns, setup: Omit<Setup, 'files'> = {}, entries = 8) {
  await writeTree(dir.path('t.root'), 'fitter_tree', entries, columns)
  return run(dir, { ...setup, files: { [dir.path('t.root')]: 'fitter_tree' } })
}

export async function failure(make: () => Promise<unknown>): Promise<Error> {
  try {
    await make()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

export function pileup(dir: Scratch): string {
  const data = { nodetype: 'binning', input: 'n', edges: [0, 1, 2, 3], content: [0.5, 2, 4], flow: 'clamp' }
  const inputs = [{ name: 'n', type: 'real' }]
  const correction = { name: 'pu', version: 1, inputs, output: { name: 'w', type: 'real' }, data }
  return dir.json('pileup.json', { schema_version: 2, corrections: [correction] })
}

/** Sums of weights of the nd method. */
export function histogramSums(dir: Scratch, id = 'get_nd_tnp_histograms_1'): Record<string, number> {
  const text = readFileSync(dir.path(`out/D/${id}/hlt_histos.json`), 'utf8')
  const hists = JSON.parse(text) as Record<string, { storage: { values: number[] } }>
  const sum = (values: readonly number[]) => values.flat(Number.POSITIVE_INFINITY).reduce((a, b) => a + b, 0)
  return Object.fromEntries(Object.entries(hists).map(([name, { storage }]) => [name, sum(storage.values)]))
}
