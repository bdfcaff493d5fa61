/** The Faddeeva function w(z) = exp(-z²)·erfc(-iz) in the upper half plane and its antiderivative, for Voigt profiles.
 *
 *  J. A. C. Weideman, SIAM J. Numer. Anal. 31 (1994) 1497: with Z = (L + iz)/(L - iz),
 *  w(z) = 2 p(Z)/(L - iz)² + 1/(√π (L - iz)), p a polynomial. Since dZ/dz = 2iL/(L - iz)², its integral is closed as well:
 *  W(z) = P(Z)/(iL) + (i/√π) log(L - iz), with P the antiderivative of p. So a Voigt profile is integrated over bins without
 *  quadrature. */

const TERMS = 40
const L = Math.sqrt(TERMS / Math.SQRT2)
const ONE_OVER_SQRT_PI = 0.5641895835477563
const P = coefficients()
/** Those of its antiderivative. */
const INTEGRAL = P.map((c, k) => c / (k + 1))

/** Real and imaginary parts of w and of W (up to a constant), as `faddeeva` leaves them. */
export interface Faddeeva {
  wRe: number
  wIm: number
  integralRe: number
}

/** w(x + iy) and Re W(x + iy) for y >= 0, written into `out`. Absolute error below 1e-13. */
export function faddeeva(x: number, y: number, out: Faddeeva): void {
  // L - iz = (L + y) - ix; L + iz = (L - y) + ix
  const a = L + y
  const norm = 1 / (a * a + x * x)
  const invRe = a * norm
  const invIm = x * norm
  const zRe = (L - y) * invRe - x * invIm
  const zIm = (L - y) * invIm + x * invRe
  let pRe = 0
  let pIm = 0
  let sRe = 0
  let sIm = 0
  for (let k = TERMS - 1; k >= 0; k--) {
    const c = P[k]!
    const re = pRe * zRe - pIm * zIm + c
    pIm = pRe * zIm + pIm * zRe
    pRe = re
    const sum = sRe * zRe - sIm * zIm + INTEGRAL[k]!
    sIm = sRe * zIm + sIm * zRe
    sRe = sum
  }
  const inv2Re = invRe * invRe - invIm * invIm
  const inv2Im = 2 * invRe * invIm
  out.wRe = 2 * (pRe * inv2Re - pIm * inv2Im) + ONE_OVER_SQRT_PI * invRe
  out.wIm = 2 * (pRe * inv2Im + pIm * inv2Re) + ONE_OVER_SQRT_PI * invIm
  // P(Z)/(iL) has the real part Im(P)/L; (i/√π) log(L - iz) has -arg(L - iz)/√π = atan2(x, L + y)/√π
  out.integralRe = (sRe * zIm + sIm * zRe) / L + ONE_OVER_SQRT_PI * Math.atan2(x, a)
}

/** Weideman's coefficients of p, lowest power first: a Fourier transform of exp(-t²)(L² + t²), summed as it stands. */
function coefficients(): Float64Array {
  const points = 4 * TERMS
  const found = new Float64Array(TERMS)
  for (let k = 1; k <= TERMS; k++) {
    let sum = 0
    for (let j = -points / 2 + 1; j < points / 2; j++) {
      const theta = (2 * Math.PI * j) / points
      const t = L * Math.tan(theta / 2)
      sum += Math.exp(-t * t) * (L * L + t * t) * Math.cos(k * theta)
    }
    found[k - 1] = sum / points
  }
  return found
}
