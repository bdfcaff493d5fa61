/** What is fitted. */
import type { Sides } from './model.js'

/** A histogram: contents of the bins, and their variances where it is weighted. */
export interface Spectrum {
  readonly values: ArrayLike<number>
  readonly variances?: ArrayLike<number>
}

/** Passing and failing probes in the same bins of the mass (GeV). */
export interface PairHistograms extends Sides<Spectrum> {
  readonly edges: ArrayLike<number>
}

export type Statistic = 'poisson' | 'scaled-poisson'

export interface Constraint {
  readonly mean: number
  readonly sigma: number
}
