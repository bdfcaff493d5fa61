/** The figures of the reference's tests of its trigger classes, on its sample files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { type TriggerOptions, triggerConfiguration } from '../../lib/config/index.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
const onSamples = testIf(test, shared, 'the shared sample files')

interface Sample {
  readonly file: string
  readonly tree: string
  readonly metadata?: object
}

/** Weights of passing and failing probes over all regions and bins, under- and overflow included, by variable. */
async function totals(trigger: string, options: TriggerOptions, { file, tree, metadata = {} }: Sample) {
  const dir = scratch()
  const config = triggerConfiguration(trigger, options)
  const fileset = { D: { files: { [join(shared!, 'data', file)]: tree }, metadata } }
  const { job } = loadJob({ config, fileset, output: dir.dir })
  await runJob(job, { executor: 'sync' })
  const filter = Object.keys((config.workflow_args as { filters: object }).filters)[0]!
  const path = dir.path(`D/get_1d_pt_eta_phi_tnp_histograms_1/${filter}_histos.json`)
  const hists = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Uhi>)
  dir.remove()
  const sum = (variable: string, kind: string) =>
    hists
      .filter(([name]) => name.startsWith(`${variable}/`) && name.endsWith(`/${kind}`))
      .flatMap(([, hist]) => hist.storage.values)
      .reduce((total, value) => total + value, 0)
  return Object.fromEntries(['pt', 'eta', 'phi'].map(v => [v, [sum(v, 'passing'), sum(v, 'failing')]]))
}

interface Uhi {
  readonly storage: { readonly values: readonly number[] }
}

const nano = { file: 'DYto2E.root', tree: 'Events' }
const noGap = { avoidEcalTransitionTags: true, avoidEcalTransitionProbes: true }
for (const [trigger, probesPtCut, passing, failing] of [
  ['Ele32_WPTight_Gsf', 29, 954, 199],
  ['Ele115_CaloIdVT_GsfTrkIdT', 112, 3, 0],
  ['Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg1', 20, 1181, 91],
  ['Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg2', 9, 0, 1317],
  ['DoubleEle33_CaloIdL_MW_SeededLeg', 33, 0, 893],
  ['DoubleEle33_CaloIdL_MW_UnseededLeg', 33, 0, 893],
] as const) {
  onSamples(`${trigger} from NanoAOD`, async () => {
    const counts = [passing, failing]
    equal(await totals(trigger, { probesPtCut, ...noGap }, nano), { pt: counts, eta: counts, phi: counts })
  })
}

const mini = { file: 'TnPNTuples_el.root', tree: 'fitter_tree' }
const loose = { mode: 'from_mini_ntuples', tagsPtCut: 35, probesPtCut: 5, avoidEcalTransitionTags: false } as const
for (const [trigger, inRegions, everywhere] of [
  ['Ele32_WPTight_Gsf', 349, 361],
  ['Ele115_CaloIdVT_GsfTrkIdT', 2, 2],
  ['Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg1', 432, 447],
  ['Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg2', 455, 470],
  ['DoubleEle33_CaloIdL_MW_SeededLeg', 361, 372],
  ['DoubleEle33_CaloIdL_MW_UnseededLeg', 367, 378],
] as const) {
  onSamples(`${trigger} from MiniAOD ntuples`, async () => {
    const all = [everywhere, 505 - everywhere]
    equal(await totals(trigger, loose, mini), { pt: [inRegions, 490 - inRegions], eta: all, phi: all })
  })
}

onSamples('a pileup weight of 3 counts three times', async () => {
  const metadata = { isMC: true, pileupJSON: join(shared!, 'data/test_pu_correction.json') }
  const rounded = Object.entries(await totals('Ele32_WPTight_Gsf', loose, { ...mini, metadata })).map(
    ([variable, sums]) => [variable, sums.map(x => Math.round(x * 1e6) / 1e6)],
  )
  equal(rounded, [
    ['pt', [3 * 349, 3 * 141]],
    ['eta', [3 * 361, 3 * 144]],
    ['phi', [3 * 361, 3 * 144]],
  ])
})

test.run()
