/** What the page's server and its client tell each other: JSON alone. Numbers that are not there are null. Types only, so that both
 *  sides may import them. */
import type { FigureModel } from './figure-model.js'
import type { FitFileModel } from './fit-model.js'

export type * from './fit-model.js'

/** Answer of GET /api/page: everything that the client shows at first. Larger things have routes of their own. */
export interface PageModel {
  /** What the page is of: names of folders. */
  readonly title: string
  readonly version: string
  /** A run that goes on: its events come from GET /api/events. */
  readonly live: boolean
  /** What was found in the given places. */
  readonly results?: ResultsModel
}

/** Answer of every request that failed, with a status of 400 or more. */
export interface Failure {
  /** One for each thing that is wrong; `place` may name a field of what was sent: "parameters/mu/limits". */
  readonly problems: readonly { readonly place: string; readonly message: string }[]
}

export interface ResultsModel {
  readonly runs: readonly RunModel[]
  readonly fits: readonly FitFileModel[]
  readonly factors: readonly FactorsModel[]
  /** Files that could not be read, and why. */
  readonly warnings: readonly string[]
}

/** An output folder of a run. */
export interface RunModel {
  /** "0", "1": in the order of the command line. */
  readonly id: string
  /** As much of the path as tells the runs apart. */
  readonly name: string
  readonly path: string
  readonly datasets: readonly DatasetModel[]
  /** What the run itself noted down; null: made elsewhere, or by a version that did not. */
  readonly record: RunRecordModel | null
}

export interface RunRecordModel {
  readonly executor: string
  readonly workers: number
  readonly seconds: number
  /** ISO 8601. */
  readonly finished: string
  /** Outputs are newer than the record. */
  readonly isOld: boolean
}

export interface DatasetModel {
  /** The folder's. */
  readonly name: string
  readonly methods: readonly MethodModel[]
  readonly counts: DatasetCounts | null
}

/** What a run counted. */
export interface DatasetCounts {
  readonly isMC: boolean
  readonly files: number
  readonly partitions: number
  readonly events: number
  readonly sumGenWeight: number | null
  /** Stage -> events or pairs that left it, in the order of the graph. */
  readonly cutflow: readonly (readonly [stage: string, left: number])[]
  readonly windows: readonly WindowModel[]
  readonly tables: readonly { readonly id: string; readonly rows: number }[]
  readonly skipped: readonly { readonly file: string; readonly exception: string; readonly message: string }[]
}

export interface WindowModel {
  readonly window: string
  readonly pairs: number
  readonly weight: string | null
  readonly filters: readonly FilterModel[]
}

export interface FilterModel {
  readonly filter: string
  readonly passing: number
  readonly failing: number
  readonly efficiency: number | null
  readonly low: number | null
  readonly high: number | null
  readonly problem: string | null
}

/** A folder of a dataset: get_nd_tnp_histograms_1. */
export interface MethodModel {
  readonly name: string
  /** Of which there are histograms. */
  readonly filters: readonly string[]
  readonly tables: readonly TableModel[]
  readonly reports: readonly ReportModel[]
}

/** Part files that make one table. */
export interface TableModel {
  readonly name: string
  readonly parts: number
  readonly bytes: number
}

export interface ReportModel {
  readonly name: string
  readonly partitions: number
  readonly failed: readonly { readonly file: string; readonly exception: string; readonly message: string }[]
  /** Of reading, in seconds and bytes. */
  readonly seconds: number
  readonly bytes: number
}

/** Answer of GET /api/histogram?method=&filter=. */
export interface HistogramModel {
  readonly sets: readonly SetModel[]
  /** "" where a file has but one pair of histograms; else "pt/barrel". */
  readonly pairs: readonly {
    readonly name: string
    /** Of the first group. */
    readonly axes: readonly AxisModel[]
    /** Sets that have it, those with the same bins together. */
    readonly groups: readonly (readonly string[])[]
  }[]
}

/** One dataset of one run. */
export interface SetModel {
  /** run id and dataset: "0/Data". */
  readonly id: string
  readonly name: string
}

export interface AxisModel {
  readonly name: string
  readonly label: string
  readonly edges: readonly (number | null)[]
}

/** Answer of GET /api/probes?method=&filter=&pair=&axes=&sets=, and of GET /api/spectrum, which has &bin= as well: the mass of the probes
 *  in one bin. Sums of weights. */
export interface ProbesModel {
  readonly figures: readonly FigureModel[]
  readonly axes: readonly AxisModel[]
  readonly bins: readonly (readonly Range[])[]
  readonly sets: readonly {
    readonly set: SetModel
    readonly rows: readonly { readonly passing: number; readonly failing: number }[]
  }[]
}

/** Answer of GET /api/efficiency?method=&filter=&pair=&axes=&sets=: sets with the same bins, side by side. */
export interface EfficiencyModel {
  readonly figures: readonly FigureModel[]
  readonly axes: readonly AxisModel[]
  /** Ranges along each axis; null: infinite. */
  readonly bins: readonly (readonly Range[])[]
  readonly sets: readonly { readonly set: SetModel; readonly rows: readonly EfficiencyCell[] }[]
  /** The first set over each of the others. */
  readonly ratios: readonly { readonly set: SetModel; readonly rows: readonly RatioCell[] }[]
}

export type Range = readonly [low: number | null, high: number | null]

/** Errors are distances from the value. */
export interface EfficiencyCell {
  readonly passing: number
  readonly total: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly problem: string | null
}

export interface RatioCell {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** Scale factors of a folder. */
export interface FactorsModel {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly title: string
  readonly scheme: string
  readonly axes: readonly AxisModel[]
  readonly sources: readonly string[]
  readonly bins: readonly FactorBin[]
}

export interface FactorBin {
  readonly ranges: readonly Range[]
  readonly status: 'ok' | 'failed' | 'excluded'
  readonly reason: string | null
  readonly value: number | null
  readonly up: number | null
  readonly down: number | null
  readonly data: number | null
  readonly mc: number | null
  /** In the order of FactorsModel.sources. */
  readonly sources: readonly { readonly up: number | null; readonly down: number | null }[]
}
