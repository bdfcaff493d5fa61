/** The power tail of Crystal Ball shapes, in units of the width.
 *
 *  At depth u beyond the joint alpha the density is f = exp(-α²/2)·(1 + αu/n)^(-n), which is the usual
 *  (n/α)^n exp(-α²/2)/(n/α - α + |t|)^n with t = α + u, written so that no large powers meet. Its integral from the joint is
 *  T = exp(-α²/2)·(n/α)·w·φ((n - 1)w), w = log(1 + αu/n), φ(z) = (1 - exp(-z))/z: one form for every n, 1 included. */
import { exp } from '../special/exp.js'
import { phi, phiSlope } from '../special/functions.js'
import type { Sides, Tail } from './crystal-ball.js'

/** The tail for alpha > 0 and n > 0. */
export class PowerTail implements Tail {
  readonly alpha: number
  readonly top: number
  readonly #less: number
  readonly #perDepth: number
  readonly #perN: number
  readonly #ofJoint: number
  readonly #scale: number
  readonly #joints: number

  constructor(alpha: number, n: number) {
    this.alpha = alpha
    this.#less = n - 1
    this.#perDepth = alpha / n
    this.#perN = 1 / n
    this.top = Math.exp(-0.5 * alpha * alpha)
    this.#ofJoint = this.top / alpha
    this.#scale = this.#ofJoint * n
    this.#joints = -alpha - 1 / alpha
  }

  at(depth: number, i: number, out: Sides): void {
    const x = depth * this.#perDepth
    const w = Math.log1p(x)
    const z = this.#less * w
    // exp(-z), φ(z) and φ'(z) from one exponential; by their series where they cancel
    const power = exp(-z)
    const small = z < 0.02 && z > -0.02
    const inverse = 1 / z
    const p = small ? phi(z) : (1 - power) * inverse
    const slope = small ? phiSlope(z) : (power - p) * inverse
    const fall = power / (1 + x)
    const integral = this.#scale * w * p
    const density = this.top * fall
    // dT/dw at fixed n: scale·(φ + zφ') = scale·exp(-z)
    const byW = this.#ofJoint * fall
    out.density[i] = density
    out.integral[i] = integral
    out.byAlpha[i] = integral * this.#joints + byW * depth - density
    out.byN[i] = integral * this.#perN - byW * x + this.#scale * w * w * slope
  }
}
