/** A line (Breit-Wigner, template) convolved with a kernel whose antiderivative is known: the antiderivative of the convolution
 *  at x is Σ w_j C(x - y_j) over the line's nodes. On a common lattice of edges and nodes the kernel is evaluated once for each
 *  distance. */
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
        Float64Array.from({ length: to[i]! - from[i]! }, (_, j) => x - first - (from[i]! + j) * step),
      )
  const table = new Float64Array((count + 1) * Math.max(...distances.map(each => each.length)))
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
    if (lattice) {
      const [all] = distances
      primitive(all!, table)
      for (let k = 0; k < columns; k++) {
        for (let i = 0; i < points; i++) {
          const start = k * all!.length + at[i]! - lowest
          sums[k * points + i]! += backwards(weights, from[i]!, to[i]!, table, start)
        }
      }
    } else {
      for (let i = 0; i < points; i++) {
        const own = distances[i]!
        primitive(own, table)
        for (let k = 0; k < columns; k++) {
          let sum = 0
          for (let j = 0; j < own.length; j++) sum += weights[from[i]! + j]! * table[k * own.length + j]!
          sums[k * points + i]! += sum
        }
      }
    }
    differences(sums, count, contents, slopes)
  }
}

/** Σ weights[j] table[start - j], j from `from` to before `to`, in four sums that do not wait for one another. */
function backwards(weights: Float64Array, from: number, to: number, table: Float64Array, start: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let j = from
  for (; j + 3 < to; j += 4) {
    s0 += weights[j]! * table[start - j]!
    s1 += weights[j + 1]! * table[start - j - 1]!
    s2 += weights[j + 2]! * table[start - j - 2]!
    s3 += weights[j + 3]! * table[start - j - 3]!
  }
  for (; j < to; j++) s0 += weights[j]! * table[start - j]!
  return s0 + s1 + (s2 + s3)
}
