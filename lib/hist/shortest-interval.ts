/** The shortest interval of a given probability under a Beta distribution: where the density is the same at both ends. */
import { betaQuantile, incompleteBeta } from './beta.js'

/** Of Beta(k + 1, failing + 1), k and failing >= 0, not both 0: [low, high] with the given probability between them and the mode
 *  k / (k + failing) inside. Where the density only falls (k = 0) or only rises (failing = 0), the interval begins at 0 or ends
 *  at 1. Newton steps in the low end, kept inside a shrinking bracket. */
export function shortestBeta(k: number, failing: number, probability: number): readonly [low: number, high: number] {
  const [a, b] = [k + 1, failing + 1]
  if (k === 0) return [0, betaQuantile(probability, a, b)]
  if (failing === 0) return [betaQuantile(1 - probability, a, b), 1]
  const mode = k / (k + failing)
  const logDensity = (x: number) => k * Math.log(x) + failing * Math.log1p(-x)
  const slope = (x: number) => k / x - failing / (1 - x)
  const highOf = (low: number) => betaQuantile(Math.min(1, incompleteBeta(low, a, b) + probability), a, b)
  // The low end lies between these: too far down the high end is denser, at the mode the low one.
  let [least, most] = [0, mode]
  let low = betaQuantile((1 - probability) / 2, a, b)
  if (low >= mode) low = mode / 2
  for (let i = 0; i < MAX_STEPS && most > NOTHING; i++) {
    const high = highOf(low)
    const excess = logDensity(low) - logDensity(high)
    if (excess > 0) most = low
    else least = low
    // Densities at the two ends are as exp(excess) to 1: the high end moves by that much for each step of the low one.
    // Where the high end is far out in its tail, no step is to be trusted: halving then.
    const step = excess > 1 ? NaN : excess / (slope(low) - slope(high) * Math.exp(excess))
    if (Math.abs(step) <= TOLERANCE * low) break
    const next = low - step
    low = next > least && next < most ? next : (least + most) / 2
  }
  return [low, Math.max(highOf(low), mode)]
}

/** What a density loses where the ends are that far off is of second order. */
const TOLERANCE = 1e-12
/** A low end below this is as good as 0. */
const NOTHING = 1e-16
const MAX_STEPS = 200
