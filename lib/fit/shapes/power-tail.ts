/** The power tail of Crystal Ball shapes, in units of the width.
 *
 *  At depth u beyond the joint alpha the density is f = exp(-α²/2)·(1 + αu/n)^(-n), which is the usual
 *  (n/α)^n exp(-α²/2)/(n/α - α + |t|)^n with t = α + u, written so that no large powers meet. Its integral from the joint is
 *  T = exp(-α²/2)·(n/α)·w·φ((n - 1)w), w = log(1 + αu/n), φ(z) = (1 - exp(-z))/z: one form for every n, 1 included. */
import { phi, phiSlope } from '../special/functions.js'

/** Density and integral of the tail with derivatives at fixed position t (so the depth shrinks as alpha grows). */
export interface Tail {
  density: number
  integral: number
  byAlpha: number
  byN: number
}

/** Fills `out` for depth u >= 0, alpha > 0, n > 0, top = exp(-α²/2). `byAlpha` and `byN` are derivatives of the integral from the joint at alpha
 *  to the fixed position u + alpha. */
export function powerTail(u: number, alpha: number, n: number, top: number, out: Tail): void {
  const x = (alpha * u) / n
  const w = Math.log1p(x)
  const z = (n - 1) * w
  // exp(-z) - 1, φ(z) and φ'(z) from one exponential; by their series where they cancel
  const less = Math.expm1(-z)
  const small = Math.abs(z) < 0.02
  const p = small ? phi(z) : -less / z
  const slope = small ? phiSlope(z) : (less + 1 - p) / z
  const scale = (top * n) / alpha
  const integral = scale * w * p
  // dT/dw at fixed n: scale·(φ + zφ') = scale·exp(-z)
  const byW = scale * (less + 1)
  const inside = 1 / (1 + x)
  out.density = top * (less + 1) * inside
  out.integral = integral
  out.byAlpha = integral * (-alpha - 1 / alpha) + (byW * u * inside) / n - out.density
  out.byN = integral / n - (byW * x * inside) / n + scale * w * w * slope
}
