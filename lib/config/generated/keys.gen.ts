// Made from schemas/ by `npm run gen`. Do not edit.

export const RUNNER_KEYS = [
  "$schema",
  "workflow",
  "workflow_args",
  "methods"
] as const

export const METHOD_KEYS = [
  "name",
  "args"
] as const

export const METHOD_NAMES = [
  "get_tnp_arrays",
  "get_passing_and_failing_probes",
  "get_1d_pt_eta_phi_tnp_histograms",
  "get_nd_tnp_histograms",
  "get_ntuples"
] as const

export const UPROOT_KEYS = [
  "allow_read_errors_with_report",
  "timeout"
] as const

export const WORKFLOW_ARGS = {
  "ElectronTagNProbeFromNanoAOD": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes",
    "trigger_pt",
    "filterbit",
    "is_photon_filter",
    "require_event_to_pass_hlt_filter"
  ],
  "PhotonTagNProbeFromNanoAOD": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes",
    "trigger_pt",
    "filterbit",
    "is_electron_filter",
    "start_from_diphotons",
    "require_event_to_pass_hlt_filter"
  ],
  "ElectronTagNProbeFromMiniNTuples": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes"
  ],
  "PhotonTagNProbeFromMiniNTuples": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes"
  ],
  "ElectronTagNProbeFromNanoNTuples": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes"
  ],
  "PhotonTagNProbeFromNanoNTuples": [
    "filters",
    "tags_pt_cut",
    "probes_pt_cut",
    "tags_abseta_cut",
    "probes_abseta_cut",
    "cutbased_id",
    "extra_zcands_mask",
    "extra_filter",
    "extra_filter_args",
    "use_sc_eta",
    "use_sc_phi",
    "avoid_ecal_transition_tags",
    "avoid_ecal_transition_probes"
  ],
  "ScaleAndSmearingNTuplesFromNanoAOD": [
    "lead_pt_cut",
    "sublead_pt_cut",
    "eta_cut",
    "trigger_paths",
    "extra_filter",
    "extra_filter_args",
    "avoid_ecal_transition"
  ]
} as const

export const SETTINGS_KEYS = [
  "$schema",
  "filters",
  "trigger_pt",
  "filterbit",
  "is_photon_filter",
  "is_electron_filter",
  "tags_pt_cut",
  "probes_pt_cut",
  "tags_abseta_cut",
  "probes_abseta_cut",
  "cutbased_id",
  "extra_zcands_mask",
  "extra_filter",
  "extra_filter_args",
  "use_sc_eta",
  "use_sc_phi",
  "avoid_ecal_transition_tags",
  "avoid_ecal_transition_probes",
  "require_event_to_pass_hlt_filter",
  "start_from_diphotons",
  "lead_pt_cut",
  "sublead_pt_cut",
  "eta_cut",
  "trigger_paths",
  "avoid_ecal_transition"
] as const

export const DATASET_KEYS = [
  "files",
  "metadata",
  "form",
  "compressed_form",
  "format",
  "did"
] as const

export const METADATA_KEYS = [
  "dataset",
  "isMC",
  "goldenJSON",
  "pileupJSON",
  "pileupData",
  "pileupMC"
] as const

export const FILE_KEYS = [
  "object_path",
  "steps",
  "num_entries",
  "uuid",
  "format",
  "lfn",
  "pfn",
  "num_selected_entries"
] as const
