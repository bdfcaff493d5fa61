/** Where fits start: the given values, what the peak of the data suggests, and points spread over the limits, each with the yields
 *  that suit its shapes best. */
import type { PairLikelihood } from './likelihood.js'
import { N_BKG_FAIL, type PairModel } from './model.js'
import type { PairHistograms } from './likelihood.js'
import type { Setup } from './options.js'

/** A start, with the limits of the branch it lies in. */
export interface Start extends Setup {
  readonly value: number
}

/** How many points are screened for one start. */
const SCREENED = 10
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71]

/** The given start (first), and the `count` best others. */
export function startsOf(
  likelihood: PairLikelihood,
  model: PairModel,
  histograms: PairHistograms,
  setup: Setup,
  count: number,
): Start[] {
  const branches = branchesOf(likelihood, model, setup)
  const at = (point: Float64Array, project: boolean): Start | null => {
    const limits = branches(point)
    const start = point.map((value, i) => Math.min(Math.max(value, limits.lower[i]!), limits.upper[i]!))
    if (project && !likelihood.projectYields(start, limits.lower, limits.upper)) return null
    const value = likelihood.evaluate(start, 0)
    return value < Infinity ? { start, ...limits, value } : null
  }
  const given = at(setup.start, false)
  if (count === 0) return given === null ? [] : [given]
  const others: Start[] = []
  const keep = (start: Start | null): void => void (start !== null && others.push(start))
  keep(at(setup.start, true))
  const peaked = fromPeak(likelihood, model, histograms, setup.start)
  keep(at(peaked, true))
  for (let k = 1; k <= SCREENED * count; k++) {
    // a third of the points near the peak's suggestion, the others anywhere
    const near = k % 3 === 0 ? 0.15 : k % 3 === 1 ? 0.5 : 1
    keep(at(spread(setup, near < 1 ? peaked : null, near, k), true))
  }
  others.sort((a, b) => a.value - b.value)
  const chosen = pick(others, setup, count)
  return given === null ? chosen : [given, ...chosen]
}

/** The best first, then those that are not close to one that was taken. */
function pick(sorted: readonly Start[], setup: Setup, count: number): Start[] {
  const taken: Start[] = []
  for (const candidate of sorted) {
    if (taken.length === count) break
    if (taken.every(other => distance(candidate.start, other.start, setup) > 0.05)) taken.push(candidate)
  }
  return taken
}

/** Mean difference of the shape parameters in parts of their ranges. */
function distance(a: Float64Array, b: Float64Array, { lower, upper }: Setup): number {
  let sum = 0
  let count = 0
  for (let i = N_BKG_FAIL + 1; i < a.length; i++) {
    const range = upper[i]! - lower[i]!
    if (!(range > 0 && range < Infinity)) continue
    sum += Math.abs(a[i]! - b[i]!) / range
    count++
  }
  return count === 0 ? 1 : sum / count
}

/** Point k of a Halton sequence over the limits, or within a part of them around a centre. */
function spread({ start, lower, upper }: Setup, centre: Float64Array | null, part: number, k: number): Float64Array {
  return start.map((value, i) => {
    if (i <= N_BKG_FAIL || !(lower[i]! < upper[i]!)) return value
    const u = radicalInverse(k, PRIMES[(i - N_BKG_FAIL - 1) % PRIMES.length]!)
    const finite = upper[i]! - lower[i]! < Infinity
    const range = finite ? upper[i]! - lower[i]! : 2 * Math.max(Math.abs(value), 1)
    const middle = centre === null ? (finite ? (lower[i]! + upper[i]!) / 2 : value) : centre[i]!
    return middle + (u - 0.5) * range * part
  })
}

function radicalInverse(k: number, base: number): number {
  let result = 0
  let part = 1 / base
  for (let rest = k; rest > 0; rest = Math.floor(rest / base)) {
    result += (rest % base) * part
    part /= base
  }
  return result
}

/** The start with what the shapes make of the peak of the passing (and, where apart, the failing) probes. */
function fromPeak(
  likelihood: PairLikelihood,
  model: PairModel,
  { edges, pass, fail }: PairHistograms,
  start: Float64Array,
): Float64Array {
  const result = start.slice()
  for (const side of ['fail', 'pass'] as const) {
    const shape = model.signal[side]
    const peak = peakOf(edges, side === 'pass' ? pass.values : fail.values)
    if (peak === null || shape.fromPeak === undefined) continue
    for (const [name, value] of Object.entries(shape.fromPeak(peak.mean, peak.sigma))) {
      const k = shape.parameters.indexOf(name)
      if (k >= 0) result[likelihood.layout.signal[side][k]!] = value
    }
  }
  return result
}

/** Mean and width of the highest peak above a straight line between the outer tenths of the range; null where there is none. */
function peakOf(edges: ArrayLike<number>, values: ArrayLike<number>): { mean: number; sigma: number } | null {
  const bins = values.length
  const outer = Math.max(1, Math.round(bins / 10))
  const density = (i: number): number => values[i]! / (edges[i + 1]! - edges[i]!)
  let left = 0
  let right = 0
  for (let i = 0; i < outer; i++) {
    left += density(i) / outer
    right += density(bins - 1 - i) / outer
  }
  let top = -1
  let most = 0
  const above = (i: number): number => {
    const part = bins > 1 ? i / (bins - 1) : 0
    return density(i) - left * (1 - part) - right * part
  }
  for (let i = 0; i < bins; i++) {
    const smooth = (above(Math.max(i - 1, 0)) + 2 * above(i) + above(Math.min(i + 1, bins - 1))) / 4
    if (smooth > most) {
      most = smooth
      top = i
    }
  }
  if (top < 0) return null
  let low = top
  let high = top
  while (low > 0 && above(low - 1) > most / 2) low--
  while (high < bins - 1 && above(high + 1) > most / 2) high++
  // full width at half maximum of a Gaussian
  return { mean: (edges[low]! + edges[high + 1]!) / 2, sigma: (edges[high + 1]! - edges[low]!) / 2.355 }
}

/** The limits for a point: where a shape jumps at a value of a parameter, only the point's own side. */
function branchesOf(likelihood: PairLikelihood, model: PairModel, { lower, upper }: Setup) {
  const cuts = new Map<number, number>()
  for (const role of ['signal', 'background'] as const) {
    for (const side of ['pass', 'fail'] as const) {
      const shape = model[role][side]
      for (const [name, value] of Object.entries(shape.branches ?? {})) {
        const i = likelihood.layout[role][side][shape.parameters.indexOf(name)]!
        if (lower[i]! < value && upper[i]! > value) cuts.set(i, value)
      }
    }
  }
  if (cuts.size === 0) return () => ({ lower, upper })
  return (point: Float64Array) => {
    const low = lower.slice()
    const high = upper.slice()
    for (const [i, value] of cuts) {
      const gap = 1e-6 * (upper[i]! - lower[i]!)
      if (point[i]! < value) high[i] = value - gap
      else low[i] = value + gap
    }
    return { lower: low, upper: high }
  }
}
