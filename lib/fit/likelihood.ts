/** The extended binned likelihood of passing and failing probes together, with its gradient and expected Hessian.
 *
 *  q = 2 Σ [μ - n + n ln(n/μ)] over the bins of both histograms, each term divided by the bin's scale (1 for counts; variance over
 *  content for weighted histograms, Bohm and Zech, NIM A 748 (2014) 1), plus ((p - mean)/sigma)² for each constraint. */

import type { Objective } from './minimise/objective.js'
import { EFF, type Layout, layoutOf, N_BKG_FAIL, N_BKG_PASS, N_SIG, type PairModel, type Sides } from './model.js'
import { type BinnedShape, normalise } from './shapes/index.js'

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

/** Below this expectation a bin's term goes on as a straight line, so that an entry where nothing is expected has a finite slope:
 *  at 0 it is what the reference's floor of 1e-10 makes it. */
const FLOOR = Math.E * 1e-10

/** One shape at work on one histogram: normalised contents and their slopes. */
class Part {
  readonly contents: Float64Array
  readonly slopes: Float64Array
  readonly at: Int32Array
  readonly #binned: BinnedShape
  readonly #parameters: Float64Array

  constructor(binned: BinnedShape, at: Int32Array, bins: number) {
    this.#binned = binned
    this.at = at
    this.contents = new Float64Array(bins)
    this.slopes = new Float64Array(bins * at.length)
    this.#parameters = new Float64Array(at.length)
  }

  evaluate(x: Float64Array, withSlopes: boolean): boolean {
    for (let k = 0; k < this.at.length; k++) this.#parameters[k] = x[this.at[k]!]!
    const slopes = withSlopes ? this.slopes : null
    this.#binned(this.#parameters, this.contents, slopes)
    return normalise(this.contents, slopes)
  }
}

/** One histogram: its contents, and the columns of derivatives of its expectation. */
interface Channel {
  readonly counts: Float64Array
  readonly scales: Float64Array
  readonly total: number
  readonly signal: Part
  readonly background: Part
  /** Parameters of the columns: N_sig (and eff), the background's yield, then the shapes'. */
  readonly at: Int32Array
  readonly columns: Float64Array
  readonly factors: Float64Array
  readonly sums: Float64Array
  readonly products: Float64Array
  readonly passing: boolean
  readonly background0: number
  readonly expected: Float64Array
}

export class PairLikelihood implements Objective {
  readonly layout: Layout
  readonly size: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  readonly bins: number
  readonly #channels: readonly Channel[]
  readonly #sharedSignal: boolean
  readonly #constraints: readonly (Constraint & { index: number })[]
  readonly #weights: Float64Array
  readonly #residuals: Float64Array
  readonly #weighted: Float64Array
  evaluations = 0

  /** Histograms must have been checked (check.ts). */
  constructor(
    histograms: PairHistograms,
    model: PairModel,
    statistic: Statistic,
    constraints: Readonly<Record<string, Constraint>>,
  ) {
    this.layout = layoutOf(model)
    const { names, signal, background } = this.layout
    this.size = names.length
    this.gradient = new Float64Array(this.size)
    this.hessian = new Float64Array(this.size * this.size)
    const edges = Float64Array.from(histograms.edges)
    this.bins = edges.length - 1
    this.#weights = new Float64Array(this.bins)
    this.#residuals = new Float64Array(this.bins)
    this.#weighted = new Float64Array(this.bins)
    this.#sharedSignal = model.signal.pass === model.signal.fail && signal.pass.every((at, k) => at === signal.fail[k])
    const passSignal = new Part(model.signal.pass.over(edges), signal.pass, this.bins)
    this.#channels = [
      channel(
        histograms.pass,
        statistic,
        passSignal,
        new Part(model.background.pass.over(edges), background.pass, this.bins),
        N_BKG_PASS,
      ),
      channel(
        histograms.fail,
        statistic,
        this.#sharedSignal ? passSignal : new Part(model.signal.fail.over(edges), signal.fail, this.bins),
        new Part(model.background.fail.over(edges), background.fail, this.bins),
        N_BKG_FAIL,
      ),
    ]
    this.#constraints = Object.entries(constraints).map(([name, c]) => ({ ...c, index: names.indexOf(name) }))
  }

  /** Expected contents of the passing and failing histogram at the last point. */
  get expected(): Sides<Float64Array> {
    return { pass: this.#channels[0]!.expected, fail: this.#channels[1]!.expected }
  }

  evaluate(x: Float64Array, order: 0 | 1 | 2): number {
    this.evaluations++
    if (order > 0) this.gradient.fill(0)
    if (order > 1) this.hessian.fill(0)
    return this.#shapes(x, order > 0) ? this.#fromShapes(x, order) : Infinity
  }

  /** The value, with derivatives as `order` wants, from shapes that have been evaluated. */
  #fromShapes(x: Float64Array, order: 0 | 1 | 2): number {
    let q = 0
    for (const channel of this.#channels) {
      const yieldSignal = x[N_SIG]! * (channel.passing ? x[EFF]! : 1 - x[EFF]!)
      const yieldBackground = x[channel.background0]!
      const { expected } = channel
      const s = channel.signal.contents
      const b = channel.background.contents
      for (let i = 0; i < this.bins; i++) expected[i] = yieldSignal * s[i]! + yieldBackground * b[i]!
      q += order === 0 ? this.#value(channel) : this.#terms(channel)
      if (order === 0) continue
      const part = channel.passing ? x[EFF]! : 1 - x[EFF]!
      channel.factors.fill(yieldSignal, 2, 2 + channel.signal.at.length)
      channel.factors.fill(yieldBackground, 2 + channel.signal.at.length)
      this.#accumulate(channel, part, channel.passing ? x[N_SIG]! : -x[N_SIG]!, order > 1)
    }
    for (const { index, mean, sigma } of this.#constraints) {
      const pull = (x[index]! - mean) / sigma
      q += pull * pull
      if (order > 0) this.gradient[index]! += (2 * pull) / sigma
      if (order > 1) this.hessian[index * this.size + index]! += 2 / (sigma * sigma)
    }
    return Number.isNaN(q) ? Infinity : q
  }

  /** Sets the four yields that are not held to the best ones for the shape parameters of x; the value there, Infinity where shapes
   *  are undefined. */
  projectYields(x: Float64Array, lower: Float64Array, upper: Float64Array): number {
    this.evaluations++
    if (!this.#shapes(x, false)) return Infinity
    const signals = this.#channels.map(channel => {
      const part = signalPart(channel)
      const at = channel.background0
      x[at] = clamp(channel.total * (1 - part), lower[at]!, upper[at]!)
      return channel.total * part
    })
    const sum = signals[0]! + signals[1]!
    x[N_SIG] = clamp(sum, lower[N_SIG]!, upper[N_SIG]!)
    if (sum > 0) x[EFF] = clamp(signals[0]! / sum, lower[EFF]!, upper[EFF]!)
    return this.#fromShapes(x, 0)
  }

  #shapes(x: Float64Array, withSlopes: boolean): boolean {
    for (const channel of this.#channels) {
      if (!channel.background.evaluate(x, withSlopes)) return false
      if (channel.passing || !this.#sharedSignal) if (!channel.signal.evaluate(x, withSlopes)) return false
    }
    return true
  }

  #value({ counts, scales, expected }: Channel): number {
    let sum = 0
    for (let i = 0; i < this.bins; i++) {
      const n = counts[i]!
      const mu = expected[i]! > FLOOR ? expected[i]! : FLOOR
      const term = mu - n + (n > 0 ? n * Math.log(n / mu) : 0) + (1 - n / mu) * (expected[i]! - mu)
      sum += term / scales[i]!
    }
    return 2 * sum
  }

  /** As `#value`, and leaves each bin's slope and expected curvature in the work arrays. */
  #terms({ counts, scales, expected }: Channel): number {
    let sum = 0
    for (let i = 0; i < this.bins; i++) {
      const n = counts[i]!
      const mu = expected[i]! > FLOOR ? expected[i]! : FLOOR
      const slope = 1 - n / mu
      const term = mu - n + (n > 0 ? n * Math.log(n / mu) : 0) + slope * (expected[i]! - mu)
      const scale = 2 / scales[i]!
      sum += term * scale
      this.#residuals[i] = slope * scale
      this.#weights[i] = scale / mu
    }
    return sum
  }

  /** Adds the channel's part of gradient and Hessian. Columns are those of the shapes as they are (signal, background, then their
   *  slopes); yields enter as factors, N_sig and eff from the one column of the signal. */
  #accumulate(channel: Channel, part: number, byEff: number, withHessian: boolean): void {
    const { signal, background, at, columns, sums, products } = channel
    const { bins, size, gradient, hessian } = this
    columns.set(signal.contents)
    columns.set(background.contents, bins)
    columns.set(signal.slopes, 2 * bins)
    columns.set(background.slopes, 2 * bins + signal.slopes.length)
    const count = at.length
    for (let k = 0; k < count; k++) sums[k] = dot(columns, k * bins, this.#residuals, bins)
    // factor of each column: N_sig's for the signal, 1 for the background's yield, then the yields
    const factors = channel.factors
    factors[0] = part
    factors[1] = 1
    for (let k = 0; k < count; k++) gradient[at[k]!]! += factors[k]! * sums[k]!
    gradient[EFF]! += byEff * sums[0]!
    if (!withHessian) return
    gram(columns, this.#weights, this.#weighted, bins, count, products)
    for (let k = 0; k < count; k++) {
      for (let l = 0; l <= k; l++) {
        const product = factors[k]! * factors[l]! * products[k * count + l]!
        hessian[at[k]! * size + at[l]!]! += product
        if (k !== l) hessian[at[l]! * size + at[k]!]! += product
      }
      const withEff = byEff * factors[k]! * products[k * count]!
      hessian[at[k]! * size + EFF]! += withEff
      hessian[EFF * size + at[k]!]! += withEff
    }
    hessian[EFF * size + EFF]! += byEff * byEff * products[0]!
  }
}

/** Σ a[i] b[i], in four sums that do not wait for one another. */
function dot(a: Float64Array, from: number, b: Float64Array, count: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < count; i += 4) {
    s0 += a[from + i]! * b[i]!
    s1 += a[from + i + 1]! * b[i + 1]!
    s2 += a[from + i + 2]! * b[i + 2]!
    s3 += a[from + i + 3]! * b[i + 3]!
  }
  for (; i < count; i++) s0 += a[from + i]! * b[i]!
  return s0 + s1 + (s2 + s3)
}

/** Weighted products of all pairs of columns (lower triangle), four at a time. */
function gram(
  columns: Float64Array,
  weights: Float64Array,
  weighted: Float64Array,
  bins: number,
  count: number,
  products: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const row = k * bins
    for (let i = 0; i < bins; i++) weighted[i] = columns[row + i]! * weights[i]!
    let l = 0
    for (; l + 3 <= k; l += 4) {
      const first = l * bins
      const second = first + bins
      const third = second + bins
      const fourth = third + bins
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let i = 0; i < bins; i++) {
        const w = weighted[i]!
        s0 += w * columns[first + i]!
        s1 += w * columns[second + i]!
        s2 += w * columns[third + i]!
        s3 += w * columns[fourth + i]!
      }
      products[k * count + l] = s0
      products[k * count + l + 1] = s1
      products[k * count + l + 2] = s2
      products[k * count + l + 3] = s3
    }
    for (; l <= k; l++) products[k * count + l] = dot(columns, l * bins, weighted, bins)
  }
}

function channel(
  { values, variances }: Spectrum,
  statistic: Statistic,
  signal: Part,
  background: Part,
  background0: number,
): Channel {
  const counts = Float64Array.from(values)
  const at = Int32Array.from([N_SIG, background0, ...signal.at, ...background.at])
  return {
    counts,
    scales: statistic === 'poisson' ? new Float64Array(counts.length).fill(1) : scalesOf(counts, variances),
    total: counts.reduce((sum, n) => sum + n, 0),
    signal,
    background,
    at,
    columns: new Float64Array(at.length * counts.length),
    factors: new Float64Array(at.length),
    sums: new Float64Array(at.length),
    products: new Float64Array(at.length * at.length),
    passing: background0 === N_BKG_PASS,
    background0,
    expected: new Float64Array(counts.length),
  }
}

/** Variance over content of each bin: the mean weight of its entries. Empty bins take the histogram's mean. */
function scalesOf(counts: Float64Array, variances: ArrayLike<number> | undefined): Float64Array {
  if (variances === undefined) return new Float64Array(counts.length).fill(1)
  let sum = 0
  let squares = 0
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]!
    squares += variances[i]!
  }
  const mean = sum > 0 && squares > 0 ? squares / sum : 1
  return counts.map((n, i) => (n > 0 && variances[i]! > 0 ? variances[i]! / n : mean))
}

/** The fraction f of signal that maximises Σ n ln(f S + (1 - f) B): concave, by Newton steps within a bracket. */
function signalPart({ counts, scales, signal, background }: Channel): number {
  const s = signal.contents
  const b = background.contents
  let low = 0
  let high = 1
  let part = 0.5
  for (let step = 0; step < 40; step++) {
    let slope = 0
    let curvature = 0
    for (let i = 0; i < counts.length; i++) {
      if (!(counts[i]! > 0)) continue
      const difference = s[i]! - b[i]!
      const ratio = difference / Math.max(part * s[i]! + (1 - part) * b[i]!, 1e-300)
      slope += (counts[i]! / scales[i]!) * ratio
      curvature += (counts[i]! / scales[i]!) * ratio * ratio
    }
    if (slope > 0) low = part
    else high = part
    let next = curvature > 0 ? part + slope / curvature : part
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - part) < 1e-5) return next
    part = next
  }
  return part
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
