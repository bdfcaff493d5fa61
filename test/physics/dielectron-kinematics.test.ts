import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { dielectronKinematics } from '../../lib/physics/dielectron-kinematics.js'
import { close } from '../support/columns.js'

interface Electron {
  readonly pt: number
  readonly eta: number
  readonly phi: number
  readonly mass: number
}

function sum(lead: Electron, sublead: Electron) {
  const column = (field: keyof Electron) => Float32Array.of(lead[field], sublead[field])
  const electrons = { pt: column('pt'), eta: column('eta'), phi: column('phi'), mass: column('mass') }
  const { pt, eta, phi, mass, rapidity } = dielectronKinematics(electrons, Int32Array.of(0), Int32Array.of(1))
  return { pt: pt[0]!, eta: eta[0]!, phi: phi[0]!, mass: mass[0]!, rapidity: rapidity[0]! }
}

test('two electrons back to back with the same pt: all of their energy is mass', () => {
  const { pt, mass, rapidity } = sum({ pt: 45, eta: 1, phi: 0, mass: 0 }, { pt: 45, eta: -1, phi: Math.PI, mass: 0 })
  close(pt, 0, 0, 1e-5)
  close(mass, 90 * Math.cosh(1), 1e-6)
  close(rapidity, 0, 0, 1e-6)
})

test('two electrons in the same direction have no mass, and their own eta and phi', () => {
  const { pt, eta, phi, mass } = sum({ pt: 30, eta: 0.5, phi: 2, mass: 0 }, { pt: 10, eta: 0.5, phi: 2, mass: 0 })
  close(pt, 40, 1e-6)
  close(eta, 0.5, 1e-6)
  close(phi, 2, 1e-6)
  close(mass, 0, 0, 0.03) // the root of what rounding leaves of 45 GeV squared
})

test('masses of electrons count', () => {
  const { mass, rapidity } = sum({ pt: 3, eta: 0, phi: 1, mass: 4 }, { pt: 3, eta: 0, phi: 1, mass: 4 })
  close(mass, 8, 1e-6)
  close(rapidity, 0, 0, 1e-6)
})

test('rapidity of a boosted pair is that of its velocity along the beam', () => {
  const { mass, rapidity } = sum({ pt: 20, eta: 1.5, phi: 0, mass: 0 }, { pt: 20, eta: 1.5, phi: Math.PI, mass: 0 })
  close(mass, 40, 1e-5)
  close(rapidity, 1.5, 1e-5)
})

test('momenta that nearly cancel give the numbers of float32 arithmetic, as the reference does', () => {
  const lead = { pt: 34.75, eta: 0.7119140625, phi: 1.1337890625, mass: 0.0018768310546875 }
  const sublead = { pt: 34.65625, eta: -0.91943359375, phi: -2.009765625, mass: 0.007167816162109375 }
  const { pt, eta, phi, mass, rapidity } = sum(lead, sublead)
  equal(pt, 0.11586552113294601)
  close(eta, -5.117003917694092, 1e-6)
  close(phi, 1.7609456777572632, 1e-6)
  close(mass, 93.8038101196289, 1e-6)
  close(rapidity, -0.10285106301307678, 1e-6)
})

test('a sum at rest has eta 0, one along the beam infinite eta', () => {
  const along = (z: number): Electron => ({ pt: 0, eta: z, phi: 0, mass: 1 })
  equal(sum(along(0), along(0)).eta, 0)
  // pt 0 has no z either, so what is at rest stays at rest.
  equal(sum(along(2), along(-1)).eta, 0)
  ok(Number.isNaN(sum(along(Number.NaN), along(0)).eta))
})

test('no pairs give no values', () => {
  const none = new Float32Array(0)
  const empty = { pt: none, eta: none, phi: none, mass: none }
  equal(dielectronKinematics(empty, new Int32Array(0), new Int32Array(0)).mass.length, 0)
})

test.run()
