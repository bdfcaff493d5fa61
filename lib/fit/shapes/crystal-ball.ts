/** One side of a Crystal Ball function in units of its width, from the peak outwards: core exp(-t²/2), beyond alpha a power tail
 *  (power-tail.ts). Integrals from the peak with their derivatives; used by `dcb`, `cbg` and the convolutions. */
import { erf } from '../special/erf.js'
import { powerTail, type Tail } from './power-tail.js'

const HALF_ROOT = Math.sqrt(Math.PI / 2)

/** Density at a distance, its integral from 0 to there, and the integral's derivatives by alpha and n. */
export interface Side {
  density: number
  integral: number
  byAlpha: number
  byN: number
}

export const newSide = (): Side => ({ density: 0, integral: 0, byAlpha: 0, byN: 0 })

/** Fills `out` for a distance >= 0. */
export type SideFunction = (distance: number, out: Side) => void

/** A Gaussian side without a tail. */
export const gaussianSide: SideFunction = (distance, out) => {
  out.density = Math.exp(-0.5 * distance * distance)
  out.integral = HALF_ROOT * erf(distance * Math.SQRT1_2)
  out.byAlpha = 0
  out.byN = 0
}

/** A side with a tail, alpha > 0. `tail` fills in the tail at a depth beyond alpha, of exp(-α²/2) at the joint. */
export function tailedSide(alpha: number, tail: (depth: number, top: number, out: Tail) => void): SideFunction {
  const top = Math.exp(-0.5 * alpha * alpha)
  const core = HALF_ROOT * erf(alpha * Math.SQRT1_2)
  const at: Tail = { density: 0, integral: 0, byAlpha: 0, byN: 0 }
  return (distance, out) => {
    if (distance <= alpha) {
      gaussianSide(distance, out)
      return
    }
    tail(distance - alpha, top, at)
    out.density = at.density
    out.integral = core + at.integral
    // the joint moves with alpha: what the core gains is its density there
    out.byAlpha = top + at.byAlpha
    out.byN = at.byN
  }
}

/** A side with a power tail. */
export function crystalBallSide(alpha: number, n: number): SideFunction {
  return tailedSide(alpha, (depth, top, out) => powerTail(depth, alpha, n, top, out))
}
