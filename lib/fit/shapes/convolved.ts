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

/** Bins of the convolution. `kernel(parameters)` gives the kernel's antiderivative with its `count` derivatives. */
export function convolved(
  edges: Float64Array,
  nodes: Nodes,
  count: number,
  kernel: (parameters: ArrayLike<number>) => Primitive,
): BinnedShape {
  const bins = edges.length - 1
  const { first, step, weights } = nodes
  const size = weights.length
  const lattice = onLattice(edges, first, step)
  const at = Int32Array.from(edges, x => Math.round((x - first) / step))
  // distances at[i] - j, from the lowest edge and the last node to the highest edge and the first
  const lowest = at[0]! - (size - 1)
  const distances = at[bins]! - lowest + 1
  const table = new Float64Array(lattice ? (count + 1) * distances : 0)
  const values = new Float64Array(count + 1)
  const sums = new Float64Array((count + 1) * (bins + 1))
  return (parameters, contents, slopes) => {
    const primitive = kernel(parameters)
    const wanted = slopes === null ? 1 : count + 1
    if (lattice) {
      for (let d = 0; d < distances; d++) {
        primitive((lowest + d) * step, values)
        for (let k = 0; k < wanted; k++) table[k * distances + d] = values[k]!
      }
      for (let k = 0; k < wanted; k++) {
        for (let i = 0; i <= bins; i++) {
          const start = k * distances + at[i]! - lowest
          let sum = 0
          for (let j = 0; j < size; j++) sum += weights[j]! * table[start - j]!
          sums[k * (bins + 1) + i] = sum
        }
      }
    } else {
      sums.fill(0)
      for (let i = 0; i <= bins; i++) {
        for (let j = 0; j < size; j++) {
          primitive(edges[i]! - first - j * step, values)
          for (let k = 0; k < wanted; k++) sums[k * (bins + 1) + i]! += weights[j]! * values[k]!
        }
      }
    }
    for (let i = 0; i < bins; i++) contents[i] = sums[i + 1]! - sums[i]!
    if (slopes === null) return
    for (let k = 0; k < count; k++) {
      const row = (k + 1) * (bins + 1)
      for (let i = 0; i < bins; i++) slopes[k * bins + i] = sums[row + i + 1]! - sums[row + i]!
    }
  }
}
