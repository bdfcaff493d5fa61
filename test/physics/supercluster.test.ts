import { test } from 'uvu'
import { photonSuperclusterEta } from '../../lib/physics/supercluster.js'
import { close, sameValues } from '../support/columns.js'

type Photon = { eta: number; phi: number; part: 'barrel' | 'endcap' | 'neither' }

/** Supercluster eta of photons that all come from the vertex (x, y, z). */
function superclusterEta(photons: Photon[], [x, y, z]: [number, number, number]): Float64Array {
  return photonSuperclusterEta(
    {
      offsets: Int32Array.of(0, photons.length),
      eta: Float32Array.from(photons, p => p.eta),
      phi: Float32Array.from(photons, p => p.phi),
      isScEtaEB: Uint8Array.from(photons, p => Number(p.part === 'barrel')),
      isScEtaEE: Uint8Array.from(photons, p => Number(p.part === 'endcap')),
    },
    { x: Float32Array.of(x), y: Float32Array.of(y), z: Float32Array.of(z) },
  )
}

test('from the centre of the detector, eta stays as it is', () => {
  const got = superclusterEta(
    [
      { eta: 0.5, phi: 1, part: 'barrel' },
      { eta: -1.25, phi: -2, part: 'barrel' },
      { eta: 2, phi: 3, part: 'endcap' },
      { eta: -2.25, phi: 0, part: 'endcap' },
      { eta: 1.5, phi: 0, part: 'neither' },
    ],
    [0, 0, 0],
  )
  const want = [0.5, -1.25, 2, -2.25, 1.5]
  for (const [i, eta] of want.entries()) close(got[i]!, eta, 1e-6)
})

test('a photon at right angles to the beam, 13 cm along it, is at asinh(13 / 130)', () => {
  close(superclusterEta([{ eta: 0, phi: 0.7, part: 'barrel' }], [0, 0, 13])[0]!, Math.asinh(0.1), 1e-8)
  close(superclusterEta([{ eta: 0, phi: 0.7, part: 'barrel' }], [0, 0, -13])[0]!, -Math.asinh(0.1), 1e-8)
})

test('in the endcaps, the point is 310 cm along the beam, on the side that the photon flies to', () => {
  // From z = 10 at 45 degrees: 300 cm out at z = 310, and on the other side 320 cm out at z = -310.
  const eta = Math.asinh(1)
  const [forward, backward] = superclusterEta(
    [
      { eta, phi: 1, part: 'endcap' },
      { eta: -eta, phi: 1, part: 'endcap' },
    ],
    [0, 0, 10],
  )
  close(forward!, Math.asinh(310 / 300), 1e-6)
  close(backward!, -Math.asinh(310 / 320), 1e-6)
})

test('photons and vertices of several events agree with the reference, for vertices in every direction', () => {
  // eta, phi, barrel, endcap, x, y, z and what calculate_photon_SC_eta gives.
  const rows = [
    [0.5, 1.0, 1, 0, 0.01, 0.02, 3.0, 0.5203761957978573],
    [-1.2, -2.5, 1, 0, 0.01, 0.02, -5.5, -1.22307761180177],
    [1.9, 0.3, 0, 1, 0.01, 0.02, 3.0, 1.9091451727715725],
    [-2.2, 3.1, 0, 1, -0.1, 0.05, 7.0, -2.1768272705470784],
    [0.0, 0.7, 1, 0, -0.1, -0.05, 4.0, 0.030764377831039257],
    [0.0, 0.7, 0, 0, 0.0, -0.05, 4.0, 1.0000011930133957e-10],
    [1.5, 2.0, 0, 0, 0.0, 0.05, 4.0, 1.5000000381794287],
    [0.9, 2.0, 1, 0, 0.0, 0.05, 4.0, 0.921193495052434],
    [-0.7, 2.0, 1, 0, 0.0, -0.05, 4.0, -0.6754023444533972],
    [0.3, -1.0, 1, 0, 0.0, 0.0, -8.0, 0.24065228518808093],
  ]
  const column = (i: number) => Float32Array.from(rows, row => row[i]!)
  const got = photonSuperclusterEta(
    {
      offsets: Int32Array.from({ length: rows.length + 1 }, (_, e) => e),
      eta: column(0),
      phi: column(1),
      isScEtaEB: column(2),
      isScEtaEE: column(3),
    },
    { x: column(4), y: column(5), z: column(6) },
  )
  for (const [i, row] of rows.entries()) close(got[i]!, row[7]!, 0, 2e-7, `photon ${i}`)
})

test('events without photons are passed over, and NaN stays NaN', () => {
  const photons = { offsets: Int32Array.of(0, 0, 1, 1), eta: [NaN], phi: [0], isScEtaEB: [1], isScEtaEE: [0] }
  sameValues(photonSuperclusterEta(photons, { x: [0, 0, 0], y: [0, 0, 0], z: [1, 2, 3] }), [NaN])
  const none = { offsets: Int32Array.of(0), eta: [], phi: [], isScEtaEB: [], isScEtaEE: [] }
  sameValues(photonSuperclusterEta(none, { x: [], y: [], z: [] }), [])
})

test.run()
