/** Small functions that keep their digits where the plain formulas cancel. */

/** (1 - exp(-z))/z, which is 1 at z = 0. */
export function phi(z: number): number {
  return Math.abs(z) < 1e-8 ? 1 - z / 2 : -Math.expm1(-z) / z
}

/** Derivative of phi: (exp(-z)(1 + z) - 1)/z². */
export function phiSlope(z: number): number {
  if (Math.abs(z) < 0.02) return -1 / 2 + z / 3 - (z * z) / 8 + (z * z * z) / 30 - (z * z * z * z) / 144
  return (Math.exp(-z) - phi(z)) / z
}
