/** The two sides of Crystal Ball functions in units of their widths, from the peak outwards: core exp(-t²/2), beyond alpha a tail.
 *  Integrals from the peak with their derivatives; used by `dcb`, `cbg`, `cbexgauss` and the convolutions. */
import { erf, erfcAndBell } from '../special/erf.js'

const HALF_ROOT = Math.sqrt(Math.PI / 2)

/** A tail that begins at a distance of alpha. */
export interface Tail {
  readonly alpha: number
  /** The density at the joint, exp(-alpha²/2). */
  readonly top: number
  /** Writes density and integral from the joint for a depth >= 0 to place i of `out`, and the integral's derivatives at a fixed
   *  position (the depth shrinks as alpha grows). */
  at(depth: number, i: number, out: Sides): void
}

/** Of a side that is a Gaussian to its end. */
export const NO_TAIL: Tail = { alpha: Infinity, top: 0, at: () => undefined }

const turn = { erfc: 0, bell: 0 }

/** Distances t from the peak in widths, negative on the left; the density there, its integral from the peak outwards, and the
 *  integral's derivatives by alpha and n. Holds work space, which grows to what is asked for. */
export class Sides {
  t = new Float64Array(0)
  density = new Float64Array(0)
  integral = new Float64Array(0)
  byAlpha = new Float64Array(0)
  byN = new Float64Array(0)

  reserve(count: number): void {
    if (this.t.length >= count) return
    this.t = new Float64Array(count)
    this.density = new Float64Array(count)
    this.integral = new Float64Array(count)
    this.byAlpha = new Float64Array(count)
    this.byN = new Float64Array(count)
  }

  /** Fills in what belongs to the first `count` distances. */
  fill(count: number, left: Tail, right: Tail): void {
    const { t, density, integral, byAlpha, byN } = this
    const leftCore = HALF_ROOT * erf(left.alpha * Math.SQRT1_2)
    const rightCore = HALF_ROOT * erf(right.alpha * Math.SQRT1_2)
    for (let i = 0; i < count; i++) {
      const isLeft = t[i]! < 0
      const distance = Math.abs(t[i]!)
      const depth = distance - (isLeft ? left.alpha : right.alpha)
      if (depth > 0) {
        if (isLeft) left.at(depth, i, this)
        else right.at(depth, i, this)
        integral[i]! += isLeft ? leftCore : rightCore
        // the joint moves with alpha: what the core gains is its density there
        byAlpha[i]! += isLeft ? left.top : right.top
      } else {
        erfcAndBell(distance * Math.SQRT1_2, turn)
        density[i] = turn.bell
        integral[i] = HALF_ROOT * (1 - turn.erfc)
        byAlpha[i] = 0
        byN[i] = 0
      }
    }
  }
}
