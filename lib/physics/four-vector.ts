/** Quantities of four-vectors given as (pt, eta, phi, mass), element by element, in float32 like the columns they are made of.
 *  Names as in scikit-hep vector. GeV and radians. */

/** Arrays of one length. */
export interface FourVectors {
  readonly pt: ArrayLike<number>
  readonly eta: ArrayLike<number>
  readonly phi: ArrayLike<number>
  readonly mass: ArrayLike<number>
}

type Quantity = (pt: number, eta: number, phi: number, mass: number) => number

const QUANTITIES: Readonly<Record<string, Quantity>> = {
  px: (pt, _eta, phi) => pt * Math.cos(phi),
  py: (pt, _eta, phi) => pt * Math.sin(phi),
  pz: (pt, eta) => pt * Math.sinh(eta),
  p: (pt, eta) => pt * Math.cosh(eta),
  rho: pt => pt,
  theta: (_pt, eta) => 2 * Math.atan(Math.exp(-eta)),
  energy: (pt, eta, _phi, mass) => energy(pt, eta, mass),
  mass: (_pt, _eta, _phi, mass) => mass,
  pt: pt => pt,
  eta: (_pt, eta) => eta,
  phi: (_pt, _eta, phi) => phi,
}

/** Names that `quantity` knows. */
export const QUANTITY_NAMES: readonly string[] = Object.keys(QUANTITIES)

export function quantity(name: string, v: FourVectors): Float32Array {
  const of = QUANTITIES[name]!
  const out = new Float32Array(v.pt.length)
  for (let k = 0; k < out.length; k++) out[k] = of(v.pt[k]!, v.eta[k]!, v.phi[k]!, v.mass[k]!)
  return out
}

function energy(pt: number, eta: number, mass: number): number {
  const p = pt * Math.cosh(eta)
  return Math.sqrt(Math.max(p * p + mass * Math.abs(mass), 0))
}

/** a + b, element by element. */
export function sumVectors(a: FourVectors, b: FourVectors): FourVectors {
  const n = a.pt.length
  const [pt, eta, phi, mass] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  for (let k = 0; k < n; k++) {
    const x = a.pt[k]! * Math.cos(a.phi[k]!) + b.pt[k]! * Math.cos(b.phi[k]!)
    const y = a.pt[k]! * Math.sin(a.phi[k]!) + b.pt[k]! * Math.sin(b.phi[k]!)
    const z = a.pt[k]! * Math.sinh(a.eta[k]!) + b.pt[k]! * Math.sinh(b.eta[k]!)
    const e = energy(a.pt[k]!, a.eta[k]!, a.mass[k]!) + energy(b.pt[k]!, b.eta[k]!, b.mass[k]!)
    const s = e * e - (x * x + y * y + z * z)
    pt[k] = Math.hypot(x, y)
    eta[k] = Math.asinh(z / pt[k]!)
    phi[k] = Math.atan2(y, x)
    mass[k] = Math.sign(s) * Math.sqrt(Math.abs(s))
  }
  return { pt, eta, phi, mass }
}
