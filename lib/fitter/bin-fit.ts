/** What is fitted in one bin, and what comes of it: plain data, for threads and for JSON. */
import type { Sample } from './inputs.js'
import type { ModelSpec } from './model.js'
import type { Settings } from './settings.js'
import type { Spectrum } from './spectra.js'

export type Range = readonly [number, number]

/** What is fitted with what. */
export interface FitTask {
  /** Of the model among those of the configuration: nominal. */
  readonly fit: string
  readonly sample: Sample
  readonly label: string
  readonly bin: string
  /** Of each variable, where the configuration or the histogram tells it. */
  readonly ranges: Readonly<Record<string, Range>>
  readonly pass: Spectrum
  readonly fail: Spectrum
  /** Why they cannot be fitted: the fit is one that failed. Empty: they can. */
  readonly unfit: readonly string[]
  readonly model: ModelSpec
  readonly settings: Settings
  readonly prefit?: Prefit
  /** Passing probes over all in the range of the mass, in place of a fit: model and settings are of no use. */
  readonly isCounted: boolean
  /** Whether the profile interval of the efficiency is wanted. */
  readonly intervals: boolean
}

/** A fit of simulation with the same shapes that goes before. */
export interface Prefit {
  readonly label: string
  readonly pass: Spectrum
  readonly fail: Spectrum
  readonly settings: Settings
  /** Starts at most, besides the given one; absent: those of any fit. */
  readonly moreStarts?: number
  /** Parameters that are held at its values. */
  readonly hold: readonly string[]
}

export interface FittedValue {
  readonly name: string
  readonly value: number
  /** By the second derivatives; null where it is fixed, at a limit or not determined. */
  readonly error: number | null
  readonly fixed: boolean
  readonly atLimit: 'lower' | 'upper' | null
  /** What the fit began with; null: what the data suggest. */
  readonly start: number | null
  /** null: wide ones, of the number of entries (yields), or 0 to 1 (eff). */
  readonly limits: Range | null
}

/** A spectrum, and what the fit makes of it, bin by bin. */
export interface FittedSpectrum {
  readonly values: readonly number[]
  /** Of weighted spectra; null: entries. */
  readonly variances: readonly number[] | null
  /** null: nothing was fitted. */
  readonly expected: readonly number[] | null
  /** What of the expectation is background. */
  readonly background: readonly number[] | null
}

/** What came of one bin. Numbers that are not there are null, as JSON has it. */
export interface BinFit {
  readonly fit: string
  readonly sample: Sample
  readonly label: string
  readonly bin: string
  readonly ranges: Readonly<Record<string, Range>>
  /** signal_background, or count. */
  readonly shapes: string
  /** At a minimum, with a positive covariance, and the efficiency determined. */
  readonly valid: boolean
  /** Why not. */
  readonly problems: readonly string[]
  readonly efficiency: {
    /** null where nothing could be fitted, or counted. */
    readonly value: number | null
    readonly error: number | null
    /** Distances to the ends of the profile interval (68.27 %), not negative; null where it ends at a limit. */
    readonly down: number | null
    readonly up: number | null
  }
  /** -2 ln L against the data themselves; its expectation is about ndof where bins are well filled. */
  readonly q: number | null
  readonly ndof: number | null
  /** Σ (n - μ)²/μ, Pearson's. */
  readonly chi2: number | null
  readonly statistic: 'poisson' | 'scaled-poisson'
  /** Signal and backgrounds together, as the reference's N. */
  readonly total: number | null
  readonly parameters: readonly FittedValue[]
  readonly mass: {
    readonly edges: readonly number[]
    readonly passing: FittedSpectrum
    readonly failing: FittedSpectrum
  }
}
