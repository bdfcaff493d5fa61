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
  const sameCollection = tags.pt === probes.pt
  for (let k = 0; k < n; k++) {
    const i = tag[k]!
    const j = probe[k]!
    // Where both leptons can be the tag, the pair comes in both orders, one after the other, with the same mass.
    if (sameCollection && k > 0 && probe[k - 1] === i && tag[k - 1] === j) {
      out[k] = out[k - 1]!
      continue
    }
    const ptA = tags.pt[i]!
    const ptB = probes.pt[j]!
    const x = ptA * Math.cos(tags.phi[i]!) + ptB * Math.cos(probes.phi[j]!)
    const y = ptA * Math.sin(tags.phi[i]!) + ptB * Math.sin(probes.phi[j]!)
    // One exponential gives sinh and cosh.
    const upA = Math.exp(tags.eta[i]!)
    const upB = Math.exp(probes.eta[j]!)
    const z = ptA * 0.5 * (upA - 1 / upA) + ptB * 0.5 * (upB - 1 / upB)
    const e =
      energy(ptA * 0.5 * (upA + 1 / upA), tags.mass === null ? 0 : tags.mass[i]!) +
      energy(ptB * 0.5 * (upB + 1 / upB), probes.mass === null ? 0 : probes.mass[j]!)
    const s = e * e - (x * x + y * y + z * z)
    out[k] = s < 0 ? -Math.sqrt(-s) : Math.sqrt(s)
  }
  return out
}

/** sqrt(p^2 + m |m|), clipped at 0, in GeV; p: the momentum. */
function energy(p: number, mass: number): number {
  return Math.sqrt(Math.max(p * p + mass * Math.abs(mass), 0))
}
