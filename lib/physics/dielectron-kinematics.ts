/** Four-vector sums of two electrons, every step rounded to float32. Formulas, and the order of the operations, as in
 *  scikit-hep vector on float32 columns, which the reference uses: where the electrons' momenta nearly cancel, the result is
 *  mostly rounding, so agreeing with the reference takes rounding as it does. */
import { cos32, sin32 } from './float32-trig.js'

/** One value an electron: pt and mass in GeV, phi in radians. */
export interface Electrons {
  readonly pt: Float32Array
  readonly eta: Float32Array
  readonly phi: Float32Array
  readonly mass: Float32Array
}

/** One value a pair: pt and mass in GeV, phi in radians. */
export interface Dielectrons {
  readonly pt: Float32Array
  readonly eta: Float32Array
  readonly phi: Float32Array
  readonly mass: Float32Array
  readonly rapidity: Float32Array
}

const round = Math.fround

/** Kinematics of lead[k] + sublead[k], Float32Array[nPairs] each. A space-like sum has a negative mass. rapidity =
 *  ln((E + pz) / (E - pz)) / 2. lead, sublead: Int32Array[nPairs], positions of electrons. */
export function dielectronKinematics(electrons: Electrons, lead: Int32Array, sublead: Int32Array): Dielectrons {
  const n = lead.length
  const out = {
    pt: new Float32Array(n),
    eta: new Float32Array(n),
    phi: new Float32Array(n),
    mass: new Float32Array(n),
    rapidity: new Float32Array(n),
  }
  const a = new Float32Array(4)
  const b = new Float32Array(4)
  for (let k = 0; k < n; k++) {
    cartesian(electrons, lead[k]!, a)
    cartesian(electrons, sublead[k]!, b)
    const x = round(a[0]! + b[0]!)
    const y = round(a[1]! + b[1]!)
    const z = round(a[2]! + b[2]!)
    const t = round(a[3]! + b[3]!)
    const pt2 = round(round(x * x) + round(y * y))
    const mass2 = round(round(t * t) - round(pt2 + round(z * z)))
    out.pt[k] = Math.sqrt(pt2)
    out.eta[k] = pseudorapidity(z, out.pt[k]!)
    out.phi[k] = Math.atan2(y, x)
    out.mass[k] = mass2 < 0 ? -Math.sqrt(-mass2) : Math.sqrt(mass2)
    out.rapidity[k] = 0.5 * round(Math.log(round(round(t + z) / round(t - z))))
  }
  return out
}

/** x, y, z and t of electron i into `to`. */
function cartesian({ pt, eta, phi, mass }: Electrons, i: number, to: Float32Array): void {
  to[0] = pt[i]! * cos32(phi[i]!)
  to[1] = pt[i]! * sin32(phi[i]!)
  to[2] = pt[i]! * round(Math.sinh(eta[i]!))
  const u = round(Math.exp(-eta[i]!))
  const coshEta = round(round(0.5 * round(1 + round(u * u))) / u)
  const p2 = round(round(pt[i]! * pt[i]!) * round(coshEta * coshEta))
  const m2 = round(mass[i]! * Math.abs(mass[i]!))
  to[3] = Math.sqrt(Math.max(round(m2 + p2), 0))
}

/** asinh(z / pt); 0 for a sum at rest. */
function pseudorapidity(z: number, pt: number): number {
  return z === 0 && pt === 0 ? 0 : Math.asinh(round(z / pt))
}
