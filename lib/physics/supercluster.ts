/** Supercluster eta of photons in files that lack it (before NanoAODv13): the photon's eta, which points from the primary
 *  vertex, turned into that of its place in the calorimeter as seen from the detector's centre. Formulas as in the
 *  reference's calculate_photon_SC_eta, which has them from GbbMET's Analyzer.h. */

/** Distances from the centre in cm: of the barrel's front face to the beam line, of the endcaps' along it. */
const BARREL_RADIUS = 130
const ENDCAP_Z = 310

/** Photons of n events: event e owns elements offsets[e] up to offsets[e + 1]. The flags are 0 or 1. */
export interface PhotonDirections {
  readonly offsets: Int32Array
  readonly eta: ArrayLike<number>
  readonly phi: ArrayLike<number>
  readonly isScEtaEB: ArrayLike<number>
  readonly isScEtaEE: ArrayLike<number>
}

/** The primary vertex of each event, in cm. */
export interface Vertices {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly z: ArrayLike<number>
}

/** Supercluster eta of each photon, Float64Array[nPhotons]. Photons in neither the barrel nor an endcap keep their eta, up to
 *  rounding; both flags: the endcap counts. NaN in, NaN out. One pass, no allocation but the result. */
export function photonSuperclusterEta(photons: PhotonDirections, vertices: Vertices): Float64Array {
  const { offsets, eta, phi, isScEtaEB, isScEtaEE } = photons
  const nEvents = offsets.length - 1
  const out = new Float64Array(offsets[nEvents]!)
  for (let e = 0; e < nEvents; e++) {
    const x = vertices.x[e]!
    const y = vertices.y[e]!
    const z = vertices.z[e]!
    for (let i = offsets[e]!; i < offsets[e + 1]!; i++) {
      const tanTheta = tangentOfTheta(eta[i]!)
      let tangent = tanTheta
      if (isScEtaEE[i]! !== 0) tangent = endcapTangent(tanTheta, eta[i]!, phi[i]!, x, y, z)
      else if (isScEtaEB[i]! !== 0) tangent = barrelTangent(tanTheta, phi[i]!, x, y, z)
      const theta = Math.atan(tangent)
      out[i] = -Math.log(Math.tan((theta < 0 ? Math.PI + theta : theta) / 2))
    }
  }
  return out
}

/** tan(theta) from u = tan(theta / 2). u is a float32 in the reference, and 1 for |eta| below 6e-8: infinity is avoided. */
function tangentOfTheta(eta: number): number {
  const rounded = Math.fround(Math.exp(-eta))
  const u = rounded === 1 ? 1 - 1e-10 : rounded
  return (2 * u) / (1 - u * u)
}

/** tan(theta) of the point where the photon, flying from (x, y, z), reaches the barrel. */
function barrelTangent(tanTheta: number, phi: number, x: number, y: number, z: number): number {
  const rho = Math.hypot(x, y)
  const alpha = vertexAngle(x, y) + Math.PI - phi
  const beta = Math.abs(Math.asin((rho / BARREL_RADIUS) * Math.sin(alpha)))
  const gamma = Math.PI / 2 - alpha - beta
  const length = Math.sqrt(BARREL_RADIUS * BARREL_RADIUS + rho * rho - 2 * BARREL_RADIUS * rho * Math.cos(gamma))
  return BARREL_RADIUS / (z + length / tanTheta)
}

/** tan(theta) of the point where the photon, flying from (x, y, z), reaches the endcap on its side. */
function endcapTangent(tanTheta: number, eta: number, phi: number, x: number, y: number, z: number): number {
  const faceZ = eta > 0 ? ENDCAP_Z : -ENDCAP_Z
  const r = (faceZ - z) * tanTheta
  return Math.hypot(x + r * Math.cos(phi), y + r * Math.sin(phi)) / faceZ
}

/** Direction of the vertex in the transverse plane, in (-pi/2, 3 pi/2). */
function vertexAngle(x: number, y: number): number {
  if (x > 0) return Math.atan(y / x)
  if (x < 0) return Math.PI + Math.atan(y / x)
  return y < 0 ? -Math.PI / 2 : Math.PI / 2
}
