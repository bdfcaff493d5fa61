/** Ready-made runners for the efficiencies of six families of electron triggers: the reference's trigger classes. A trigger is
 *  named as its path is, `Ele30_WPTight_Gsf`; what its filter is called depends on the kind of files. */
import { nearestHint, UsageError } from '../core/errors.js'
import type { RunnerDocument } from './generated/types.gen.js'

export const TRIGGER_MODES = ['from_nanoaod', 'from_mini_ntuples', 'from_nano_ntuples'] as const
export type TriggerMode = (typeof TRIGGER_MODES)[number]

/** Whatever is left out has the trigger's or the workflow's default. Momenta are in GeV. */
export interface TriggerOptions {
  /** Default: from_nanoaod. */
  readonly mode?: TriggerMode
  readonly tagsPtCut?: number
  /** null: the threshold that the filter's name states, less 3. */
  readonly probesPtCut?: number | null
  readonly useScEta?: boolean
  readonly useScPhi?: boolean
  readonly avoidEcalTransitionTags?: boolean
  readonly avoidEcalTransitionProbes?: boolean
  /** `path::function`. */
  readonly extraFilter?: string
  readonly extraFilterArgs?: Readonly<Record<string, unknown>>
}

interface Trigger {
  /** The path's name with `#` for each number. */
  readonly pattern: string
  readonly tagsPtCut: number
  readonly probesPtCut: number
  /** The column of MiniAOD ntuples, from the numbers. */
  readonly miniColumn: (...pt: number[]) => string
  /** Bit of the trigger objects of NanoAOD that have passed it. */
  readonly bit: number
  /** Which of the numbers is the threshold of the leg. */
  readonly leg: 0 | 1
}

const TRIGGERS: readonly Trigger[] = [
  {
    pattern: 'Ele#_WPTight_Gsf',
    tagsPtCut: 30,
    probesPtCut: 27,
    miniColumn: p => `passHltEle${p}WPTightGsf`,
    bit: 1,
    leg: 0,
  },
  {
    pattern: 'Ele#_CaloIdVT_GsfTrkIdT',
    tagsPtCut: 30,
    probesPtCut: 112,
    miniColumn: p => `passHltEle${p}CaloIdVTGsfTrkIdTGsf`,
    bit: 12,
    leg: 0,
  },
  {
    pattern: 'Ele#_Ele#_CaloIdL_TrackIdL_IsoVL_Leg1',
    tagsPtCut: 30,
    probesPtCut: 20,
    miniColumn: (p1, p2) => `passHltEle${p1}Ele${p2}CaloIdLTrackIdLIsoVLLeg1L1match`,
    bit: 4,
    leg: 0,
  },
  {
    pattern: 'Ele#_Ele#_CaloIdL_TrackIdL_IsoVL_Leg2',
    tagsPtCut: 30,
    probesPtCut: 9,
    miniColumn: (p1, p2) => `passHltEle${p1}Ele${p2}CaloIdLTrackIdLIsoVLLeg2`,
    bit: 5,
    leg: 1,
  },
  {
    pattern: 'DoubleEle#_CaloIdL_MW_SeededLeg',
    tagsPtCut: 35,
    probesPtCut: 30,
    miniColumn: p => `passHltDoubleEle${p}CaloIdLMWSeedLegL1match`,
    bit: 15,
    leg: 0,
  },
  {
    pattern: 'DoubleEle#_CaloIdL_MW_UnseededLeg',
    tagsPtCut: 35,
    probesPtCut: 30,
    miniColumn: p => `passHltDoubleEle${p}CaloIdLMWUnsLeg`,
    bit: 16,
    leg: 0,
  },
]

/** The runner for the efficiency of a trigger, with one-dimensional histograms as its method. name: Ele30_WPTight_Gsf, with or
 *  without `HLT_`. Throws UsageError for a trigger of none of the families, and for an unknown mode. */
export function triggerConfiguration(name: string, options: TriggerOptions = {}): RunnerDocument {
  const { trigger, numbers } = findTrigger(name)
  const { mode = 'from_nanoaod', probesPtCut = trigger.probesPtCut } = options
  const path = `HLT_${name.replace(/^HLT_/, '')}`
  const filter = mode === 'from_mini_ntuples' ? trigger.miniColumn(...numbers) : path
  const given = {
    use_sc_eta: options.useScEta,
    use_sc_phi: options.useScPhi,
    avoid_ecal_transition_tags: options.avoidEcalTransitionTags,
    avoid_ecal_transition_probes: options.avoidEcalTransitionProbes,
    extra_filter: options.extraFilter,
    extra_filter_args: options.extraFilterArgs,
  }
  return {
    workflow: workflowOf(mode),
    workflow_args: {
      filters: { [filter]: filter },
      ...(mode === 'from_nanoaod'
        ? { trigger_pt: { [filter]: numbers[trigger.leg]! }, filterbit: { [filter]: trigger.bit } }
        : {}),
      cutbased_id: mode === 'from_mini_ntuples' ? 'passingCutBasedTight122XV1' : 'cutBased >= 4',
      tags_pt_cut: options.tagsPtCut ?? trigger.tagsPtCut,
      probes_pt_cut: probesPtCut,
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    },
    methods: [{ name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter, cut_and_count: true } }],
  }
}

function workflowOf(mode: TriggerMode): RunnerDocument['workflow'] {
  switch (mode) {
    case 'from_nanoaod':
      return 'ElectronTagNProbeFromNanoAOD'
    case 'from_mini_ntuples':
      return 'ElectronTagNProbeFromMiniNTuples'
    case 'from_nano_ntuples':
      return 'ElectronTagNProbeFromNanoNTuples'
    default: {
      const message = `unknown mode ${JSON.stringify(mode)}.${nearestHint(mode, TRIGGER_MODES)} All: ${TRIGGER_MODES.join(', ')}.`
      throw new UsageError([{ place: 'mode', message }])
    }
  }
}

function findTrigger(name: string): { trigger: Trigger; numbers: number[] } {
  const bare = name.replace(/^HLT_/, '')
  for (const trigger of TRIGGERS) {
    const found = new RegExp(`^${trigger.pattern.replaceAll('#', '(\\d+)')}$`).exec(bare)
    if (found !== null) return { trigger, numbers: found.slice(1).map(Number) }
  }
  const patterns = TRIGGERS.map(t => t.pattern)
  const hint = nearestHint(bare.replaceAll(/\d+/g, '#'), patterns)
  const message = `${JSON.stringify(name)} is none of the triggers.${hint} All, with a threshold in GeV for each #: ${patterns.join(', ')}.`
  throw new UsageError([{ place: 'trigger', message }])
}
