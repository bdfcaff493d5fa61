/** What server and client tell each other of fits. */
import type { FigureModel } from './figure-model.js'

/** Results of fits. */
export interface FitFileModel {
  readonly id: string
  readonly name: string
  /** null: they have not been written to a file. */
  readonly path: string | null
  readonly config: FitConfigModel
  readonly fits: readonly FitRow[]
}

export interface FitConfigModel {
  readonly path: string | null
  /** Why bins cannot be fitted again; null: they can. */
  readonly problem: string | null
}

/** One bin in a table of fits. */
export interface FitRow {
  /** Which model: nominal. */
  readonly fit: string
  readonly sample: string
  readonly label: string
  readonly bin: string
  readonly ranges: Readonly<Record<string, readonly [number, number]>>
  readonly shapes: string
  readonly valid: boolean
  readonly problems: readonly string[]
  /** null: nothing could be fitted; q, ndof and chi2 too. */
  readonly efficiency: number | null
  readonly error: number | null
  /** Distances, not negative; null: the interval ends at a limit. */
  readonly down: number | null
  readonly up: number | null
  readonly q: number | null
  readonly ndof: number | null
  readonly chi2: number | null
  readonly atLimit: readonly string[]
}

/** Answer of GET /api/fit?file=&fit= (a number) and of POST /api/refit. */
export interface FitDetail {
  readonly row: FitRow
  readonly parameters: readonly FitParameter[]
  readonly figures: readonly FigureModel[]
  readonly spectrum: {
    readonly edges: readonly number[]
    readonly sides: readonly {
      readonly name: string
      readonly values: readonly number[]
      /** null: nothing was fitted. */
      readonly expected: readonly number[] | null
      readonly background: readonly number[] | null
    }[]
  }
}

export interface FitParameter {
  readonly name: string
  readonly value: number
  readonly error: number | null
  readonly fixed: boolean
  readonly atLimit: 'lower' | 'upper' | null
  readonly start: number | null
  readonly limits: readonly [number, number] | null
}

/** Answer of GET /api/settings?file=&fit=[&shapes=]: what one bin is fitted with. */
export interface FitSettingsModel {
  /** Of the configuration that they are out of. */
  readonly version: string
  readonly shapes: string
  /** What may be chosen for shapes. */
  readonly signals: readonly string[]
  readonly backgrounds: readonly string[]
  /** Of the configuration without what it says of this very bin. */
  readonly commonShapes: string
  /** What the configuration says of this very bin. */
  readonly own: BinChange
  /** Of each parameter of the fit, without what is said of this very bin; the start of null: from the data. */
  readonly parameters: readonly {
    readonly name: string
    readonly start: number | null
    readonly limits: readonly [number, number] | null
    readonly fixed: number | null
  }[]
}

/** What is said of one bin alone. */
export interface BinChange {
  /** null: those of the configuration. */
  readonly shapes: string | null
  readonly parameters: Readonly<Record<string, ParameterChange>>
}

export interface ParameterChange {
  readonly start?: number
  readonly limits?: readonly [number, number]
  readonly fixed?: number
}

/** What is sent to POST /api/refit and POST /api/save. */
export interface FitRequestBody {
  readonly file: string
  readonly fit: number
  readonly change: BinChange
  /** Of the settings that were changed: nothing is saved where others have changed the configuration since. */
  readonly version?: string
}

/** Answer of POST /api/save. */
export interface SavedModel {
  readonly detail: FitDetail
  /** The files that were written. */
  readonly written: readonly string[]
  readonly file: FitFileModel
}
