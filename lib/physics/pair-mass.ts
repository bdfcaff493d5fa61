/** Invariant mass of tag plus probe. Formulas as in scikit-hep vector for (pt, eta, phi, mass) coordinates, which the
 *  reference uses; evaluated in float64 from the float32 inputs and stored as float32. */

export interface Momenta {
  readonly pt: Float32Array
  readonly eta: Float32Array
  readonly phi: Float32Array
  /** null: massless. */
  readonly mass: Float32Array | null
}

/** Masses in GeV, Float32Array[nPairs]; negative for a space-like sum. tag, probe: Int32Array[nPairs], positions in `tags`
 *  and `probes`. One pass, no allocation but the result. */
export function pairMass(tags: Momenta, tag: Int32Array, probes: Momenta, probe: Int32Array): Float32Array {
  const n = tag.length
  const out = new Float32Array(n)
  for (let k = 0; k < n; k++) {
    const i = tag[k]!
    const j = probe[k]!
    const ptA = tags.pt[i]!
    const ptB = probes.pt[j]!
    const x = ptA * Math.cos(tags.phi[i]!) + ptB * Math.cos(probes.phi[j]!)
    const y = ptA * Math.sin(tags.phi[i]!) + ptB * Math.sin(probes.phi[j]!)
    const z = ptA * Math.sinh(tags.eta[i]!) + ptB * Math.sinh(probes.eta[j]!)
    const t = energy(ptA, tags.eta[i]!, tags.mass === null ? 0 : tags.mass[i]!)
    const e = t + energy(ptB, probes.eta[j]!, probes.mass === null ? 0 : probes.mass[j]!)
    const s = e * e - (x * x + y * y + z * z)
    out[k] = s < 0 ? -Math.sqrt(-s) : Math.sqrt(s)
  }
  return out
}

/** sqrt(pt^2 cosh^2(eta) + m |m|), clipped at 0, in GeV. */
function energy(pt: number, eta: number, mass: number): number {
  const p = pt * Math.cosh(eta)
  return Math.sqrt(Math.max(p * p + mass * Math.abs(mass), 0))
}
