/** Angles between directions in (eta, phi). */

const TWO_PI = 2 * Math.PI

/** a - b wrapped to [-pi, pi): ((a - b + pi) mod 2 pi) - pi with a non-negative modulo. Radians. */
export function deltaPhi(a: number, b: number): number {
  let d = (a - b + Math.PI) % TWO_PI
  if (d < 0) d += TWO_PI
  return d - Math.PI
}

/** Squared delta R = delta eta^2 + delta phi^2, dimensionless. */
export function deltaR2(etaA: number, phiA: number, etaB: number, phiB: number): number {
  const eta = etaA - etaB
  const phi = deltaPhi(phiA, phiB)
  return eta * eta + phi * phi
}
