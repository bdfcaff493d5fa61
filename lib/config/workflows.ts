/** The workflows and methods by name, with what belongs to each: family of inputs, kind of probe, default variables. */

export type NanoWorkflow = 'ElectronTagNProbeFromNanoAOD' | 'PhotonTagNProbeFromNanoAOD'
export type NtuplesWorkflow =
  | 'ElectronTagNProbeFromMiniNTuples'
  | 'PhotonTagNProbeFromMiniNTuples'
  | 'ElectronTagNProbeFromNanoNTuples'
  | 'PhotonTagNProbeFromNanoNTuples'
export type WorkflowName = NanoWorkflow | NtuplesWorkflow | 'ScaleAndSmearingNTuplesFromNanoAOD'

/** nano: NanoAOD; mini and nano ntuples: flat trees whose rows are pairs; sas: scale and smearing from NanoAOD. */
export type Family = 'nano' | 'mini-ntuples' | 'nano-ntuples' | 'sas'

interface Workflow {
  readonly family: Family
  readonly probe: 'electron' | 'photon'
  /** Transverse momentum, eta and phi of the probe. */
  readonly defaultVars: readonly [string, string, string] | null
}

const ELECTRON = ['el_pt', 'el_eta', 'el_phi'] as const
const PHOTON = ['ph_pt', 'ph_eta', 'ph_phi'] as const

export const WORKFLOWS: Readonly<Record<WorkflowName, Workflow>> = {
  ElectronTagNProbeFromNanoAOD: { family: 'nano', probe: 'electron', defaultVars: ELECTRON },
  PhotonTagNProbeFromNanoAOD: { family: 'nano', probe: 'photon', defaultVars: PHOTON },
  ElectronTagNProbeFromMiniNTuples: { family: 'mini-ntuples', probe: 'electron', defaultVars: ELECTRON },
  PhotonTagNProbeFromMiniNTuples: {
    family: 'mini-ntuples',
    probe: 'photon',
    defaultVars: ['ph_et', 'ph_eta', 'ph_phi'],
  },
  ElectronTagNProbeFromNanoNTuples: { family: 'nano-ntuples', probe: 'electron', defaultVars: ELECTRON },
  PhotonTagNProbeFromNanoNTuples: { family: 'nano-ntuples', probe: 'photon', defaultVars: PHOTON },
  ScaleAndSmearingNTuplesFromNanoAOD: { family: 'sas', probe: 'electron', defaultVars: null },
}

export type TagAndProbeMethodName =
  | 'get_tnp_arrays'
  | 'get_passing_and_failing_probes'
  | 'get_1d_pt_eta_phi_tnp_histograms'
  | 'get_nd_tnp_histograms'
export type MethodName = TagAndProbeMethodName | 'get_ntuples'

export const TAG_AND_PROBE_METHODS: readonly TagAndProbeMethodName[] = [
  'get_tnp_arrays',
  'get_passing_and_failing_probes',
  'get_1d_pt_eta_phi_tnp_histograms',
  'get_nd_tnp_histograms',
]

export function isWorkflow(name: unknown): name is WorkflowName {
  return typeof name === 'string' && Object.hasOwn(WORKFLOWS, name)
}

/** Methods that the workflow has. */
export function methodsOf(workflow: WorkflowName): readonly MethodName[] {
  return WORKFLOWS[workflow].family === 'sas' ? ['get_ntuples'] : TAG_AND_PROBE_METHODS
}
