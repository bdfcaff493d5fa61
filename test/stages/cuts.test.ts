import { test } from 'uvu'
import { passLeptonCuts } from '../../lib/stages/cut-leptons.js'
import { inWindow } from '../../lib/stages/cut-mass.js'
import { sameValues } from '../support/columns.js'

const cuts = { pt: 35, absEta: 2.5, avoidEcalTransition: false, cutBased: null }
const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i)

test('pt and |eta| cuts are strict, and NaN fails', () => {
  const pt = Float32Array.of(35, 35.1, 40, 40, Number.NaN)
  const eta = Float32Array.of(0, 0, 2.5, -2.4, 0)
  sameValues(passLeptonCuts(all(5), pt, eta, null, cuts), [0, 1, 0, 1, 0])
})

test('a bound is rounded to float32 before it is compared', () => {
  // float32(0.1) is above 0.1: compared in double precision, this pt would pass.
  sameValues(passLeptonCuts(all(1), Float32Array.of(0.1), Float32Array.of(0), null, { ...cuts, pt: 0.1 }), [0])
})

test('bounds stay as they are next to an eta in double precision', () => {
  // float32(1.4442) is above 1.4442, float32(1.566) below 1.566.
  const eta = Float64Array.of(1.44420002, 1.4442, 1.44419999, 1.56599999, 1.56600001)
  const pt = Float32Array.of(50, 50, 50, 50, 50)
  sameValues(passLeptonCuts(all(5), pt, eta, null, { ...cuts, avoidEcalTransition: true }), [0, 0, 1, 0, 1])
})

test('the gap keeps what is below 1.4442 or above 1.566, edges excluded', () => {
  const eta = Float32Array.of(1.4442, 1.444, -1.5, 1.566, 1.567)
  const pt = Float32Array.of(50, 50, 50, 50, 50)
  sameValues(passLeptonCuts(all(5), pt, eta, null, { ...cuts, avoidEcalTransition: true }), [0, 1, 0, 0, 1])
})

test('cutBased is a lower limit', () => {
  const pt = Float32Array.of(50, 50)
  const eta = Float32Array.of(0, 0)
  sameValues(passLeptonCuts(all(2), pt, eta, Uint8Array.of(3, 4), { ...cuts, cutBased: 4 }), [0, 1])
})

test('a mass window drops a pair exactly on an edge', () => {
  sameValues(inWindow(Float32Array.of(50, 50.01, 129.99, 130), { kind: 'range', lo: 50, hi: 130 }), [0, 1, 1, 0])
  sameValues(inWindow(Float32Array.of(91.1876, 61.18, 61.2, 121.2), { kind: 'window', halfWidth: 30 }), [1, 0, 1, 0])
})

test('masses in double precision are compared in double precision', () => {
  // Between 50 and float32's next number above: as float32 it would be 50.
  sameValues(inWindow(Float64Array.of(50.000001, 50), { kind: 'range', lo: 50, hi: 130 }), [1, 0])
  sameValues(inWindow(Float32Array.of(50.000001, 50), { kind: 'range', lo: 50, hi: 130 }), [0, 0])
  sameValues(inWindow(Float64Array.of(101.1875999, 101.1876001), { kind: 'window', halfWidth: 10 }), [1, 0])
})

test.run()
