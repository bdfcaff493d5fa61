/** Ready-made runners of triggers: names and numbers of the reference's classes. */
import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import { loadConfiguration, TRIGGER_MODES, triggerConfiguration } from '../../lib/config/index.js'

/** Trigger -> column of MiniAOD ntuples, threshold, bit, cuts on tags and probes. */
const TRIGGERS = {
  Ele32_WPTight_Gsf: ['passHltEle32WPTightGsf', 32, 1, 30, 27],
  Ele115_CaloIdVT_GsfTrkIdT: ['passHltEle115CaloIdVTGsfTrkIdTGsf', 115, 12, 30, 112],
  Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg1: ['passHltEle23Ele12CaloIdLTrackIdLIsoVLLeg1L1match', 23, 4, 30, 20],
  Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg2: ['passHltEle23Ele12CaloIdLTrackIdLIsoVLLeg2', 12, 5, 30, 9],
  DoubleEle33_CaloIdL_MW_SeededLeg: ['passHltDoubleEle33CaloIdLMWSeedLegL1match', 33, 15, 35, 30],
  DoubleEle33_CaloIdL_MW_UnseededLeg: ['passHltDoubleEle33CaloIdLMWUnsLeg', 33, 16, 35, 30],
} as const

for (const [name, [miniColumn, threshold, bit, tags, probes]] of Object.entries(TRIGGERS)) {
  test(`${name} is a job of each workflow`, () => {
    for (const mode of TRIGGER_MODES) {
      const config = triggerConfiguration(name, { mode })
      const { job, warnings } = loadConfiguration({ config, fileset: { D: { files: { 'a.root': 'T' } } } })
      equal(warnings, [])
      const { options } = job as Extract<typeof job, { binning: object }>
      const [filter] = options.filters
      const mini = mode === 'from_mini_ntuples'
      equal([filter!.name, filter!.expression], new Array(2).fill(mini ? miniColumn : `HLT_${name}`))
      equal([options.tagsPtCut, options.probesPtCut, options.tagsAbsetaCut], [tags, probes, 2.5])
      const nano = mode === 'from_nanoaod'
      equal([filter!.triggerPt, filter!.filterbit], nano ? [threshold, bit] : [0, null])
      equal(
        options.cutbasedId,
        nano ? 'zcands.probe.cutBased >= 4' : mini ? 'passingCutBasedTight122XV1' : 'cutBased >= 4',
      )
      equal(
        job.methods.map(m => [m.id, 'filters' in m && m.filters]),
        [['get_1d_pt_eta_phi_tnp_histograms_1', [filter!.name]]],
      )
    }
  })
}

test('options replace the defaults, and HLT_ may stand before the name', () => {
  const config = triggerConfiguration('HLT_Ele30_WPTight_Gsf', {
    tagsPtCut: 40,
    probesPtCut: null,
    useScEta: true,
    useScPhi: true,
    avoidEcalTransitionTags: false,
    avoidEcalTransitionProbes: true,
    extraFilter: 'f.py::g',
    extraFilterArgs: { a: 1 },
  })
  equal(config.workflow_args, {
    filters: { HLT_Ele30_WPTight_Gsf: 'HLT_Ele30_WPTight_Gsf' },
    trigger_pt: { HLT_Ele30_WPTight_Gsf: 30 },
    filterbit: { HLT_Ele30_WPTight_Gsf: 1 },
    cutbased_id: 'cutBased >= 4',
    tags_pt_cut: 40,
    probes_pt_cut: null,
    use_sc_eta: true,
    use_sc_phi: true,
    avoid_ecal_transition_tags: false,
    avoid_ecal_transition_probes: true,
    extra_filter: 'f.py::g',
    extra_filter_args: { a: 1 },
  })
})

test('other triggers and modes are refused with the nearest and all names', () => {
  throws(
    () => triggerConfiguration('Ele30_WPTigt_Gsf'),
    /^trigger: "Ele30_WPTigt_Gsf" is none of the triggers\. Nearest: "Ele#_WPTight_Gsf"\. All, with a threshold in GeV for each #: Ele#_WPTight_Gsf, /,
  )
  throws(() => triggerConfiguration('ElePt_WPTight_Gsf'), /Nearest: "Ele#_WPTight_Gsf"/)
  throws(
    () => triggerConfiguration('Ele30_WPTight_Gsf', { mode: 'from_nano' as never }),
    'mode: unknown mode "from_nano". Nearest: "from_nanoaod". All: from_nanoaod, from_mini_ntuples, from_nano_ntuples.',
  )
})

test.run()
