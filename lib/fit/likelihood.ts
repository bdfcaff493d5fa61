/** The extended binned likelihood of passing and failing probes together, with its gradient and expected Hessian.
 *
 *  q = 2 Σ [μ - n + n ln(n/μ)] over the bins of both histograms, each term divided by the bin's scale (1 for counts; variance over
 *  content for weighted histograms, Bohm and Zech, NIM A 748 (2014) 1), plus ((p - mean)/sigma)² for each constraint. */

import { type Channel, channel, Part, signalPart } from './channel.js'
import type { Constraint, PairHistograms, Statistic } from './histograms.js'
import type { Objective } from './minimise/objective.js'
import { EFF, type Layout, layoutOf, N_BKG_FAIL, N_BKG_PASS, N_SIG, type PairModel, type Sides } from './model.js'
import type { Shape } from './shapes/index.js'

/** Below this expectation a bin's term goes on as a straight line, so that an entry where nothing is expected has a finite slope:
 *  at 0 it is what the reference's floor of 1e-10 makes it. */
const FLOOR = Math.E * 1e-10

export class PairLikelihood implements Objective {
  readonly layout: Layout
  readonly size: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  readonly bins: number
  readonly #channels: readonly Channel[]
  readonly #sharedSignal: boolean
  readonly #constraints: readonly (Constraint & { index: number })[]
  evaluations = 0

  /** Histograms must have been checked (options.ts). */
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
    this.#sharedSignal = model.signal.pass === model.signal.fail && signal.pass.every((at, k) => at === signal.fail[k])
    const part = (shape: Shape, at: Int32Array): Part => new Part(shape.over(edges), at, this.bins)
    const passSignal = part(model.signal.pass, signal.pass)
    const failSignal = this.#sharedSignal ? passSignal : part(model.signal.fail, signal.fail)
    const passBackground = part(model.background.pass, background.pass)
    const failBackground = part(model.background.fail, background.fail)
    this.#channels = [
      channel(histograms.pass, statistic, passSignal, passBackground, N_BKG_PASS),
      channel(histograms.fail, statistic, failSignal, failBackground, N_BKG_FAIL),
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
      // of each column: N_sig's for the signal, 1 for the background's yield, the yields for the slopes
      const { factors } = channel
      const background = 1 + channel.signal.at.length
      factors.fill(yieldSignal, 1, background)
      factors.fill(yieldBackground, background + 1)
      factors[0] = part
      factors[background] = 1
      this.#accumulate(channel, channel.passing ? x[N_SIG]! : -x[N_SIG]!, order > 1)
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
      const mu = Math.max(expected[i]!, FLOOR)
      const term = mu - n + (n > 0 ? n * Math.log(n / mu) : 0) + (1 - n / mu) * (expected[i]! - mu)
      sum += term / scales[i]!
    }
    return 2 * sum
  }

  /** As `#value`, and leaves each bin's slope and expected curvature in the work arrays. */
  #terms({ counts, scales, expected, work }: Channel): number {
    const { residuals, weights } = work
    let sum = 0
    for (let i = 0; i < this.bins; i++) {
      const n = counts[i]!
      const mu = Math.max(expected[i]!, FLOOR)
      const slope = 1 - n / mu
      const term = mu - n + (n > 0 ? n * Math.log(n / mu) : 0) + slope * (expected[i]! - mu)
      const scale = 2 / scales[i]!
      sum += term * scale
      residuals[i] = slope * scale
      weights[i] = scale / mu
    }
    return sum
  }

  /** Adds the channel's part of gradient and Hessian. Columns are those of the shapes as they are (the signal and its slopes, then the
   *  background's); yields enter as factors, N_sig and eff from the one column of the signal. */
  #accumulate({ signal, background, at, factors, work }: Channel, byEff: number, withHessian: boolean): void {
    const { size, gradient, hessian } = this
    const { sums, products } = work
    const count = at.length
    work.columns.set(signal.columns)
    work.columns.set(background.columns, signal.columns.length)
    work.run(withHessian)
    for (let k = 0; k < count; k++) gradient[at[k]!]! += factors[k]! * sums[k]!
    gradient[EFF]! += byEff * sums[0]!
    if (!withHessian) return
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

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
