import { test } from 'uvu'
import { pairMass } from '../../lib/physics/pair-mass.js'
import { close } from '../support/columns.js'

const two = (pt: number[], eta: number[], phi: number[], mass: number[] | null) => ({
  pt: Float32Array.from(pt),
  eta: Float32Array.from(eta),
  phi: Float32Array.from(phi),
  mass: mass === null ? null : Float32Array.from(mass),
})

test('two back-to-back massless leptons of 45 GeV make 90 GeV', () => {
  const v = two([45, 45], [0, 0], [0, Math.PI], null)
  close(pairMass(v, Int32Array.of(0), v, Int32Array.of(1))[0]!, 90, 1e-6)
})

test('the mass of massless leptons is sqrt(2 pt pt (cosh(delta eta) - cos(delta phi)))', () => {
  const v = two([50, 30], [1.2, -0.4], [0.3, 2.4], null)
  const want = Math.sqrt(2 * 50 * 30 * (Math.cosh(1.6) - Math.cos(2.1)))
  close(pairMass(v, Int32Array.of(1), v, Int32Array.of(0))[0]!, want, 1e-6)
})

test('leptons with mass add it; a negative mass counts as negative mass squared', () => {
  const heavy = two([10, 10], [0, 0], [0, Math.PI], [5, 5])
  close(pairMass(heavy, Int32Array.of(0), heavy, Int32Array.of(1))[0]!, 2 * Math.sqrt(125), 1e-6)
  const odd = two([10, 10], [0, 0], [0, Math.PI], [-5, -5])
  close(pairMass(odd, Int32Array.of(0), odd, Int32Array.of(1))[0]!, 2 * Math.sqrt(75), 1e-6)
})

test('no pairs give no masses', () => {
  const v = two([], [], [], [])
  close(pairMass(v, new Int32Array(0), v, new Int32Array(0)).length, 0)
})

test.run()
