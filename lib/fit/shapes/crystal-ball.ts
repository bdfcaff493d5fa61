/** Antiderivatives of Crystal Ball functions in t = (x - mu)/sigma, from the peak, with their derivatives: used by `dcb`, `cbg`
 *  and the convolutions. Core exp(-t²/2); power tails beyond -alphaL and alphaR (power-tail.ts). */
import { erf } from '../special/erf.js'
import { powerTail, type Tail } from './power-tail.js'

const HALF_ROOT = Math.sqrt(Math.PI / 2)
const tail: Tail = { density: 0, integral: 0, byAlpha: 0, byN: 0 }

/** Value of the density at t, its integral from 0 to t, and the integral's derivatives by the side's alpha and n. */
export interface CrystalBall {
  density: number
  integral: number
  byAlpha: number
  byN: number
}

/** Core and one tail beyond |t| > alpha, for t of either sign by mirroring: fills `out` with the integral from 0 to |t|. */
export function crystalBallSide(distance: number, alpha: number, n: number, out: CrystalBall): void {
  if (distance <= alpha) {
    out.density = Math.exp(-0.5 * distance * distance)
    out.integral = HALF_ROOT * erf(distance * Math.SQRT1_2)
    out.byAlpha = 0
    out.byN = 0
    return
  }
  powerTail(distance - alpha, alpha, n, tail)
  out.density = tail.density
  out.integral = HALF_ROOT * erf(alpha * Math.SQRT1_2) + tail.integral
  // the joint moves with alpha: what the core gains is its density there
  out.byAlpha = Math.exp(-0.5 * alpha * alpha) + tail.byAlpha
  out.byN = tail.byN
}

/** A Gaussian side without a tail. */
export function gaussianSide(distance: number, out: CrystalBall): void {
  out.density = Math.exp(-0.5 * distance * distance)
  out.integral = HALF_ROOT * erf(distance * Math.SQRT1_2)
  out.byAlpha = 0
  out.byN = 0
}
