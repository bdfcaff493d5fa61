/** What the configuration of a fitter names. */
import type { Cursor } from '../config/fitter.js'

export type Sample = 'DATA' | 'MC'

/** One file with the spectra of many bins. */
export interface FitInput {
  readonly sample: Sample
  readonly label: string
  /** A path or URL; - is standard input. */
  readonly file: string
  /** Which histograms of it; null: there is but one group. */
  readonly name: string | null
  readonly place: Cursor
}

/** Limits as factors of the fitted value of another parameter. */
export interface RelativeLimits {
  readonly to: string
  readonly factors: readonly [number, number]
}
