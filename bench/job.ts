/** The benchmark's jobs. Main: electron tag-and-probe with two filters, three-dimensional histograms (pt, eta, mass) of passing
 *  and failing probes, and a report; on generated data with a golden JSON. All: every column of the pairs into Parquet. */
import { writeJson } from './inputs.js'

/** What the job reads of a file. */
export const BRANCHES = [
  ...['run', 'luminosityBlock', 'HLT_Ele30_WPTight_Gsf', 'HLT_Ele32_WPTight_Gsf', 'nElectron', 'nTrigObj'],
  ...['pt', 'eta', 'phi', 'mass', 'charge', 'cutBased', 'deltaEtaSC'].map(field => `Electron_${field}`),
  ...['pt', 'eta', 'phi', 'id', 'filterBits'].map(field => `TrigObj_${field}`),
]

const WORKFLOW = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: {
    filters: { HLT_Ele32_WPTight_Gsf: 'HLT_Ele32_WPTight_Gsf', 'cutBased >= 4': 'cutBased >= 4' },
    filterbit: { HLT_Ele32_WPTight_Gsf: 2, 'cutBased >= 4': null },
    trigger_pt: { HLT_Ele32_WPTight_Gsf: 32, 'cutBased >= 4': null },
  },
}
const METHODS = {
  main: [
    {
      name: 'get_nd_tnp_histograms',
      args: {
        filter: ['HLT_Ele32_WPTight_Gsf', 'cutBased >= 4'],
        cut_and_count: false,
        vars: ['el_pt', 'el_eta'],
        uproot_options: { allow_read_errors_with_report: true },
      },
    },
  ],
  all: [{ name: 'get_tnp_arrays', args: { cut_and_count: false, mass_range: null, vars: 'all', flat: true } }],
}
const SETTINGS = { tags_pt_cut: 35, probes_pt_cut: 15, tags_abseta_cut: 2.17, use_sc_eta: true }
const GOLDEN = { 400001: [[1, 95]] }

export type JobKind = keyof typeof METHODS

/** Writes the job's documents on these files and returns run-analysis's arguments, without --output. `golden`: with the golden
 *  JSON of generated files, which has no lumi section of other data. `part`: goes into the fileset's name. */
export function jobArguments(kind: JobKind, files: readonly string[], golden: boolean, part = ''): string[] {
  const metadata = golden ? { goldenJSON: writeJson('golden.json', GOLDEN) } : {}
  const fileset = { Data: { files: Object.fromEntries(files.map(path => [path, 'Events'])), metadata } }
  const given = [
    ['--config', writeJson(`runner-${kind}.json`, { ...WORKFLOW, methods: METHODS[kind] })],
    ['--settings', writeJson('settings.json', SETTINGS)],
    ['--fileset', writeJson(`fileset-${kind}-${files.length}${part}.json`, fileset)],
  ]
  return given.flat()
}
