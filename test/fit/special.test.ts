/** Special functions against tabulated values and against one another. */
import { test } from 'uvu'
import { is, ok } from 'uvu/assert'
import { erf, erfc, erfcAndBell, scaledErfc } from '../../lib/fit/special/erf.js'
import { exp } from '../../lib/fit/special/exp.js'
import { faddeeva } from '../../lib/fit/special/faddeeva.js'
import { phi, phiSlope } from '../../lib/fit/special/functions.js'
import { gaussLegendre } from '../../lib/fit/special/gauss-legendre.js'
import { close } from './close.js'

test('erf and erfc: tabulated values, 15 digits', () => {
  // scipy.special
  for (const [x, value] of [
    [0.1, 0.1124629160182849],
    [0.4687, 0.49256818249964407],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497148],
    [2, 0.9953222650189527],
    [3.5, 0.9999992569016276],
  ] as const) {
    close(erf(x), value, 4e-16, `erf(${x})`)
    close(erf(-x), -value, 4e-16, `erf(-${x})`)
  }
  for (const [x, value] of [
    [0.5, 0.4795001221869535],
    [2, 0.004677734981047266],
    [5, 1.5374597944280347e-12],
    [10, 2.0884875837625446e-45],
    [-1, 1.8427007929497148],
  ] as const) {
    close(erfc(x), value, 1e-15, `erfc(${x})`)
    const at = { erfc: 0, bell: 0 }
    erfcAndBell(x, at)
    close(at.erfc, value, 1e-13, `fused erfc(${x})`)
    close(at.bell, Math.exp(-x * x), 1e-13, `bell(${x})`)
  }
})

test('exp: V8\u2019s own to 16 digits, from the smallest numbers to infinity', () => {
  for (let x = -750; x < 709; x += 0.37) close(exp(x), Math.exp(x), 6e-16, `exp(${x})`)
  for (const x of [0, -745.2, -746, 709.7, 710, Infinity, -Infinity]) is(exp(x), Math.exp(x), `exp(${x})`)
  ok(Number.isNaN(exp(NaN)))
})

test('erfc without its bell: no step between cells, nor where the series end', () => {
  for (let y = 0; y < 8; y += 0.00713) close(scaledErfc(y) * Math.exp(-y * y), erfc(y), 2e-14, `at ${y}`)
})

test('Gauss-Legendre: exact for polynomials of degree 2n - 1', () => {
  for (const count of [1, 2, 3, 4, 8, 32]) {
    const { nodes, weights } = gaussLegendre(count)
    for (let power = 0; power < 2 * count; power++) {
      const sum = nodes.reduce((total, x, k) => total + weights[k]! * x ** power, 0)
      ok(Math.abs(sum - (power % 2 === 0 ? 2 / (power + 1) : 0)) < 1e-14, `${count} nodes, x^${power}`)
    }
  }
})

test('phi and its derivative have no step where their series end', () => {
  for (const z of [-3, -0.0201, -0.0199, -1e-9, 0, 1e-9, 0.0199, 0.0201, 5]) {
    const plain = z === 0 ? 1 : -Math.expm1(-z) / z
    close(phi(z), plain, 1e-14, `phi(${z})`)
    close(phiSlope(z), (phi(z + 1e-5) - phi(z - 1e-5)) / 2e-5, 1e-8, `slope at ${z}`)
  }
})

test('Faddeeva function: tabulated values, erfcx on the imaginary axis, and the antiderivative', () => {
  const at = { wRe: 0, wIm: 0, integralRe: 0 }
  // scipy.special.wofz
  for (const [x, y, re, im] of [
    [0, 0, 1.0, 0.0],
    [1, 0, 0.36787944117144233, 0.6071577058413937],
    [1, 1, 0.30474420525691254, 0.2082189382028316],
    [5, 0.1, 0.0024069117169427286, 0.11519442455072851],
    [-2, 0.5, 0.10335882374136668, -0.28478588475009387],
    [0, 2, 0.2553956763105058, 0.0],
  ] as const) {
    faddeeva(x, y, at)
    ok(Math.abs(at.wRe - re) < 2e-12 && Math.abs(at.wIm - im) < 2e-12, `w(${x} + ${y}i) = ${at.wRe} + ${at.wIm}i`)
  }
  for (const [x, y] of [
    [0.3, 0.02],
    [-4, 0.5],
    [20, 3],
  ] as const) {
    const value = (at_: number): number => {
      faddeeva(at_, y, at)
      return at.integralRe
    }
    const slope = (value(x + 1e-4) - value(x - 1e-4)) / 2e-4
    faddeeva(x, y, at)
    close(slope, at.wRe, 1e-6, `dW/dz at ${x} + ${y}i`)
  }
})

test.run()
