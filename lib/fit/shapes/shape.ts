/** What a shape is: a density in the mass whose integrals over the bins the fit needs, with their derivatives. */

/** A shape for one set of bin edges. Writes the integral over each bin into `contents`, on any common scale (the fit
 *  normalises over the range of the edges), and, unless null, the derivatives by each parameter into
 *  `slopes[k * bins + bin]`, on the same scale. */
export type BinnedShape = (parameters: ArrayLike<number>, contents: Float64Array, slopes: Float64Array | null) => void

/** What a start may know of the data: the range, and mean and standard deviation of its peak. */
export interface SpectrumFacts {
  readonly low: number
  readonly high: number
  readonly mean: number
  readonly sigma: number
}

/** A shape. Parameters are in the order of `parameters`, masses in GeV. */
export interface Shape {
  readonly name: string
  readonly parameters: readonly string[]
  /** Whether a common factor of all parameters leaves the normalised shape as it is (coefficients of a polynomial): the fit
   *  then holds the largest in the covariance. */
  readonly homogeneous?: boolean
  /** Values at which a parameter's shape jumps (alpha of `cbg` at 0): starts are made on both sides, and a fit stays on one. */
  readonly branches?: Readonly<Record<string, number>>
  /** Where a parameter moves the shape: limits are cut to it, as a fit that strays outside finds the likelihood flat there. */
  readonly support?: Readonly<Record<string, readonly [number, number]>>
  /** Starts in the different valleys of the shape's likelihood, the likeliest first; parameters left out keep their given start. */
  readonly modes?: (spectrum: SpectrumFacts) => readonly Readonly<Record<string, number>>[]
  /** Where parameters' likely values lie for a spectrum of this range: starts are drawn there as well as between the limits, which
   *  are often far wider. */
  readonly likely?: (low: number, high: number) => Readonly<Record<string, readonly [number, number]>>
  /** Prepares the shape for bins with these edges (ascending, one more than bins). */
  readonly over: (edges: Float64Array) => BinnedShape
}

/** Divides contents by their sum, and slopes accordingly. False where the sum is not a positive number: such a shape cannot be
 *  normalised at these parameters. */
export function normalise(contents: Float64Array, slopes: Float64Array | null): boolean {
  const bins = contents.length
  let total = 0
  for (let i = 0; i < bins; i++) {
    if (contents[i]! < 0) contents[i] = 0
    total += contents[i]!
  }
  if (!(total > 1e-290 && total < Infinity)) return false
  const scale = 1 / total
  for (let i = 0; i < bins; i++) contents[i]! *= scale
  if (slopes === null) return true
  for (let at = 0; at < slopes.length; at += bins) {
    let change = 0
    for (let i = 0; i < bins; i++) change += slopes[at + i]!
    if (Number.isNaN(change)) return false
    for (let i = 0; i < bins; i++) slopes[at + i] = (slopes[at + i]! - contents[i]! * change) * scale
  }
  return true
}
