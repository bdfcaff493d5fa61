/** One of the two histograms of a fit with the shapes that describe it, and the work space of its derivatives. */
import type { Spectrum, Statistic } from './histograms.js'
import { N_BKG_PASS, N_SIG } from './model.js'
import { Products } from './products.js'
import { type BinnedShape, normalise } from './shapes/index.js'

/** One shape at work on one histogram: normalised contents and their slopes, one column behind the other. They are kept while the shape's own parameters are: of
 *  the points that a fit looks at many differ in another shape's only. */
export class Part {
  /** Contents, then slopes. */
  readonly columns: Float64Array
  readonly contents: Float64Array
  readonly slopes: Float64Array
  readonly at: Int32Array
  readonly #binned: BinnedShape
  readonly #parameters: Float64Array
  #state: 'none' | 'undefined' | 'contents' | 'slopes' = 'none'

  constructor(binned: BinnedShape, at: Int32Array, bins: number) {
    this.#binned = binned
    this.at = at
    this.columns = new Float64Array(bins * (1 + at.length))
    this.contents = this.columns.subarray(0, bins)
    this.slopes = this.columns.subarray(bins)
    this.#parameters = new Float64Array(at.length)
  }

  evaluate(x: Float64Array, withSlopes: boolean): boolean {
    const changed = this.#take(x)
    if (changed || this.#state === 'none' || (withSlopes && this.#state === 'contents')) {
      const slopes = withSlopes ? this.slopes : null
      this.#binned(this.#parameters, this.contents, slopes)
      const defined = normalise(this.contents, slopes)
      this.#state = !defined ? 'undefined' : withSlopes ? 'slopes' : 'contents'
    }
    return this.#state !== 'undefined'
  }

  /** Takes the shape's parameters from the fit's; true if one is not what it was. */
  #take(x: Float64Array): boolean {
    let changed = false
    for (let k = 0; k < this.at.length; k++) {
      const value = x[this.at[k]!]!
      if (this.#parameters[k] !== value) changed = true
      this.#parameters[k] = value
    }
    return changed
  }
}

/** One histogram: its contents, and the columns of derivatives of its expectation. */
export interface Channel {
  readonly counts: Float64Array
  readonly scales: Float64Array
  readonly total: number
  readonly signal: Part
  readonly background: Part
  /** Parameters of the columns: N_sig (and eff), the signal shape's, the background's yield, its shape's. */
  readonly at: Int32Array
  readonly factors: Float64Array
  readonly work: Products
  readonly passing: boolean
  readonly background0: number
  readonly expected: Float64Array
}

/** A histogram with the shapes that describe it; `background0` is the parameter of its background's yield. */
export function channel(
  { values, variances }: Spectrum,
  statistic: Statistic,
  signal: Part,
  background: Part,
  background0: number,
): Channel {
  const counts = Float64Array.from(values)
  const at = Int32Array.from([N_SIG, ...signal.at, background0, ...background.at])
  return {
    counts,
    scales: statistic === 'poisson' ? new Float64Array(counts.length).fill(1) : scalesOf(counts, variances),
    total: counts.reduce((sum, n) => sum + n, 0),
    signal,
    background,
    at,
    factors: new Float64Array(at.length),
    work: new Products(counts.length, at.length),
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
export function signalPart({ counts, scales, signal, background }: Channel): number {
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
