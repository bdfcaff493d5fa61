/** A line (Breit-Wigner, template) convolved with a kernel whose antiderivative is known: the antiderivative of the convolution
 *  at x is Σ w_j C(x - y_j) over the line's nodes. On a common lattice of edges and nodes the kernel is evaluated once for each
 *  distance. */
import { VectorProducts } from '../products.js'
import { onLattice } from './lattice.js'
import { differences, type Primitive } from './primitive.js'
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
  // where there is no lattice every edge has distances of its own
  const distances = lattice
    ? [Float64Array.from({ length: highest - lowest + 1 }, (_, d) => (lowest + d) * step)]
    : Array.from(edges, (x, i) =>
        Float64Array.from({ length: to[i]! - from[i]! }, (_, j) => x - first - (to[i]! - 1 - j) * step),
      )
  // a sum over w[j]·kernel(x - j) runs along the table where the weights are reversed
  const backwards = weights.slice().reverse()
  const products = distances.map(own => new VectorProducts(size, own.length, count + 1))
  const ends = Float64Array.of(-reach, reach)
  const atEnds = new Float64Array((count + 1) * 2)
  const sums = new Float64Array((count + 1) * points)
  return (parameters, contents, slopes) => {
    const primitive = kernel(parameters)
    const columns = slopes === null ? 1 : count + 1
    sums.fill(0)
    if (reach < Infinity) {
      primitive(ends, atEnds)
      for (let k = 0; k < columns; k++) {
        for (let i = 0; i < points; i++) {
          const passed = sumTo[from[i]!]! * atEnds[2 * k + 1]!
          sums[k * points + i] = passed + (sumTo[size]! - sumTo[to[i]!]!) * atEnds[2 * k]!
        }
      }
    }
    for (let i = 0; i < points; i++) {
      const own = lattice ? 0 : i
      const { columns: table, vector, sums: found, run } = products[own]!
      if (i === 0 || !lattice) {
        primitive(distances[own]!, table)
        vector.set(backwards)
      }
      const row = lattice ? at[i]! - lowest - to[i]! + 1 : 0
      run(size - to[i]!, row, to[i]! - from[i]!, columns)
      for (let k = 0; k < columns; k++) sums[k * points + i]! += found[k]!
    }
    differences(sums, count, contents, slopes)
  }
}
