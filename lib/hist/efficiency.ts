/** Efficiencies of passing and failing probes, with their intervals (intervals.ts), from counts or from sums of weights.
 *
 *  Weights: a sum of weights is no count. The total's effective entries n = (sum w)^2 / sum w^2 take the place of the number of
 *  probes, efficiency * n that of the passing ones (PDG, Review of Particle Physics, "Statistics": the equivalent number of
 *  unweighted events; so does ROOT's TEfficiency for weights). A common factor of all weights then changes nothing, and weights
 *  of 1 give the counts themselves. That passing and failing probes have weights of the same spread is assumed. */
import { UsageError } from '../core/errors.js'
import { INTERVALS, type IntervalKind, ONE_SIGMA } from './intervals.js'

export interface Efficiency {
  readonly efficiency: number
  /** Ends of the interval, not distances from the efficiency. */
  readonly low: number
  readonly high: number
}

/** Sums of weights w over probes: value is sum w, variance is sum w^2. Of n probes without weights, both are n. */
export interface WeightSum {
  readonly value: number
  readonly variance: number
}

export interface IntervalOptions {
  /** Default: clopper-pearson. */
  readonly interval?: IntervalKind
  /** Default: one standard deviation, 68.27 %. */
  readonly coverage?: number
  /** Take sums of weights as counts, as the reference's get_ratio_histogram does: for comparisons only. */
  readonly sumsAsCounts?: boolean
}

export interface EfficiencyEstimate extends Efficiency {
  /** Sums of weights. total: passing plus failing. */
  readonly passing: number
  readonly total: number
  /** The number of probes without weights that would say as much: the total itself, where there are no weights. NaN where the
   *  sums leave no such number. */
  readonly entries: number
  /** Why there is no interval (low and high are NaN), though there are probes; null: all is well, or there are none. */
  readonly problem: EfficiencyProblem | null
}

export type EfficiencyProblem =
  | 'negative total weight'
  | 'passing > total'
  | 'negative passing weight'
  | 'total weight is 0'
  | 'no sum of squared weights'
  | 'negative sum of squared weights'
  | 'not a finite number'
  /** More than 2^53. */
  | 'too many entries'
  // Of side-band subtraction:
  | 'no signal above the background'
  | 'efficiency below 0: the background is more than the passing probes'
  | 'efficiency above 1: the background is more than the failing probes'

/** passing / total with its Clopper-Pearson interval of the given coverage, as hist.intervals computes it. Whatever is given is
 *  taken as counts, whole or not. All NaN where total is 0 or a count is negative or NaN. Throws UsageError where passing
 *  exceeds total. */
export function clopperPearson(passing: number, total: number, coverage = ONE_SIGMA): Efficiency {
  if (passing > total) {
    const message = `${passing} passing of ${total} in total. Give the sum of passing and failing probes as the total.`
    throw new UsageError([{ place: 'efficiency', message }])
  }
  if (!(passing >= 0 && total > 0)) return { efficiency: NaN, low: NaN, high: NaN }
  const [low, high] = INTERVALS['clopper-pearson'](passing, total, coverage)
  return { efficiency: passing / total, low, high }
}

/** The efficiency of probes with weights; never throws. It is the ratio of the sums where the total is above 0 (as counts: not 0),
 *  also where that is no probability, as with more passing than all: `problem` then says so. */
export function estimateEfficiency(
  passing: WeightSum,
  failing: WeightSum,
  options: IntervalOptions = {},
): EfficiencyEstimate {
  const { interval = 'clopper-pearson', coverage = ONE_SIGMA, sumsAsCounts = false } = options
  const total = passing.value + failing.value
  const variance = passing.variance + failing.variance
  const hasRatio = sumsAsCounts ? total !== 0 : total > 0
  const sums = { passing: passing.value, total, efficiency: hasRatio ? passing.value / total : NaN }
  // Of counts the two are equal, and the quotient is exactly 1.
  const perWeight = sumsAsCounts ? 1 : total / variance
  const problem = problemOf(passing.value, total, sumsAsCounts ? Math.abs(total) : variance)
  const entries = total === 0 ? 0 : total * perWeight
  // Beyond it a double counts no more.
  if (problem === null && !(entries <= Number.MAX_SAFE_INTEGER)) {
    return { ...sums, low: NaN, high: NaN, entries: NaN, problem: 'too many entries' }
  }
  if (problem !== null || total === 0) {
    const isKnown = entries >= 0 && Number.isFinite(entries)
    return { ...sums, low: NaN, high: NaN, entries: isKnown ? entries : NaN, problem }
  }
  const [low, high] = INTERVALS[interval](passing.value * perWeight, entries, coverage)
  return { ...sums, low, high, entries, problem: null }
}

function problemOf(passing: number, total: number, variance: number): EfficiencyProblem | null {
  if (!Number.isFinite(passing + total + variance)) return 'not a finite number'
  if (total < 0) return 'negative total weight'
  if (passing > total && total > 0) return 'passing > total'
  if (passing < 0 && total > 0) return 'negative passing weight'
  if (variance < 0) return 'negative sum of squared weights'
  if (total === 0) return variance === 0 && passing === 0 ? null : 'total weight is 0'
  return variance === 0 ? 'no sum of squared weights' : null
}
