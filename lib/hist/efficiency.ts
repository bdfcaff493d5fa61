/** Efficiencies and their Clopper-Pearson intervals, as the reference's get_ratio_histogram computes them with
 *  hist.intervals. Weighted contents are taken as counts. */
import { UsageError } from '../core/errors.js'
import { betaQuantile } from './beta.js'

/** Probability of one standard deviation either side: erf(1 / sqrt 2). */
export const ONE_SIGMA = 0.6826894921370859

export interface Efficiency {
  readonly efficiency: number
  /** Ends of the interval, not distances from the efficiency. */
  readonly low: number
  readonly high: number
}

/** passing / total with the central interval of the given coverage: low = the (1 - coverage)/2 quantile of
 *  Beta(passing, total - passing + 1), 0 where passing is 0; high = the (1 + coverage)/2 quantile of
 *  Beta(passing + 1, total - passing), 1 where passing is total. All NaN where total is 0 or a count is negative or NaN.
 *  Throws UsageError where passing exceeds total. */
export function clopperPearson(passing: number, total: number, coverage = ONE_SIGMA): Efficiency {
  if (passing > total) {
    const message = `${passing} passing of ${total} in total. Give the sum of passing and failing probes as the total.`
    throw new UsageError([{ place: 'efficiency', message }])
  }
  if (!(passing >= 0 && total > 0)) return { efficiency: NaN, low: NaN, high: NaN }
  const failing = total - passing
  return {
    efficiency: passing / total,
    low: passing === 0 ? 0 : betaQuantile((1 - coverage) / 2, passing, failing + 1),
    high: failing === 0 ? 1 : betaQuantile((1 + coverage) / 2, passing + 1, failing),
  }
}
