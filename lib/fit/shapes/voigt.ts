/** The Voigt profile V(x; sigma, gamma): a Lorentzian of half width gamma convolved with a Gaussian of width sigma, area 1.
 *  V = Re w(z)/(sigma √(2π)), z = (x + i gamma)/(sigma √2); its antiderivative is Re W(z)/√π (special/faddeeva.ts). */
import { type Faddeeva, faddeeva } from '../special/faddeeva.js'

/** Antiderivative at a distance from the centre, with derivatives. */
export interface Voigt {
  density: number
  integral: number
  bySigma: number
  byGamma: number
}

const ROOT_PI = Math.sqrt(Math.PI)
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)
const w: Faddeeva = { wRe: 0, wIm: 0, integralRe: 0 }

/** Fills `out` for distance x from the centre. Widths count without their sign; a sigma of 0 is taken as 1e-6 gamma. */
export function voigt(x: number, sigma: number, gamma: number, out: Voigt): void {
  const g = Math.abs(gamma)
  const s = Math.max(Math.abs(sigma), 1e-6 * g, 1e-12)
  const scale = 1 / (s * Math.SQRT2)
  faddeeva(x * scale, g * scale, w)
  out.density = w.wRe / (s * ROOT_TWO_PI)
  out.integral = w.integralRe / ROOT_PI
  out.byGamma = -w.wIm / (s * ROOT_TWO_PI)
  // dz/dsigma = -z/sigma
  out.bySigma = -(w.wRe * x * scale - w.wIm * g * scale) / (s * ROOT_PI)
}
