/** A run, complete and typed: what loadConfiguration makes of the four configuration files. Every default is filled in, so no
 *  later stage defaults or re-checks anything. Plain JSON: workers get it as it is. Momenta and masses are in GeV. */
import type { NtupleFormat } from '../core/ntuple-format.js'
import type { Metadata } from '../core/types.js'
import type { NanoWorkflow, NtuplesWorkflow, WorkflowName } from './workflows.js'

export type Job = ElectronNanoJob | PhotonNanoJob | NtuplesJob | ScaleAndSmearingJob
/** The six workflows with tags, probes and filters. */
export type TagAndProbeJob = ElectronNanoJob | PhotonNanoJob | NtuplesJob

export interface JobBase {
  readonly workflow: WorkflowName
  readonly datasets: readonly Dataset[]
  /** Folder or URL that outputs go below. */
  readonly output: string
  /** Partitions that share one file of a table; null: one file a partition. */
  readonly repartition: number | null
  /** Of the files of tables. */
  readonly ntupleFormat: NtupleFormat
  readonly skipReport: boolean
  /** Stages of the user's own: each an export of a module or, with `object`, given by a program, which then runs the job on its
   *  own thread. */
  readonly stages?: readonly { readonly path: string; readonly name: string; readonly object?: unknown }[]
  /** The module and export of a workflow of the user's own, in place of the one called `workflow`, whose options and methods it
   *  has. */
  readonly ownWorkflow?: { readonly path: string; readonly name: string }
}

export interface ElectronNanoJob extends JobBase {
  readonly workflow: 'ElectronTagNProbeFromNanoAOD'
  readonly options: NanoOptions
  readonly methods: readonly TagAndProbeMethod[]
  readonly binning: Binning
}
export interface PhotonNanoJob extends JobBase {
  readonly workflow: 'PhotonTagNProbeFromNanoAOD'
  readonly options: PhotonNanoOptions
  readonly methods: readonly TagAndProbeMethod[]
  readonly binning: Binning
}
export interface NtuplesJob extends JobBase {
  readonly workflow: NtuplesWorkflow
  readonly options: TagAndProbeOptions
  readonly methods: readonly TagAndProbeMethod[]
  readonly binning: Binning
}
export interface ScaleAndSmearingJob extends JobBase {
  readonly workflow: 'ScaleAndSmearingNTuplesFromNanoAOD'
  readonly options: ScaleAndSmearingOptions
  readonly methods: readonly NtuplesMethod[]
}

/** Edges of every variable that a histogram of the job uses: strictly increasing, two or more, finite. */
export type Binning = Readonly<Record<string, readonly number[]>>

/** How a filter is evaluated: `hlt` matches probes with trigger objects; `expression` evaluates `text`; `column` asks whether
 *  the column named `text` is 1. */
export interface Filter {
  readonly name: string
  /** As the user wrote it. */
  readonly expression: string
  readonly kind: 'hlt' | 'expression' | 'column'
  /** What is evaluated: the expression, with the prefix `zcands.probe.` where the rules add it. */
  readonly text: string
  /** Bit of TrigObj_filterBits; a number where kind is hlt. */
  readonly filterbit: number | null
  /** Threshold of the trigger object in GeV; 0 where none was given. */
  readonly triggerPt: number
  readonly isPhotonFilter: boolean
  readonly isElectronFilter: boolean
}

/** A function of the user that selects events. */
export interface ExtraFilter {
  readonly path: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  /** The same as JSON text, where names in it have an order that a JavaScript object does not keep (see `readInOrder`). */
  readonly argsText?: string
}

export interface TagAndProbeOptions {
  /** In the order of the runner; empty where the user gave none. */
  readonly filters: readonly Filter[]
  readonly tagsPtCut: number
  readonly probesPtCut: number
  readonly tagsAbsetaCut: number
  readonly probesAbsetaCut: number
  /** NanoAOD: complete expression (with `zcands.probe.`); ntuples: column that must be 1. */
  readonly cutbasedId: string | null
  readonly extraZcandsMask: string | null
  readonly extraFilter: ExtraFilter | null
  readonly useScEta: boolean
  readonly useScPhi: boolean
  readonly avoidEcalTransitionTags: boolean
  readonly avoidEcalTransitionProbes: boolean
}
export interface NanoOptions extends TagAndProbeOptions {
  readonly requireEventToPassHltFilter: boolean
}
export interface PhotonNanoOptions extends NanoOptions {
  readonly startFromDiphotons: boolean
}
export interface ScaleAndSmearingOptions {
  readonly leadPtCut: number
  readonly subleadPtCut: number
  readonly etaCut: number
  /** Starts of trigger paths' names, without `HLT_` and `*`; null: no requirement. */
  readonly triggerPaths: readonly string[] | null
  readonly extraFilter: ExtraFilter | null
  readonly avoidEcalTransition: boolean
}

/** window: abs(m - 91.1876) < halfWidth; range: lo < m < hi. */
export type MassRange =
  | { readonly kind: 'window'; readonly halfWidth: number }
  | { readonly kind: 'range'; readonly lo: number; readonly hi: number }

/** lo < abs(x) < hi, where lo 0 includes 0. */
export interface Region {
  readonly name: string
  readonly lo: number
  readonly hi: number
}

/** How files are read. `allow` says which read errors are reported instead of ending the run: none, all, or those of the named
 *  Python exceptions (see `tolerates`). */
export interface ReadOptions {
  readonly allow: boolean | readonly string[]
  readonly timeoutMs: number | null
}

interface MethodBase {
  /** `${name}_${k}`, k counting the uses of the method from 1; also the output folder. */
  readonly id: string
  readonly massRange: MassRange
  readonly uproot: ReadOptions
}
interface PairsMethod extends MethodBase {
  /** Count near the Z mass, or keep the mass: histograms then have an mll axis. */
  readonly cutAndCount: boolean
}
interface FilterMethod extends PairsMethod {
  /** Names of filters, without repetitions. */
  readonly filters: readonly string[]
}
interface WeightedMethod extends FilterMethod {
  /** Column of weights; null: every weight is 1. */
  readonly weight: string | null
  /** The user named a weight other than the default "weight": it must then exist. */
  readonly weightNamed: boolean
  /** Variables of the axes: pt, eta and phi for the 1d method. */
  readonly vars: readonly string[]
}
export interface ArraysMethod extends PairsMethod {
  readonly name: 'get_tnp_arrays'
  readonly vars: readonly string[] | 'all'
  readonly flat: boolean
}
export interface PassingFailingMethod extends FilterMethod {
  readonly name: 'get_passing_and_failing_probes'
  readonly vars: readonly string[] | 'all'
  readonly flat: boolean
}
export interface Hist1dMethod extends WeightedMethod {
  readonly name: 'get_1d_pt_eta_phi_tnp_histograms'
  readonly plateauCut: number
  /** Regions of the pt, eta and phi histograms; those of pt and phi are in abs(eta), those of eta in abs(phi). */
  readonly regions: { readonly pt: readonly Region[]; readonly eta: readonly Region[]; readonly phi: readonly Region[] }
}
export interface HistNdMethod extends WeightedMethod {
  readonly name: 'get_nd_tnp_histograms'
}
export type TagAndProbeMethod = ArraysMethod | PassingFailingMethod | Hist1dMethod | HistNdMethod

export interface NtuplesMethod extends MethodBase {
  readonly name: 'get_ntuples'
  readonly electron: readonly string[] | 'all'
  readonly photon: readonly string[] | 'all'
  /** Other collections, in the order given. */
  readonly collections: readonly { readonly name: string; readonly vars: readonly string[] | 'all' }[]
  readonly flat: boolean
  /** Leave out the events with two electrons and no accepted pair, which otherwise are rows of nulls. */
  readonly dropEmpty: boolean
  /** gen_pt is null for an electron without generator particle, rather than that of the event's last one. */
  readonly nullGenPt: boolean
}
export type Method = TagAndProbeMethod | NtuplesMethod

export interface Dataset {
  readonly name: string
  /** Folder below the output folder. */
  readonly dir: string
  readonly files: readonly DatasetFile[]
  /** The fileset's metadata with `dataset` added. */
  readonly metadata: Metadata
  /** The same as JSON text, where names in it have an order that a JavaScript object does not keep (see `readInOrder`). */
  readonly metadataText?: string
  /** null: decided by the branches of the file. */
  readonly isMC: boolean | null
  readonly goldenJSON: string | null
  readonly pileupJSON: string | null
  /** ROOT file with the histogram `pileup`, and the probabilities of the simulated numbers of interactions; both or neither. */
  readonly pileupData: string | null
  readonly pileupMC: readonly number[] | null
  /** Layout of the tree as the fileset has it (see decodeForm), or null. */
  readonly form: string | null
}

export interface DatasetFile {
  readonly path: string
  readonly tree: string
  /** Ranges [start, stop) in ascending order; null: the whole file is one partition. */
  readonly steps: readonly (readonly [number, number])[] | null
  readonly numEntries: number | null
  readonly uuid: string | null
}

export function isTagAndProbe(job: Job): job is TagAndProbeJob {
  return job.workflow !== 'ScaleAndSmearingNTuplesFromNanoAOD'
}
export function isNano(job: Job): job is Extract<Job, { workflow: NanoWorkflow }> {
  return job.workflow === 'ElectronTagNProbeFromNanoAOD' || job.workflow === 'PhotonTagNProbeFromNanoAOD'
}
