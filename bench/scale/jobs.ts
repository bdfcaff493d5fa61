/** The jobs whose quantities are doubled. */
import { writeJson } from '../inputs.js'

/** Electron tag-and-probe from NanoAOD. */
const WORKFLOW = 'ElectronTagNProbeFromNanoAOD'
const SETTINGS = { tags_pt_cut: 35, probes_pt_cut: 15, tags_abseta_cut: 2.17, use_sc_eta: true }
const TRIGGER = 'HLT_Ele32_WPTight_Gsf'
/** Bins of 1 GeV between 50 and 130 GeV. */
export const MASS_BINS = 80
const MOST_PT = 200
const MOST_ETA = 2.5

/** `binning`: edges by key, in place of the built-in ones. */
export interface ScaleJob {
  readonly filters: Readonly<Record<string, string>>
  readonly methods: readonly object[]
  readonly binning?: Readonly<Record<string, readonly number[]>>
}

const oneFilter = { [TRIGGER]: TRIGGER }

/** Histograms of one filter in three dimensions, and a report. */
export const HISTOGRAMS: ScaleJob = { filters: oneFilter, methods: [histograms([TRIGGER], ['el_pt', 'el_eta'])] }

/** All columns of the pairs, one file a partition. */
export const TABLES: ScaleJob = { filters: oneFilter, methods: [arrays('all')] }

/** Mass and pt of `n` filters, each an expression of its own. */
export function manyFilters(n: number): ScaleJob {
  const names = Array.from(
    { length: n },
    (_, k) => [`tight ${k}`, `(zcands.probe.cutBased >= ${k % 5}) & (zcands.probe.pt > ${15 + k / 10})`] as const,
  )
  return {
    filters: Object.fromEntries(names),
    methods: [
      histograms(
        names.map(([name]) => name),
        ['el_pt'],
      ),
    ],
  }
}

/** `pt` x `eta` x MASS_BINS cells. */
export function manyCells(pt: number, eta: number): ScaleJob {
  const binning = { el_pt_bins: edges(0, MOST_PT, pt), el_eta_bins: edges(-MOST_ETA, MOST_ETA, eta) }
  return { ...HISTOGRAMS, binning }
}

/** The first `n` fields beyond those that every file has (see `generateFile`). */
export function manyVariables(n: number): ScaleJob {
  return { filters: oneFilter, methods: [arrays(Array.from({ length: n }, (_, k) => `el_quantity${k}`))] }
}

function histograms(filter: readonly string[], vars: readonly string[]): object {
  const args = { filter, cut_and_count: false, vars, uproot_options: { allow_read_errors_with_report: true } }
  return { name: 'get_nd_tnp_histograms', args }
}

function arrays(vars: 'all' | readonly string[]): object {
  return { name: 'get_tnp_arrays', args: { cut_and_count: false, mass_range: null, vars, flat: true } }
}

function edges(from: number, to: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, k) => from + ((to - from) * k) / bins)
}

/** Each dataset with `filesEach` of the files. */
export function filesetOf(files: readonly string[], filesEach: number): object {
  const datasets = Array.from({ length: Math.ceil(files.length / filesEach) }, (_, k) => {
    const own = files.slice(k * filesEach, (k + 1) * filesEach)
    return [`Data${k}`, { files: Object.fromEntries(own.map(path => [path, 'Events'])), metadata: { isMC: false } }]
  })
  return Object.fromEntries(datasets) as object
}

/** Options that name the documents: --config, --settings, --fileset, and --binning where there is one. */
export function documentsOf({ filters, methods, binning }: ScaleJob, fileset: object): string[] {
  const forAll = <T>(of: (name: string) => T) => Object.fromEntries(Object.keys(filters).map(name => [name, of(name)]))
  const workflow_args = {
    filters,
    filterbit: forAll(name => (name === TRIGGER ? 2 : null)),
    trigger_pt: forAll(name => (name === TRIGGER ? 32 : null)),
  }
  const documents = [
    ['--config', writeJson('scale-runner.json', { workflow: WORKFLOW, workflow_args, methods })],
    ['--settings', writeJson('scale-settings.json', SETTINGS)],
    ['--fileset', writeJson('scale-fileset.json', fileset)],
    ...(binning === undefined ? [] : [['--binning', writeJson('scale-binning.json', binning)]]),
  ]
  return documents.flat()
}

/** run-analysis's arguments, without --output. Files are links to a few that differ. */
export function argumentsOf(job: ScaleJob, fileset: object): string[] {
  return [...documentsOf(job, fileset), '--duplicate-files', 'keep']
}
