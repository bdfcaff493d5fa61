import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { cos32, sin32 } from '../../lib/physics/float32-trig.js'
import { close } from '../support/columns.js'

/** x, np.sin(x), np.cos(x) in float32; in each line one of them is not the nearest float32. */
const NUMPY = [
  [-2.548872232437134, -0.558619499206543, -0.8294240236282349],
  [-2.1368396282196045, -0.8440295457839966, -0.5362967252731323],
  [1.47314453125, 0.9952358603477478, 0.09749666601419449],
  [-2.4261398315429688, -0.6559593081474304, -0.7547962665557861],
  [1.2322365045547485, 0.9432339668273926, 0.33212903141975403],
] as const

test('sines and cosines are those of numpy to the last bit', () => {
  for (const [x, sine, cosine] of NUMPY) {
    equal(sin32(x), sine)
    equal(cos32(x), cosine)
    equal(sin32(-x), -sine)
    equal(cos32(-x), cosine)
    ok(Math.fround(Math.sin(x)) !== sine || Math.fround(Math.cos(x)) !== cosine)
  }
})

test('multiples of pi / 2 are reduced exactly', () => {
  equal(sin32(0), 0)
  equal(cos32(0), 1)
  equal(sin32(Math.fround(Math.PI)), -8.742277657347586e-8)
  equal(cos32(Math.fround(Math.PI)), -1)
  equal(sin32(Math.fround(Math.PI / 2)), 1)
  equal(cos32(Math.fround(Math.PI / 2)), -4.371138828673793e-8)
})

test('they are off by less than two units in the last place, in every quadrant and far out', () => {
  for (let i = -400; i <= 400; i++) {
    for (const x of [i / 50, 1000 + i]) {
      const rounded = Math.fround(x)
      close(sin32(rounded), Math.sin(rounded), 0, 1.2e-7)
      close(cos32(rounded), Math.cos(rounded), 0, 1.2e-7)
    }
  }
})

test('NaN gives NaN', () => {
  ok(Number.isNaN(sin32(Number.NaN)))
  ok(Number.isNaN(cos32(Number.NaN)))
})

test.run()
