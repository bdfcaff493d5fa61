// Made from schemas/ by `npm run gen`. Do not edit.

/**
 * What to do: a workflow with its options, and the methods whose outputs to make.
 */
export type RunnerDocument = {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  /**
   * Name of the workflow.
   */
  workflow: string
  /**
   * Options of the workflow; the settings file wins over them.
   */
  workflow_args: {
    [k: string]: unknown
  }
  /**
   * Outputs to make. The k-th use of a method writes to the folder <method>_<k>.
   */
  methods: MethodDocument[]
  [k: string]: unknown
} & (
  | ElectronTagNProbeFromNanoAODRunner
  | PhotonTagNProbeFromNanoAODRunner
  | ElectronTagNProbeFromMiniNTuplesRunner
  | PhotonTagNProbeFromMiniNTuplesRunner
  | ElectronTagNProbeFromNanoNTuplesRunner
  | PhotonTagNProbeFromNanoNTuplesRunner
  | ScaleAndSmearingNTuplesFromNanoAODRunner
)
/**
 * One output to make.
 */
export type MethodDocument = (
  | GetTnpArraysMethod
  | GetPassingAndFailingProbesMethod
  | Get1DPtEtaPhiTnpHistogramsMethod
  | GetNdTnpHistogramsMethod
  | GetNtuplesMethod
) & {
  /**
   * Name of the method.
   */
  name: string
  /**
   * Arguments of the method.
   */
  args: {
    [k: string]: unknown
  }
  [k: string]: unknown
}
/**
 * Pairs need abs(mass - 91.1876) < number, or lo < mass < hi for [lo, hi], in GeV. null: 30 with cut_and_count, else [50, 130].
 *
 * @minItems 2
 * @maxItems 2
 */
export type MassRange = number | number[] | null
/**
 * Columns to write, or "all". null: transverse momentum, eta and phi of the probe.
 */
export type ArrayVars = string | string[] | null
/**
 * How files are read. null: {}.
 */
export type UprootOptions = {
  /**
   * true: skip what cannot be read and report it. List of Python exception names: skip only such errors. false: stop at the first.
   */
  allow_read_errors_with_report?: boolean | string[] | null
  /**
   * Seconds to wait for a remote file.
   */
  timeout?: number | null
  [k: string]: unknown
} | null
/**
 * Name of a filter, or a list of names; the method runs once for each.
 *
 * @minItems 1
 */
export type Filter = string | string[]
/**
 * Regions of absolute eta, each with its own pt histogram: name -> [lo, hi]. null: barrel 0 to 1.4442, endcap 1.566 to 2.5.
 */
export type EtaRegionsPt = {
  /**
   * Lower and upper edge of the absolute value.
   *
   * @minItems 2
   * @maxItems 2
   */
  [k: string]: number[]
} | null
/**
 * Regions of absolute phi, each with its own eta histogram: name -> [lo, hi]. null: entire 0 to 3.32.
 */
export type PhiRegionsEta = {
  /**
   * Lower and upper edge of the absolute value.
   *
   * @minItems 2
   * @maxItems 2
   */
  [k: string]: number[]
} | null
/**
 * Regions of absolute eta, each with its own phi histogram: name -> [lo, hi]. null: entire 0 to 2.5.
 */
export type EtaRegionsPhi = {
  /**
   * Lower and upper edge of the absolute value.
   *
   * @minItems 2
   * @maxItems 2
   */
  [k: string]: number[]
} | null
/**
 * Variables of the axes. null: transverse momentum, eta and phi of the probe.
 */
export type ListVars = string[] | null
/**
 * Collection -> its variables or "all". null: everything of Electron and Photon.
 */
export type NtupleVars = {
  Electron?: CollectionVars
  Photon?: CollectionVars
  [k: string]: CollectionVars | undefined
} | null
/**
 * Names of variables, or "all".
 */
export type CollectionVars = string | string[]
/**
 * Filters to measure: name -> trigger path (HLT_...), expression or column name. null: none, which only get_tnp_arrays can use.
 */
export type Filters = {
  /**
   * Trigger path, expression or column name.
   */
  [k: string]: string
} | null
/**
 * Named arguments for extra_filter.
 */
export type ExtraFilterArgs = {
  [k: string]: unknown
} | null
/**
 * Transverse momentum in GeV that a trigger object must exceed, for each filter; only HLT_ filters use it. null: 0 for every filter.
 */
export type TriggerPt = {
  /**
   * GeV; null for filters that are no trigger.
   */
  [k: string]: number | null
} | null
/**
 * Bit of TrigObj_filterBits that a trigger object must have set, for each filter; HLT_ filters need one.
 */
export type Filterbit = {
  /**
   * Bit number from 0; null for filters that are no trigger.
   */
  [k: string]: number | null
} | null
/**
 * Whether the probe electron must match a trigger photon (id 22) rather than an electron (id 11), for each filter. null: false for every filter.
 */
export type IsPhotonFilter = {
  /**
   * true: trigger photon.
   */
  [k: string]: boolean | null
} | null
/**
 * Whether the probe photon must match a trigger electron (id 11) rather than a photon (id 22), for each filter. null: false for every filter.
 */
export type IsElectronFilter = {
  /**
   * true: trigger electron.
   */
  [k: string]: boolean | null
} | null
/**
 * Scale and smearing: events must pass any trigger path that starts so (HLT_ and * may be there or not). null: no requirement.
 */
export type TriggerPaths = string | string[] | null
/**
 * Tree name (of no meaning for Parquet files, which may have null), or a file object as preprocess writes it. Unknown keys are ignored with a warning.
 */
export type FileDocument =
  | string
  | {
      /**
       * Name of the tree in the file.
       */
      object_path: string
      /**
       * Ranges [start, stop) of entries, read one at a time. null: the file is read as a whole.
       *
       * @minItems 1
       */
      steps?: number[][] | null
      /**
       * Entries of the tree.
       */
      num_entries?: number | null
      /**
       * UUID of the file, to notice that it has changed.
       */
      uuid?: string | null
      /**
       * Kind of the file: root or parquet.
       */
      format?: 'root' | 'parquet' | null
      /**
       * Logical file name; ignored.
       */
      lfn?: string | null
      /**
       * Physical file name; ignored.
       */
      pfn?: string | null
      /**
       * Entries in steps; ignored.
       */
      num_selected_entries?: number | null
      [k: string]: unknown
    }
  | null

export interface ConfigurationDocuments {
  'runner.schema.json'?: RunnerDocument
  'settings.schema.json'?: SettingsDocument
  'fileset.schema.json'?: FilesetDocument
  'binning.schema.json'?: BinningDocument
  'golden-json.schema.json'?: GoldenJsonDocument
}
/**
 * Tag and probe columns, one Parquet file for each partition.
 */
export interface GetTnpArraysMethod {
  /**
   * Name of the method.
   */
  name: 'get_tnp_arrays'
  args?: ArraysArgs
  [k: string]: unknown
}
/**
 * Arguments of get_tnp_arrays.
 */
export interface ArraysArgs {
  /**
   * Count pairs near the Z mass (true), or keep the mass for a fit (false).
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ArrayVars
  /**
   * One row for each pair (true) or for each event (false).
   */
  flat?: boolean | null
  uproot_options?: UprootOptions
}
/**
 * Columns of passing and of failing probes, two Parquet files for each partition and filter.
 */
export interface GetPassingAndFailingProbesMethod {
  /**
   * Name of the method.
   */
  name: 'get_passing_and_failing_probes'
  args?: PassingFailingArgs
  [k: string]: unknown
}
/**
 * Arguments of get_passing_and_failing_probes.
 */
export interface PassingFailingArgs {
  filter: Filter
  /**
   * Count pairs near the Z mass (true), or keep the mass for a fit (false).
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ArrayVars
  /**
   * One row for each pair (true) or for each event (false).
   */
  flat?: boolean | null
  uproot_options?: UprootOptions
}
/**
 * Histograms of passing and failing probes in pt, eta and phi, each in regions.
 */
export interface Get1DPtEtaPhiTnpHistogramsMethod {
  /**
   * Name of the method.
   */
  name: 'get_1d_pt_eta_phi_tnp_histograms'
  args?: Hist1DArgs
  [k: string]: unknown
}
/**
 * Arguments of get_1d_pt_eta_phi_tnp_histograms.
 */
export interface Hist1DArgs {
  filter: Filter
  /**
   * Count pairs near the Z mass (true), or keep the mass for a fit (false).
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  /**
   * Eta and phi histograms take only probes with more transverse momentum than this, in GeV. null: 0.
   */
  plateau_cut?: number | null
  eta_regions_pt?: EtaRegionsPt
  phi_regions_eta?: PhiRegionsEta
  eta_regions_phi?: EtaRegionsPhi
  vars?: ListVars
  /**
   * Column of event weights. null: every weight is 1.
   */
  weight?: string | null
  uproot_options?: UprootOptions
}
/**
 * One histogram of passing and one of failing probes with an axis for each variable.
 */
export interface GetNdTnpHistogramsMethod {
  /**
   * Name of the method.
   */
  name: 'get_nd_tnp_histograms'
  args?: HistNdArgs
  [k: string]: unknown
}
/**
 * Arguments of get_nd_tnp_histograms.
 */
export interface HistNdArgs {
  filter: Filter
  /**
   * Count pairs near the Z mass (true), or keep the mass for a fit (false).
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ListVars
  /**
   * Column of event weights. null: every weight is 1.
   */
  weight?: string | null
  uproot_options?: UprootOptions
}
/**
 * Scale and smearing: one row for each event with two electrons.
 */
export interface GetNtuplesMethod {
  /**
   * Name of the method.
   */
  name: 'get_ntuples'
  args?: NtuplesMethodArgs
  [k: string]: unknown
}
/**
 * Arguments of get_ntuples.
 */
export interface NtuplesMethodArgs {
  vars?: NtupleVars
  mass_range?: MassRange
  /**
   * One row for each pair (true) or for each event (false).
   */
  flat?: boolean | null
  /**
   * true: one row for each event with an accepted pair. false: also a row of nulls for each event with two electrons and no accepted pair, as the reference writes them.
   */
  drop_empty?: boolean | null
  /**
   * true: gen_pt is null for an electron without generator particle. false: it is that of the event's last generator particle, as the reference writes it.
   */
  null_gen_pt?: boolean | null
  uproot_options?: UprootOptions
}
export interface ElectronTagNProbeFromNanoAODRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'ElectronTagNProbeFromNanoAOD'
  workflow_args?: ElectronNanoArgs
  [k: string]: unknown
}
/**
 * Options of ElectronTagNProbeFromNanoAOD.
 */
export interface ElectronNanoArgs {
  filters?: Filters
  /**
   * Tags need more transverse momentum than this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need more transverse momentum than this, in GeV. null: with one filter its threshold - 3 (from its expression, as in Ele32), otherwise 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need a smaller absolute eta than this.
   */
  tags_abseta_cut?: number
  /**
   * Probes need a smaller absolute eta than this.
   */
  probes_abseta_cut?: number
  /**
   * NanoAOD: expression on the probe, as in "cutBased >= 2". Ntuples: name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD) or of events (ntuples). null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events, as "path/to/file::function". null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cut on the eta of the supercluster.
   */
  use_sc_eta?: boolean | null
  /**
   * Match with the phi of the supercluster.
   */
  use_sc_phi?: boolean | null
  /**
   * Drop tags with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Drop probes with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_probes?: boolean | null
  trigger_pt?: TriggerPt
  filterbit?: Filterbit
  is_photon_filter?: IsPhotonFilter
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted.
   */
  require_event_to_pass_hlt_filter?: boolean
  /**
   * Ignored: the fileset is its own file.
   */
  fileset?: {
    [k: string]: unknown
  }
}
export interface PhotonTagNProbeFromNanoAODRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'PhotonTagNProbeFromNanoAOD'
  workflow_args?: PhotonNanoArgs
  [k: string]: unknown
}
/**
 * Options of PhotonTagNProbeFromNanoAOD.
 */
export interface PhotonNanoArgs {
  filters?: Filters
  /**
   * Tags need more transverse momentum than this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need more transverse momentum than this, in GeV. null: with one filter its threshold - 3 (from its expression, as in Ele32), otherwise 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need a smaller absolute eta than this.
   */
  tags_abseta_cut?: number
  /**
   * Probes need a smaller absolute eta than this.
   */
  probes_abseta_cut?: number
  /**
   * NanoAOD: expression on the probe, as in "cutBased >= 2". Ntuples: name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD) or of events (ntuples). null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events, as "path/to/file::function". null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cut on the eta of the supercluster.
   */
  use_sc_eta?: boolean | null
  /**
   * Match with the phi of the supercluster.
   */
  use_sc_phi?: boolean | null
  /**
   * Drop tags with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Drop probes with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_probes?: boolean | null
  trigger_pt?: TriggerPt
  filterbit?: Filterbit
  is_electron_filter?: IsElectronFilter
  /**
   * Photon workflow from NanoAOD: the tag is a photon (true) or an electron (false).
   */
  start_from_diphotons?: boolean
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted.
   */
  require_event_to_pass_hlt_filter?: boolean
  /**
   * Ignored: the fileset is its own file.
   */
  fileset?: {
    [k: string]: unknown
  }
}
export interface ElectronTagNProbeFromMiniNTuplesRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'ElectronTagNProbeFromMiniNTuples'
  workflow_args?: NtuplesArgs
  [k: string]: unknown
}
/**
 * Options of the four workflows that read ntuples.
 */
export interface NtuplesArgs {
  filters?: Filters
  /**
   * Tags need more transverse momentum than this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need more transverse momentum than this, in GeV. null: with one filter its threshold - 3 (from its expression, as in Ele32), otherwise 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need a smaller absolute eta than this.
   */
  tags_abseta_cut?: number
  /**
   * Probes need a smaller absolute eta than this.
   */
  probes_abseta_cut?: number
  /**
   * NanoAOD: expression on the probe, as in "cutBased >= 2". Ntuples: name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD) or of events (ntuples). null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events, as "path/to/file::function". null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cut on the eta of the supercluster.
   */
  use_sc_eta?: boolean | null
  /**
   * Match with the phi of the supercluster.
   */
  use_sc_phi?: boolean | null
  /**
   * Drop tags with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Drop probes with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_probes?: boolean | null
  /**
   * Ignored: the fileset is its own file.
   */
  fileset?: {
    [k: string]: unknown
  }
}
export interface PhotonTagNProbeFromMiniNTuplesRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'PhotonTagNProbeFromMiniNTuples'
  workflow_args?: NtuplesArgs
  [k: string]: unknown
}
export interface ElectronTagNProbeFromNanoNTuplesRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'ElectronTagNProbeFromNanoNTuples'
  workflow_args?: NtuplesArgs
  [k: string]: unknown
}
export interface PhotonTagNProbeFromNanoNTuplesRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'PhotonTagNProbeFromNanoNTuples'
  workflow_args?: NtuplesArgs
  [k: string]: unknown
}
export interface ScaleAndSmearingNTuplesFromNanoAODRunner {
  /**
   * Name of the workflow.
   */
  workflow: 'ScaleAndSmearingNTuplesFromNanoAOD'
  workflow_args?: ScaleAndSmearingArgs
  [k: string]: unknown
}
/**
 * Options of ScaleAndSmearingNTuplesFromNanoAOD.
 */
export interface ScaleAndSmearingArgs {
  /**
   * Scale and smearing: the leading electron needs more transverse momentum than this, in GeV.
   */
  lead_pt_cut?: number
  /**
   * Scale and smearing: every electron needs more transverse momentum than this, in GeV.
   */
  sublead_pt_cut?: number
  /**
   * Scale and smearing: every electron needs a smaller absolute supercluster eta than this.
   */
  eta_cut?: number
  trigger_paths?: TriggerPaths
  /**
   * A function of your own that selects events, as "path/to/file::function". null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Scale and smearing: drop electrons with 1.4442 < abs(supercluster eta) < 1.566.
   */
  avoid_ecal_transition?: boolean | null
  /**
   * Ignored: the fileset is its own file.
   */
  fileset?: {
    [k: string]: unknown
  }
}
/**
 * Options of the workflow that several runner files share. They win over workflow_args of the runner. Keys that the workflow does not have are ignored with a warning.
 */
export interface SettingsDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  filters?: Filters
  trigger_pt?: TriggerPt
  filterbit?: Filterbit
  is_photon_filter?: IsPhotonFilter
  is_electron_filter?: IsElectronFilter
  /**
   * Tags need more transverse momentum than this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need more transverse momentum than this, in GeV. null: with one filter its threshold - 3 (from its expression, as in Ele32), otherwise 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need a smaller absolute eta than this.
   */
  tags_abseta_cut?: number
  /**
   * Probes need a smaller absolute eta than this.
   */
  probes_abseta_cut?: number
  /**
   * NanoAOD: expression on the probe, as in "cutBased >= 2". Ntuples: name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD) or of events (ntuples). null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events, as "path/to/file::function". null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cut on the eta of the supercluster.
   */
  use_sc_eta?: boolean | null
  /**
   * Match with the phi of the supercluster.
   */
  use_sc_phi?: boolean | null
  /**
   * Drop tags with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Drop probes with 1.4442 <= abs(eta) <= 1.566.
   */
  avoid_ecal_transition_probes?: boolean | null
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted.
   */
  require_event_to_pass_hlt_filter?: boolean
  /**
   * Photon workflow from NanoAOD: the tag is a photon (true) or an electron (false).
   */
  start_from_diphotons?: boolean
  /**
   * Scale and smearing: the leading electron needs more transverse momentum than this, in GeV.
   */
  lead_pt_cut?: number
  /**
   * Scale and smearing: every electron needs more transverse momentum than this, in GeV.
   */
  sublead_pt_cut?: number
  /**
   * Scale and smearing: every electron needs a smaller absolute supercluster eta than this.
   */
  eta_cut?: number
  trigger_paths?: TriggerPaths
  /**
   * Scale and smearing: drop electrons with 1.4442 < abs(supercluster eta) < 1.566.
   */
  avoid_ecal_transition?: boolean | null
  [k: string]: unknown
}
/**
 * What to read: dataset name -> its files and metadata. Output of preprocess is of the same form.
 */
export interface FilesetDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  [k: string]: DatasetDocument | string | undefined
}
/**
 * One dataset. Unknown keys are ignored with a warning.
 */
export interface DatasetDocument {
  /**
   * Path or URL -> tree name or file object; or a list of "path:tree". Workflows on ntuples read Parquet files, and folders of them, as well.
   */
  files:
    | {
        [k: string]: FileDocument
      }
    | string[]
  /**
   * Facts about the dataset. Keys other than these are passed on to extra_filter.
   */
  metadata?: {
    /**
     * Name to use in metadata instead of the dataset's key.
     */
    dataset?: {
      [k: string]: unknown
    }
    /**
     * Simulation (true) or data (false). null or absent: decided by the branches of the file.
     */
    isMC?: boolean | null
    /**
     * Path or URL of the certified luminosity sections; used for data only.
     */
    goldenJSON?: string | null
    /**
     * Path of a correctionlib file (.json or .json.gz) with the pileup weights; used for simulation only.
     */
    pileupJSON?: string | null
    /**
     * Path of a ROOT file with the histogram "pileup" of the data; needs pileupMC.
     */
    pileupData?: string | null
    /**
     * Probabilities of the simulated numbers of interactions, from 0; needs pileupData.
     */
    pileupMC?: number[] | null
    [k: string]: unknown
  } | null
  /**
   * Layout of the tree: awkward form as JSON text, or compressed as in compressed_form.
   */
  form?: string | null
  /**
   * Layout of the tree: awkward form as JSON text, gzipped, base64. Wins over form.
   */
  compressed_form?: string | null
  /**
   * Kind of the files; ignored.
   */
  format?: string | null
  /**
   * Identifier in Rucio; ignored.
   */
  did?: string | null
  [k: string]: unknown
}
/**
 * Bin edges of histogram axes: <variable>_bins -> edges. They replace or add to the built-in ones (pt, eta, phi, el_pt, el_eta, el_phi, ph_et, ph_pt, ph_eta, ph_phi). Other keys are ignored with a warning.
 */
export interface BinningDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  [k: string]: unknown
}
/**
 * Certified luminosity sections: run number -> list of [first, last], both inclusive.
 */
export interface GoldenJsonDocument {
  /**
   * Certified ranges of the run.
   */
  [k: string]: number[][]
}
