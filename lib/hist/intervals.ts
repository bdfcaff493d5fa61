/** Intervals for a binomial efficiency: k of n probes pass, 0 <= k <= n, n > 0. Neither needs to be whole: sums of weights come as
 *  effective entries (efficiency.ts). All of them contain k / n.
 *
 *  clopper-pearson  Clopper and Pearson, Biometrika 26 (1934) 404; PDG, Review of Particle Physics, "Statistics", intervals for
 *                   binomial data. Central; covers at least as often as it says, for few probes more often. The reference's.
 *  wilson           E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209: the score interval. Covers as often as it says on average.
 *  jeffreys         Brown, Cai and DasGupta, Statistical Science 16 (2001) 101, section 4: central Bayesian interval with
 *                   Jeffreys's prior Beta(1/2, 1/2), closed at 0 where none passes and at 1 where all do.
 *  bayesian         Uniform prior, shortest interval (highest posterior density) around the mode k / n: shortest-interval.ts.
 *                   As in M. Paterno, FERMILAB-TM-2286-CD (2004). */
import { betaQuantile } from './beta.js'
import { shortestBeta } from './shortest-interval.js'

/** Probability of one standard deviation either side: erf(1 / sqrt 2). */
export const ONE_SIGMA = 0.6826894921370859

export type IntervalKind = 'clopper-pearson' | 'wilson' | 'jeffreys' | 'bayesian'

/** Ends of the interval. */
type Ends = readonly [low: number, high: number]

/** Kind -> (k, n, coverage between 0 and 1) -> ends. */
export const INTERVALS: Readonly<Record<IntervalKind, (k: number, n: number, coverage: number) => Ends>> = {
  'clopper-pearson': clopperPearsonEnds,
  wilson,
  jeffreys,
  bayesian,
}

/** Above this many passing and failing, the beta distribution is as good as a Gaussian with its first correction, and the continued
 *  fraction would take millions of terms. What the correction leaves is 1e-11 of the width, below a double's digits of the efficiency. */
const AS_GAUSSIAN = 1e10

/** The x at which I_x(a, b) = p. Of large a and b by Cornish and Fisher (Revue Inst. Int. Stat. 5 (1938) 307), to first order in the
 *  skewness. */
function quantile(p: number, a: number, b: number): number {
  if (Math.min(a, b) <= AS_GAUSSIAN) return betaQuantile(p, a, b)
  const z = Math.sign(p - 0.5) * standardDeviations(Math.abs(2 * p - 1))
  const mean = a / (a + b)
  const sigma = Math.sqrt((mean * (b / (a + b))) / (a + b + 1))
  const skewness = 2 * ((b - a) / (a + b + 2)) * Math.sqrt((a + b + 1) / a / b)
  return Math.min(1, Math.max(0, mean + sigma * (z + (skewness * (z * z - 1)) / 6)))
}

/** low: the (1 - coverage)/2 quantile of Beta(k, n - k + 1), 0 where k is 0; high: the (1 + coverage)/2 quantile of
 *  Beta(k + 1, n - k), 1 where k is n. */
function clopperPearsonEnds(k: number, n: number, coverage: number): Ends {
  const failing = n - k
  return [
    k === 0 ? 0 : quantile((1 - coverage) / 2, k, failing + 1),
    failing === 0 ? 1 : quantile((1 + coverage) / 2, k + 1, failing),
  ]
}

/** The p at which (k / n - p)^2 = z^2 p (1 - p) / n, z standard deviations: with q = k / n,
 *    (q + z^2/2n -+ z sqrt(q (1 - q) / n + z^2/4n^2)) / (1 + z^2/n)
 *  Each end is computed as the product of both over the other, which cancels nothing where k or n - k is small. */
function wilson(k: number, n: number, coverage: number): Ends {
  const z = standardDeviations(coverage)
  const failing = n - k
  const root = z * Math.sqrt(z * z + 4 * k * (failing / n))
  return [(2 * k * (k / n)) / (2 * k + z * z + root), 1 - (2 * failing * (failing / n)) / (2 * failing + z * z + root)]
}

/** The (1 -+ coverage)/2 quantiles of Beta(k + 1/2, n - k + 1/2). Fractions of a probe would leave k / n outside: the interval
 *  then ends there. */
function jeffreys(k: number, n: number, coverage: number): Ends {
  const failing = n - k
  const end = (p: number) => quantile(p, k + 0.5, failing + 0.5)
  return [
    k === 0 ? 0 : Math.min(end((1 - coverage) / 2), k / n),
    failing === 0 ? 1 : Math.max(end((1 + coverage) / 2), k / n),
  ]
}

/** The posterior with a uniform prior is Beta(k + 1, n - k + 1). */
function bayesian(k: number, n: number, coverage: number): Ends {
  const failing = n - k
  if (Math.min(k, failing) <= AS_GAUSSIAN) return shortestBeta(k, failing, coverage)
  // Of a Gaussian the central interval is the shortest; to the order of the correction that is the one about the mode.
  const reach = standardDeviations(coverage) * Math.sqrt(((k / n) * (failing / n)) / n)
  return [Math.max(0, k / n - reach), Math.min(1, k / n + reach)]
}

/** How many standard deviations either side of its mean a Gaussian has with that probability: erf(z / sqrt 2) = coverage. Newton
 *  steps from 0, which come from below, since erf bends down. */
export function standardDeviations(coverage: number): number {
  if (!(coverage > 0 && coverage < 1)) return coverage === 0 ? 0 : coverage === 1 ? Infinity : NaN
  let z = 0
  for (let i = 0; i < 100; i++) {
    const step = (coverage - gaussianWithin(z)) / (Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2))
    z += step
    if (Math.abs(step) <= 2 ** -51 * z) break
  }
  return z
}

/** The probability of |x| < z of a Gaussian: 2 phi(z) (z + z^3/3 + z^5/(3 5) + ...), all terms of one sign. */
function gaussianWithin(z: number): number {
  let term = z
  let sum = z
  for (let n = 3; term > 2 ** -54 * sum; n += 2) {
    term *= (z * z) / n
    sum += term
  }
  return Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2) * sum
}
