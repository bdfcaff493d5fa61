/** A line (Breit-Wigner, template) convolved with a kernel whose antiderivative is known: the antiderivative of the convolution
 *  at x is Σ w_j C(x - y_j) over the line's nodes. On a common lattice of edges and nodes the kernel is evaluated once for each
 *  distance. */
import { onLattice } from './lattice.js'
import type { Primitive } from './primitive.js'
import type { BinnedShape } from './shape.js'

/** The line as weights at first + j·step. */
export interface Nodes {
  readonly first: number
  readonly step: number
  readonly weights: Float64Array
}

/** Bins of the convolution. `kernel(parameters)` gives the kernel's antiderivative with its `count` derivatives; the kernel ends
 *  at distances of `reach`. */
export function convolved(
  edges: Float64Array,
  { first, step, weights }: Nodes,
  count: number,
  kernel: (parameters: ArrayLike<number>) => Primitive,
  reach = Infinity,
): BinnedShape {
  const size = weights.length
  const points = edges.length
  const lattice = onLattice(edges, first, step)
  const at = Float64Array.from(edges, x => (lattice ? Math.round((x - first) / step) : (x - first) / step))
  // sums of weights up to each node: where the kernel has ended, its antiderivative is constant
  const sumTo = new Float64Array(size + 1)
  for (let j = 0; j < size; j++) sumTo[j + 1] = sumTo[j]! + weights[j]!
  // nodes from[i] to to[i] are within reach of edge i
  const span = reach / step
  const from = Int32Array.from(at, k => Math.min(Math.max(Math.ceil(k - span - 1e-9), 0), size))
  const to = Int32Array.from(at, k => Math.max(Math.min(Math.floor(k + span + 1e-9) + 1, size), 0))
  const lowest = Math.min(...at.map((k, i) => k - (to[i]! - 1)))
  const highest = Math.max(...at.map((k, i) => k - from[i]!))
  const distances = lattice ? highest - lowest + 1 : 0
  const table = new Float64Array((count + 1) * distances)
  const values = new Float64Array(count + 1)
  const sums = new Float64Array((count + 1) * points)
  return (parameters, contents, slopes) => {
    const primitive = kernel(parameters)
    const wanted = slopes === null ? 1 : count + 1
    sums.fill(0)
    if (reach < Infinity) {
      for (const sign of [1, -1]) {
        primitive(sign * reach, values)
        for (let i = 0; i < points; i++) {
          const weight = sign > 0 ? sumTo[from[i]!]! : sumTo[size]! - sumTo[to[i]!]!
          for (let k = 0; k < wanted; k++) sums[k * points + i]! += weight * values[k]!
        }
      }
    }
    if (lattice) {
      for (let d = 0; d < distances; d++) {
        primitive((lowest + d) * step, values)
        for (let k = 0; k < wanted; k++) table[k * distances + d] = values[k]!
      }
      for (let k = 0; k < wanted; k++) {
        for (let i = 0; i < points; i++) {
          const start = k * distances + at[i]! - lowest
          let sum = 0
          for (let j = from[i]!; j < to[i]!; j++) sum += weights[j]! * table[start - j]!
          sums[k * points + i]! += sum
        }
      }
    } else {
      for (let i = 0; i < points; i++) {
        for (let j = from[i]!; j < to[i]!; j++) {
          primitive(edges[i]! - first - j * step, values)
          for (let k = 0; k < wanted; k++) sums[k * points + i]! += weights[j]! * values[k]!
        }
      }
    }
    const bins = points - 1
    for (let i = 0; i < bins; i++) contents[i] = sums[i + 1]! - sums[i]!
    if (slopes === null) return
    for (let k = 0; k < count; k++) {
      const row = (k + 1) * points
      for (let i = 0; i < bins; i++) slopes[k * bins + i] = sums[row + i + 1]! - sums[row + i]!
    }
  }
}
