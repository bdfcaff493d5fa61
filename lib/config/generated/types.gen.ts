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
   * Name of the workflow: one of the seven.
   */
  workflow: string
  /**
   * Options of the workflow: those of the settings file, which wins over them. Unknown ones are errors.
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
 * Mass window in GeV. A number w: abs(mass - 91.1876) < w. [lo, hi]: lo < mass < hi. null: 30 with cut_and_count, else [50, 130]; get_ntuples: [50, 130].
 *
 * @minItems 2
 * @maxItems 2
 */
export type MassRange = number | number[] | null
/**
 * Columns to write in this order, or "all". NanoAOD: el_X or ph_X of the probe, tag_Ele_X of the tag, A_X of another collection or of the event. Ntuples: names of branches. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.
 */
export type ArrayVars = string | string[] | null
/**
 * How files are read. Named as in the reference; keys other than these are warned about. null: {}.
 */
export type UprootOptions = {
  /**
   * true: partitions that cannot be read are skipped, and reports say why. A list of names of Python exceptions (OSError, ValueError, KeyError, Exception ...): only such errors are skipped, and those derived from them. false, null: the first error stops the run, no reports.
   */
  allow_read_errors_with_report?: boolean | string[] | null
  /**
   * Seconds without any answer from a server after which a request is tried again; an operation with all its attempts ends after 5 times as long. The largest of the methods counts, since a file is read once for all; --timeout goes before it. null: 60.
   */
  timeout?: number | null
  [k: string]: unknown
} | null
/**
 * Name of a filter (a key of filters), or a list of names: the method runs once for each.
 *
 * @minItems 1
 */
export type Filter = string | string[]
/**
 * Regions of abs(eta), each with its own pt histogram: name -> [lo, hi], lo < abs(eta) < hi. null: barrel 0 to 1.4442, endcap 1.566 to 2.5.
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
 * Regions of abs(phi), each with its own eta histogram: name -> [lo, hi], lo < abs(phi) < hi. null: entire 0 to 3.32.
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
 * Regions of abs(eta), each with its own phi histogram: name -> [lo, hi], lo < abs(eta) < hi. null: entire 0 to 2.5.
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
 * Variables of the axes. 1d: three of them, in the order pt, eta, phi. nd: one axis for each. Each needs edges <variable>_bins. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.
 */
export type ListVars = string[] | null
/**
 * Collection -> its variables, or "all". Electron: columns lead_X and sublead_X; Photon: lead_pho_X and sublead_pho_X, of the photon that the electron is linked to; others (Jet): a list column for each variable, Jet_X. Muon is ignored. null: everything of Electron and Photon.
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
 * Filters to measure: name -> what it is. From NanoAOD: a trigger path (HLT_...: the probe is matched to trigger objects), or an expression on the probe ("cutBased >= 4"), or on the pair where it contains zcands. From ntuples: the name of a column that must be 1, or an expression over events. Required here or in workflow_args; null: none, which only get_tnp_arrays can use.
 */
export type Filters = {
  /**
   * Trigger path, expression or column name.
   */
  [k: string]: string
} | null
/**
 * Named arguments for extra_filter: it gets them as its second argument (Python: as keywords).
 */
export type ExtraFilterArgs = {
  [k: string]: unknown
} | null
/**
 * Filter name -> transverse momentum in GeV that the matched trigger object must exceed. Every filter needs an entry; only HLT_ filters use theirs. null: 0 for every filter.
 */
export type TriggerPt = {
  /**
   * GeV; null for filters that are no trigger.
   */
  [k: string]: number | null
} | null
/**
 * Filter name -> bit of TrigObj_filterBits that the matched trigger object must have set. Every filter needs an entry; HLT_ filters need a number.
 */
export type Filterbit = {
  /**
   * Bit number from 0; null for filters that are no trigger.
   */
  [k: string]: number | null
} | null
/**
 * Filter name -> whether the probe electron must match a trigger photon (id 22) rather than a trigger electron (id 11). null: false for every filter.
 */
export type IsPhotonFilter = {
  /**
   * true: trigger photon.
   */
  [k: string]: boolean | null
} | null
/**
 * Filter name -> whether the probe photon must match a trigger electron (id 11) rather than a trigger photon (id 22). null: false for every filter.
 */
export type IsElectronFilter = {
  /**
   * true: trigger electron.
   */
  [k: string]: boolean | null
} | null
/**
 * Events must pass any trigger path that begins so. HLT_ and * may be there or not. null: no requirement.
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
       * Ranges [start, stop) of entries in order, without overlap: each is one partition. null or absent: the file is one partition.
       *
       * @minItems 1
       */
      steps?: number[][] | null
      /**
       * Entries of the tree. With it, steps are cut at the end, and a file with another number is refused as changed.
       */
      num_entries?: number | null
      /**
       * UUID of the ROOT file when it was preprocessed. A file with another is refused as changed.
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
/**
 * The efficiencies that are measured.
 */
export type Source =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * The same with another shape of the signal.
 */
export type Source1 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * The same with another shape of the background.
 */
export type Source2 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * The same with both: for the scheme mean-of-four alone, which wants all four.
 */
export type Source3 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * The efficiencies that those of data are divided by.
 */
export type Source4 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * Those of another simulation.
 */
export type Source5 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * Those with another selection of tags: for the scheme classic alone.
 */
export type Source6 =
  | string
  | {
      /**
       * The path of the file, or - for standard input.
       */
      file: string
      /**
       * The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.
       */
      name?: string
      /**
       * This source's own, in place of the document's.
       */
      method?: 'count' | 'sideband'
      /**
       * The same of its mass window.
       *
       * @minItems 2
       * @maxItems 2
       */
      mass_window?: number[]
      /**
       * The same of its side bands.
       *
       * @minItems 4
       * @maxItems 4
       */
      sidebands?: number[]
    }
/**
 * Data: label -> source.
 */
export type Sources = {
  [k: string]: Source7
} | null
/**
 * A path, or the path with a name.
 */
export type Source7 =
  | string
  | {
      /**
       * A ROOT file, or histograms of a run (.pkl, UHI JSON); - is standard input.
       */
      file: string
      /**
       * The group of passing and failing histograms (pt/barrel; of a pipe dataset/method/filter, or enough of it). Needed where there is more than one.
       */
      name?: string
    }
/**
 * Simulation: label -> source.
 */
export type Sources1 = {
  [k: string]: Source7
} | null
/**
 * The same as root_files_DATA.
 */
export type Sources2 = {
  [k: string]: Source7
} | null
/**
 * The same as root_files_MC.
 */
export type Sources3 = {
  [k: string]: Source7
} | null
/**
 * See models.
 */
export type Signal =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * Of template and templateCbExGauss: where their histograms come from. breit-wigner: the line of the Z (default of templateCbExGauss).
 */
export type Template =
  | string
  | {
      /**
       * A ROOT file, or histograms of a run (.pkl, UHI JSON).
       */
      file: string
      /**
       * Of a ROOT file: the histogram for all bins. Of others: the group of passing and failing histograms.
       */
      name?: string
    }
/**
 * The shape of passing probes, where the two differ.
 */
export type Shape =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * That of failing probes.
 */
export type Shape1 =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * See models.
 */
export type Background =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * See models.
 */
export type Template1 =
  | string
  | {
      /**
       * A ROOT file, or histograms of a run (.pkl, UHI JSON).
       */
      file: string
      /**
       * Of a ROOT file: the histogram for all bins. Of others: the group of passing and failing histograms.
       */
      name?: string
    }
/**
 * See models.
 */
export type Shared = string[]
/**
 * See models.
 *
 * @minItems 1
 */
export type Samples = ('DATA' | 'MC')[]
/**
 * See models.
 */
export type Parameters = {
  [k: string]: Settings
} | null
/**
 * See models.
 */
export type BinParameters = {
  [k: string]: {
    [k: string]: Settings
  }
} | null
/**
 * See models.
 */
export type BinFitType = {
  [k: string]: string
} | null
/**
 * Shapes with their settings.
 */
export type Model =
  | string
  | {
      /**
       * signal_background, shapes by their names: dcb_cms.
       */
      fit_type?: string
      /**
       * A model of the EGM group's tool: shapes, starts and limits. count: passing probes over all from x_min to x_max, without a fit.
       */
      model?: 'egm-nominal' | 'egm-alt-signal' | 'egm-alt-background' | 'egm-alt-signal-background' | 'count'
      signal?: Shape2
      background?: Shape3
      template?: Template2
      /**
       * Parameters that passing and failing probes share. Default: all of the signal with fit_type, none with model.
       */
      shared?: string[]
      /**
       * What is fitted. Default: both; with model data alone, with count simulation alone.
       *
       * @minItems 1
       */
      samples?: ('DATA' | 'MC')[]
      prefit?: Prefit1
      /**
       * Parameter -> start, limits, held value, constraint.
       */
      parameters?: {
        [k: string]: Settings
      } | null
      /**
       * bin3 or LABEL/bin3 -> parameters of that bin.
       */
      bin_parameters?: {
        [k: string]: {
          [k: string]: Settings
        }
      } | null
      /**
       * bin3 or LABEL/bin3 -> fit_type of that bin.
       */
      bin_fit_type?: {
        [k: string]: string
      } | null
    }
/**
 * The signal: a name, or an object.
 */
export type Shape2 =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * The background: a name, or an object.
 */
export type Shape3 =
  | string
  | {
      /**
       * Its name.
       */
      shape?: string
      from?: Template
      /**
       * Templates of failing probes are those of passing ones in bins of pt from here (GeV).
       */
      failing_from_passing_above_pt?: number
      /**
       * cbexgauss, templateCbExGauss: where the tail is.
       */
      tail?: 'left' | 'right'
      /**
       * The tail is on the right in bins of pt from here (GeV).
       */
      tail_right_above_pt?: number
      pass?: Shape
      fail?: Shape1
    }
/**
 * Where templates come from. Default: the only simulation.
 */
export type Template2 =
  | string
  | {
      /**
       * A ROOT file, or histograms of a run (.pkl, UHI JSON).
       */
      file: string
      /**
       * Of a ROOT file: the histogram for all bins. Of others: the group of passing and failing histograms.
       */
      name?: string
    }
/**
 * Files.
 */
export type Output = {
  /**
   * Folder of figures; empty: none.
   */
  plot_dir?: string | null
  /**
   * Results: JSON, or by its name CSV (.csv), Parquet (.parquet) or text (.txt).
   */
  results_file?: string | null
} | null
/**
 * Ratios of data and simulation.
 */
export type ScaleFactors = {
  /**
   * Name -> label of data, label of simulation.
   */
  data_mc_pair?: {
    /**
     * @minItems 2
     * @maxItems 2
     */
    [k: string]: string[]
  } | null
} | null

export interface ConfigurationDocuments {
  'runner.schema.json'?: RunnerDocument
  'settings.schema.json'?: SettingsDocument
  'fileset.schema.json'?: FilesetDocument
  'binning.schema.json'?: BinningDocument
  'golden-json.schema.json'?: GoldenJsonDocument
  'scale-factors.schema.json'?: ScaleFactorsDocument
  'efficiencies.schema.json'?: EfficienciesDocument
  'fitter.schema.json'?: FitterDocument
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
   * Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ArrayVars
  /**
   * true: one row for each pair. false: one row for each event, pairs as lists. Ntuples have one row for each pair either way. null: false.
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
   * Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ArrayVars
  /**
   * true: one row for each pair. false: one row for each event, pairs as lists. Ntuples have one row for each pair either way. null: false.
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
   * Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  /**
   * Eta and phi histograms take only probes with pt > this, in GeV. null: 0.
   */
  plateau_cut?: number | null
  eta_regions_pt?: EtaRegionsPt
  phi_regions_eta?: PhiRegionsEta
  eta_regions_phi?: EtaRegionsPhi
  vars?: ListVars
  /**
   * Column of weights to fill with. The default counts as 1 where there is no such column; another name must be there, except weight_gen and weight_total, which count as 1 on data, with a warning. null: every weight is 1.
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
   * Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.
   */
  cut_and_count?: boolean
  mass_range?: MassRange
  vars?: ListVars
  /**
   * Column of weights to fill with. The default counts as 1 where there is no such column; another name must be there, except weight_gen and weight_total, which count as 1 on data, with a warning. null: every weight is 1.
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
   * true: one row for each pair. false: one row for each event, pairs as lists. Ntuples have one row for each pair either way. null: false.
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
   * Tags need pt > this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  tags_abseta_cut?: number
  /**
   * Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  probes_abseta_cut?: number
  /**
   * Identification of the probe. NanoAOD: an expression that is put behind "zcands.probe.", as in "cutBased >= 2". Ntuples: the name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events before anything else, as "path/to/file::function". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.
   */
  use_sc_eta?: boolean | null
  /**
   * Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.
   */
  use_sc_phi?: boolean | null
  /**
   * Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.
   */
  avoid_ecal_transition_probes?: boolean | null
  trigger_pt?: TriggerPt
  filterbit?: Filterbit
  is_photon_filter?: IsPhotonFilter
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted: the branch of the filter's name, or of the name without its last segment (..._Leg1).
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
   * Tags need pt > this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  tags_abseta_cut?: number
  /**
   * Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  probes_abseta_cut?: number
  /**
   * Identification of the probe. NanoAOD: an expression that is put behind "zcands.probe.", as in "cutBased >= 2". Ntuples: the name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events before anything else, as "path/to/file::function". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.
   */
  use_sc_eta?: boolean | null
  /**
   * Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.
   */
  use_sc_phi?: boolean | null
  /**
   * Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.
   */
  avoid_ecal_transition_probes?: boolean | null
  trigger_pt?: TriggerPt
  filterbit?: Filterbit
  is_electron_filter?: IsElectronFilter
  /**
   * The tag is a photon that is linked to an electron (true), or an electron (false).
   */
  start_from_diphotons?: boolean
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted: the branch of the filter's name, or of the name without its last segment (..._Leg1).
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
   * Tags need pt > this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  tags_abseta_cut?: number
  /**
   * Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  probes_abseta_cut?: number
  /**
   * Identification of the probe. NanoAOD: an expression that is put behind "zcands.probe.", as in "cutBased >= 2". Ntuples: the name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events before anything else, as "path/to/file::function". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.
   */
  use_sc_eta?: boolean | null
  /**
   * Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.
   */
  use_sc_phi?: boolean | null
  /**
   * Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.
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
   * The leading electron of a pair needs pt > this, in GeV.
   */
  lead_pt_cut?: number
  /**
   * Every electron needs pt > this, in GeV.
   */
  sublead_pt_cut?: number
  /**
   * Every electron needs abs(supercluster eta) < this.
   */
  eta_cut?: number
  trigger_paths?: TriggerPaths
  /**
   * A function of your own that selects events before anything else, as "path/to/file::function". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Electrons with 1.4442 < abs(supercluster eta) < 1.566 are dropped. null: false.
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
   * Tags need pt > this, in GeV.
   */
  tags_pt_cut?: number
  /**
   * Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.
   */
  probes_pt_cut?: number | null
  /**
   * Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  tags_abseta_cut?: number
  /**
   * Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.
   */
  probes_abseta_cut?: number
  /**
   * Identification of the probe. NanoAOD: an expression that is put behind "zcands.probe.", as in "cutBased >= 2". Ntuples: the name of a column that must be 1. null: no requirement.
   */
  cutbased_id?: string | null
  /**
   * Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.
   */
  extra_zcands_mask?: string | null
  /**
   * A function of your own that selects events before anything else, as "path/to/file::function". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.
   */
  extra_filter?: string | null
  extra_filter_args?: ExtraFilterArgs
  /**
   * Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.
   */
  use_sc_eta?: boolean | null
  /**
   * Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.
   */
  use_sc_phi?: boolean | null
  /**
   * Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.
   */
  avoid_ecal_transition_tags?: boolean
  /**
   * Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.
   */
  avoid_ecal_transition_probes?: boolean | null
  /**
   * Probes pass an HLT_ filter only in events that the trigger path accepted: the branch of the filter's name, or of the name without its last segment (..._Leg1).
   */
  require_event_to_pass_hlt_filter?: boolean
  /**
   * The tag is a photon that is linked to an electron (true), or an electron (false).
   */
  start_from_diphotons?: boolean
  /**
   * The leading electron of a pair needs pt > this, in GeV.
   */
  lead_pt_cut?: number
  /**
   * Every electron needs pt > this, in GeV.
   */
  sublead_pt_cut?: number
  /**
   * Every electron needs abs(supercluster eta) < this.
   */
  eta_cut?: number
  trigger_paths?: TriggerPaths
  /**
   * Electrons with 1.4442 < abs(supercluster eta) < 1.566 are dropped. null: false.
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
   * Path -> tree name or file object; or a list of "path:tree". Names of ROOT files contain .root; the workflows on ntuples read Parquet files (.parquet, .parq, .pq), and folders of them, as well. The order is that of the partitions.
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
     * Name that extra_filter sees instead of the dataset's key.
     */
    dataset?: {
      [k: string]: unknown
    }
    /**
     * Simulation (true) or data (false). null or absent: simulation where the file has GenPart (NanoAOD), mcTrue (MiniAOD ntuples) or Pileup_nTrueInt (NanoAOD ntuples).
     */
    isMC?: boolean | null
    /**
     * Path or URL of the certified luminosity sections. Used for data only.
     */
    goldenJSON?: string | null
    /**
     * Path of a correctionlib file (.json or .json.gz) with the pileup weights: its first correction by name, of the number of true interactions and, where it has a second input, "nominal", "up" or "down". Used for simulation only; wins over the next two.
     */
    pileupJSON?: string | null
    /**
     * Path of a ROOT file with the TH1 "pileup" of the data. Needs pileupMC; used for simulation only.
     */
    pileupData?: string | null
    /**
     * Probabilities of the simulated numbers of interactions, from 0; as many as pileupData has bins. Zeros count as 1e-10.
     */
    pileupMC?: number[] | null
    [k: string]: unknown
  } | null
  /**
   * Columns of the tree: an awkward form as JSON text, or compressed as in compressed_form.
   */
  form?: string | null
  /**
   * Columns of the tree: an awkward form as JSON text, gzipped, base64, as preprocess stores it. Wins over form.
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
/**
 * What tnp-pipe scale-factors makes scale factors of. A source is the path of a file, or an object with its path and the name of what is meant in it.
 */
export interface ScaleFactorsDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  /**
   * Efficiencies of data.
   */
  data: {
    nominal: Source
    alt_signal?: Source1
    alt_background?: Source2
    alt_signal_background?: Source3
  }
  /**
   * Efficiencies of simulation.
   */
  mc: {
    nominal: Source4
    alt_mc?: Source5
    alt_tag?: Source6
  }
  /**
   * How uncertainties are made of the alternatives: the difference of each to the nominal efficiency, or the spread of four fits of data about their mean.
   */
  scheme?: 'classic' | 'mean-of-four'
  /**
   * The two axes of histograms that are kept, eta first; the others are summed over.
   *
   * @minItems 2
   * @maxItems 2
   */
  axes?: string[]
  /**
   * How histograms become efficiencies: count (passing over all in the mass window), or sideband: the same with the background that side bands tell taken away, for histograms with the mass as an axis. A source may have its own.
   */
  method?: 'count' | 'sideband'
  /**
   * Where probes count in histograms that have the mass as an axis (cut_and_count false): GeV, at edges of its bins. Without: [60, 120] for count, [81, 101] for sideband.
   *
   * @minItems 2
   * @maxItems 2
   */
  mass_window?: number[]
  /**
   * Ends of the band below the window and of the one above it, for the method sideband: GeV, at edges of bins.
   *
   * @minItems 4
   * @maxItems 4
   */
  sidebands?: number[]
  /**
   * The interval of efficiencies that are counted, of one standard deviation.
   */
  interval?: 'clopper-pearson' | 'wilson' | 'jeffreys' | 'bayesian'
  /**
   * Axis -> ranges: bins within one of them have no scale factor on purpose, as the gap between barrel and endcaps.
   */
  exclude?: {
    /**
     * Ranges of the axis.
     */
    [k: string]: number[][]
  }
  /**
   * What becomes the same at eta and -eta: each uncertainty; the differences between alternatives and nominal, as in the group's older releases; or all efficiencies.
   */
  symmetrise?: 'none' | 'uncertainties' | 'differences' | 'efficiencies'
  /**
   * Axis -> systematic sources whose uncertainties are smoothed along it: {"el_pt": ["altSignal"]}.
   */
  smooth?: {
    /**
     * Names of sources, as in the outputs.
     */
    [k: string]: string[]
  }
  /**
   * The correction in correctionlib's JSON.
   */
  correction: {
    /**
     * The correction's name.
     */
    name?: string
    /**
     * Value of its input year: 2022Re-recoBCD.
     */
    year: string
    /**
     * Value of its input WorkingPoint: Medium.
     */
    working_point: string
    /**
     * What people read of it. Failed bins are added.
     */
    description?: string
    /**
     * A correction file (.json or .json.gz) whose corrections come along: other working points or years, of an earlier run of this command. Values of the same year and working point are replaced.
     */
    join?: string
  }
}
/**
 * Tables of efficiencies in bins of variables, as fits and counting give them.
 */
export interface EfficienciesDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  /**
   * What the document is.
   */
  format: 'tnp-pipe efficiencies'
  /**
   * The format's version.
   */
  version: 1
  /**
   * The tables.
   *
   * @minItems 1
   */
  tables: Table[]
}
export interface Table {
  /**
   * What the table is called in its document: data/nominal.
   */
  name: string
  /**
   * How the efficiencies were made: cut and count, a fit with its shapes.
   */
  method?: string
  /**
   * The variables.
   *
   * @minItems 1
   */
  axes: Axis[]
  /**
   * Every bin once, in any order.
   *
   * @minItems 1
   */
  bins: Bin[]
}
export interface Axis {
  /**
   * The variable: el_eta.
   */
  name: string
  /**
   * Its title.
   */
  label?: string
  /**
   * Edges, strictly increasing; bins include their lower edge.
   *
   * @minItems 2
   */
  edges: number[]
}
export interface Bin {
  /**
   * Its position along each axis, from 0.
   */
  bin: number[]
  /**
   * From 0 to 1; null where there is none.
   */
  efficiency?: number | null
  /**
   * Statistical uncertainty: from the efficiency to the upper end of its interval of one standard deviation, not negative.
   */
  up?: number | null
  /**
   * The same to the lower end, not negative.
   */
  down?: number | null
  /**
   * failed: the efficiency is not to be used, whether there is one or not.
   */
  status: 'ok' | 'failed'
  /**
   * Why it failed. Required there.
   */
  reason?: string
  /**
   * Where the efficiency comes from: the name of its fit.
   */
  origin?: string
}
/**
 * What tnp-pipe fit fits: the reference's run-fitter JSON as it is, and keys of our own.
 */
export interface FitterDocument {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string
  /**
   * Taken and not used.
   */
  info_level?: string
  /**
   * The resonance, and whose names histograms have: those of electrons (Z, JPsi) or of muons.
   */
  mass: 'Z' | 'Z_muon' | 'JPsi' | 'JPsi_muon'
  input: Input
  /**
   * The axes of histograms that bins are made of, eta first; the others are summed over. Default: el_eta and el_pt, or all but mll where names of histograms are given.
   *
   * @minItems 1
   */
  axes?: string[]
  /**
   * Shapes of your own: name -> module.mjs::export.
   */
  shapes?: {
    [k: string]: string
  }
  fit: Fit
  /**
   * Several fits of each bin: name (nominal, alt_signal) -> a model, or its fit_type. What a model leaves out, fit has.
   */
  fits?: {
    [k: string]: Model
  }
  output?: Output
  scale_factors?: ScaleFactors
}
/**
 * Files of spectra.
 */
export interface Input {
  root_files_DATA?: Sources
  root_files_MC?: Sources1
  data?: Sources2
  mc?: Sources3
}
/**
 * Bins, range and shapes.
 */
export interface Fit {
  /**
   * Which bins: bin0 or a list of such. Default: bin0, or all bins of the axes where bin_ranges is not given.
   */
  bin?: string | string[] | null
  /**
   * Ranges of pt of bin0, bin1, ...: names of histograms are made of them.
   */
  bin_ranges?: number[][] | null
  /**
   * Lowest mass (GeV): bins with their centre from here are fitted.
   */
  x_min?: number | null
  /**
   * Highest mass (GeV).
   */
  x_max?: number | null
  /**
   * With hist_fail_name: the names of the histograms, for every bin.
   */
  hist_pass_name?: string | null
  /**
   * See hist_pass_name.
   */
  hist_fail_name?: string | null
  /**
   * Of muons' names (NUM_...).
   */
  numerator?: string
  /**
   * Of muons' names (DEN_...).
   */
  denominator?: string
  /**
   * Of muons' names (abseta_...).
   */
  abseta?: number | string
  /**
   * Shapes are integrated over bins in any case.
   */
  use_cdf?: boolean
  /**
   * The efficiency is between 0 and 1 in any case.
   */
  sigmoid_eff?: boolean
  /**
   * On a terminal, open the page of the fits when they are done (see tnp-pipe view).
   */
  interactive?: boolean
  /**
   * signal_background: dcb_cms.
   */
  fit_type?: string
  /**
   * See models.
   */
  model?: 'egm-nominal' | 'egm-alt-signal' | 'egm-alt-background' | 'egm-alt-signal-background' | 'count'
  signal?: Signal
  background?: Background
  template?: Template1
  shared?: Shared
  samples?: Samples
  prefit?: Prefit
  parameters?: Parameters
  bin_parameters?: BinParameters
  bin_fit_type?: BinFitType
}
/**
 * See models.
 */
export interface Prefit {
  /**
   * Of simulation. Default: the only one.
   */
  label?: string
  /**
   * false: without background.
   */
  background?: boolean
  /**
   * Settings of this fit alone.
   */
  parameters?: {
    [k: string]: Settings
  }
  /**
   * Parameters that are held at the values of this fit.
   */
  hold: string[]
}
/**
 * What a parameter starts from.
 */
export interface Settings {
  /**
   * Where the fit begins.
   */
  start?: number
  /**
   * Lowest and highest value.
   *
   * @minItems 2
   * @maxItems 2
   */
  limits?: number[]
  /**
   * Held at this value.
   */
  fixed?: number
  /**
   * Limits as factors of another parameter's fitted value: {"to": "sigma_pass", "factors": [0.8, 3]}. Where the fit ends outside of them, it is done again within.
   */
  relative_limits?: {
    /**
     * The other parameter.
     */
    to: string
    /**
     * Lowest and highest.
     *
     * @minItems 2
     * @maxItems 2
     */
    factors: number[]
  }
  /**
   * Gaussian: {"mean": ..., "sigma": ...}.
   */
  constraint?: {
    /**
     * Its mean.
     */
    mean: number
    /**
     * Its standard deviation.
     */
    sigma: number
  }
}
/**
 * A fit of simulation that goes before.
 */
export interface Prefit1 {
  /**
   * Of simulation. Default: the only one.
   */
  label?: string
  /**
   * false: without background.
   */
  background?: boolean
  /**
   * Settings of this fit alone.
   */
  parameters?: {
    [k: string]: Settings
  }
  /**
   * Parameters that are held at the values of this fit.
   */
  hold: string[]
}
