/** The benchmark's job: electron tag-and-probe on data with a golden JSON, two filters, three-dimensional histograms
 *  (pt, eta, mass) of passing and failing probes, and a report. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EVENTS_PER_FILE, generateFile } from './generate.js'

/** Generated files and outputs; ignored by git. The number in the name changes with the generator. */
export const FOLDER = join('.work', 'bench', 'files-1')

/** What the job reads of a file. */
export const BRANCHES = [
  ...['run', 'luminosityBlock', 'HLT_Ele30_WPTight_Gsf', 'HLT_Ele32_WPTight_Gsf', 'nElectron', 'nTrigObj'],
  ...['pt', 'eta', 'phi', 'mass', 'charge', 'cutBased', 'deltaEtaSC'].map(field => `Electron_${field}`),
  ...['pt', 'eta', 'phi', 'id', 'filterBits'].map(field => `TrigObj_${field}`),
]

const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: {
    filters: { HLT_Ele32_WPTight_Gsf: 'HLT_Ele32_WPTight_Gsf', 'cutBased >= 4': 'cutBased >= 4' },
    filterbit: { HLT_Ele32_WPTight_Gsf: 2, 'cutBased >= 4': null },
    trigger_pt: { HLT_Ele32_WPTight_Gsf: 32, 'cutBased >= 4': null },
  },
  methods: [
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
}
const SETTINGS = { tags_pt_cut: 35, probes_pt_cut: 15, tags_abseta_cut: 2.17, use_sc_eta: true }
const GOLDEN = { 400001: [[1, 95]] }

export interface Job {
  readonly events: number
  readonly files: readonly string[]
  /** Arguments of run-analysis, without --output. */
  readonly args: readonly string[]
}

/** The job on `files` files, which are made where they are not there yet. */
export async function prepareJob(files: number, onFile: (path: string) => void): Promise<Job> {
  mkdirSync(FOLDER, { recursive: true })
  const paths = Array.from({ length: files }, (_, k) => join(FOLDER, `events-${k}.root`))
  for (const [k, path] of paths.entries()) {
    if (existsSync(path)) continue
    onFile(path)
    await writeFile(`${path}.part`, await generateFile(k))
    await rename(`${path}.part`, path)
  }
  const golden = writeJson('golden.json', GOLDEN)
  const fileset = {
    Data: { files: Object.fromEntries(paths.map(path => [path, 'Events'])), metadata: { goldenJSON: golden } },
  }
  const given = [
    ['--config', writeJson('runner.json', RUNNER)],
    ['--settings', writeJson('settings.json', SETTINGS)],
    ['--fileset', writeJson(`fileset-${files}.json`, fileset)],
  ]
  return { events: files * EVENTS_PER_FILE, files: paths, args: given.flat() }
}

function writeJson(name: string, value: unknown): string {
  const path = join(FOLDER, name)
  writeFileSync(path, JSON.stringify(value, null, 2))
  return path
}
