/** Results come back from the journal as they went in. */
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { decodeBody, encodeBody } from '../../lib/run/body.js'

const LARGE = 3000

test('values of every kind, with arrays of every type, short and long, come back equal', () => {
  const numbers = (length: number) => Array.from({ length }, (_, i) => i * 1.5 - 7)
  const value = {
    none: null,
    missing: undefined,
    text: 'µ → e',
    big: 2n ** 60n,
    nan: Number.NaN,
    map: new Map<string, unknown>([['a', [1, { b: Float64Array.from(numbers(LARGE)) }]]]),
    arrays: [3, LARGE].flatMap(n => [
      ...[Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array].map(A => A.from(numbers(n))),
      ...[Float32Array, Float64Array].map(A => A.from(numbers(n))),
      ...[BigInt64Array, BigUint64Array].map(A => A.from(numbers(n).map(x => BigInt(Math.round(x))))),
    ]),
    empty: new Int32Array(0),
    view: new DataView(Uint8Array.of(1, 2, 3).buffer),
    // A part of a buffer, at an odd place.
    part: new Uint8Array(numbers(LARGE)).subarray(1, 2000),
  }
  const bytes = Buffer.concat(encodeBody(value))
  // At any place of a larger buffer, as it is read from a file.
  for (const before of [0, 1, 3]) {
    const inside = Buffer.concat([Buffer.alloc(before), bytes]).subarray(before)
    equal(decodeBody(inside), value)
  }
})

test('long arrays are not copied when they are written', () => {
  const values = Float64Array.from({ length: LARGE }, (_, i) => i)
  const pieces = encodeBody({ values })
  is(
    pieces.some(p => p.buffer === values.buffer),
    true,
  )
})

test.run()
