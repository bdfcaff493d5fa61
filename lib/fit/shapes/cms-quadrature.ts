/** Gauss-Legendre quadrature of `cms` over bins: 2 to 4 nodes in pieces of at most 0.5/beta, relative error below 2e-7. */
import { scaledErfc } from '../special/erf.js'
import { exp } from '../special/exp.js'
import { gaussLegendre } from '../special/gauss-legendre.js'

/** Pieces of a bin, at most: a turn-on that is sharper than a thousandth of a bin is a step. */
const MOST_PIECES = 1000
/** Sets of nodes that are kept, and the change within a bin above which one set alone is: it has very many. */
const MOST_KNOWN = 8
const SHARP = 4
/** Bins in a row whose exponentials are made from one another: more would cost digits. */
const RUN = 32
/** Distances from alpha, in 1/beta, at which a bell is not yet lost in the smallest numbers. */
const NOT_TINY = 26

/** Nodes in all bins, those of bin i from start[i], with work space for each. */
class Nodes {
  readonly start: Int32Array
  readonly x: Float64Array
  readonly weight: Float64Array
  readonly fall: Float64Array
  readonly bell: Float64Array
  readonly turn: Float64Array

  /** `change`: width of the widest bin in units of the shape's scale. */
  constructor(edges: Float64Array, widest: number, change: number) {
    this.start = new Int32Array(edges.length)
    const x: number[] = []
    const weight: number[] = []
    for (let i = 0; i < edges.length - 1; i++) {
      const width = edges[i + 1]! - edges[i]!
      const own = change * (width / widest)
      const { nodes, weights } = gaussLegendre(own <= 0.1 ? 2 : own <= 0.2 ? 3 : 4)
      const pieces = Math.min(Math.ceil(2 * own) || 1, MOST_PIECES)
      const half = width / pieces / 2
      for (let piece = 0; piece < pieces; piece++) {
        for (let k = 0; k < nodes.length; k++) {
          x.push(edges[i]! + (2 * piece + 1 + nodes[k]!) * half)
          weight.push(weights[k]! * half)
        }
      }
      this.start[i + 1] = x.length
    }
    this.x = Float64Array.from(x)
    this.weight = Float64Array.from(weight)
    this.fall = new Float64Array(x.length)
    this.bell = new Float64Array(x.length)
    this.turn = new Float64Array(x.length)
  }
}

/** The quadrature over one set of edges: the weighted falls exp(-gamma·x), and bells and turn-ons of (alpha - x)·beta at its nodes. */
export class CmsQuadrature {
  readonly #edges: Float64Array
  readonly #widest: number
  readonly #regular: boolean
  readonly #known = new Map<number, Nodes>()

  constructor(edges: Float64Array) {
    this.#edges = edges
    const widths = edges.subarray(1).map((edge, i) => edge - edges[i]!)
    this.#widest = Math.max(...widths)
    this.#regular = widths.every(width => Math.abs(width / this.#widest - 1) < 1e-12)
  }

  at(alpha: number, beta: number, gamma: number, origin: number): Nodes {
    const nodes = this.#nodes(Math.max(Math.abs(beta), Math.abs(gamma) / 2) * this.#widest)
    this.#exponentials(nodes, alpha, beta, gamma, origin)
    const { x, bell, turn } = nodes
    for (let j = 0; j < x.length; j++) {
      const u = (alpha - x[j]!) * beta
      const tail = scaledErfc(Math.abs(u)) * bell[j]!
      turn[j] = u > 0 ? tail : 2 - tail
    }
    return nodes
  }

  /** Enough nodes for a change within the widest bin. */
  #nodes(change: number): Nodes {
    const most = change <= 0.1 ? 0.1 : change <= 0.2 ? 0.2 : Math.min(Math.ceil(2 * change), MOST_PIECES) / 2
    let nodes = this.#known.get(most)
    if (nodes === undefined) {
      if (this.#known.size >= MOST_KNOWN || most > SHARP) this.#known.clear()
      nodes = new Nodes(this.#edges, this.#widest, most)
      this.#known.set(most, nodes)
    }
    return nodes
  }

  #exponentials({ x, weight, fall, bell }: Nodes, alpha: number, beta: number, gamma: number, origin: number): void {
    const edges = this.#edges
    const bins = edges.length - 1
    const count = x.length
    const farthest = Math.max(Math.abs(alpha - edges[0]!), Math.abs(alpha - edges[bins]!)) * Math.abs(beta)
    if (!this.#regular || !(farthest < NOT_TINY)) {
      for (let j = 0; j < count; j++) {
        const u = (alpha - x[j]!) * beta
        bell[j] = exp(-u * u)
        fall[j] = weight[j]! * exp(-gamma * (x[j]! - origin))
      }
      return
    }
    // from bin to bin u is less by the same step, so that the fall changes by a factor and the bell by one that changes by a factor
    const perBin = count / bins
    const step = beta * this.#widest
    const byBin = exp(-gamma * this.#widest)
    const bend = exp(-2 * step * step)
    for (let first = 0; first < count; first += RUN * perBin) {
      const end = Math.min(first + RUN * perBin, count)
      for (let k = first; k < first + perBin; k++) {
        const u = (alpha - x[k]!) * beta
        let height = exp(-u * u)
        let factor = exp((2 * u - step) * step)
        let falling = weight[k]! * exp(-gamma * (x[k]! - origin))
        for (let j = k; j < end; j += perBin) {
          bell[j] = height
          fall[j] = falling
          height *= factor
          factor *= bend
          falling *= byBin
        }
      }
    }
  }
}
