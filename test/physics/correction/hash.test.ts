/** The arithmetic behind hashprng, apart from correctionlib. Hashes: the xxhash package of Python. */
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { Pcg32 } from '../../../lib/physics/correction/pcg32.js'
import { Uint64 } from '../../../lib/physics/correction/uint64.js'
import { hashWords } from '../../../lib/physics/correction/xxhash64.js'

const WORDS = [0, 1, 2, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0x9e3779b1, 0xfffffffe, 0xffffffff]
const VALUES = WORDS.flatMap(high => WORDS.map(low => ({ register: new Uint64(high, low), value: big(high, low) })))

function big(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

function wholeOf({ high, low }: Uint64): bigint {
  return big(high, low)
}

test('sums, products and exclusive ors are those of 64-bit integers', () => {
  const work = new Uint64()
  for (const a of VALUES) {
    for (const b of VALUES) {
      is(wholeOf(work.copy(a.register).add(b.register)), BigInt.asUintN(64, a.value + b.value))
      is(wholeOf(work.copy(a.register).multiply(b.register)), BigInt.asUintN(64, a.value * b.value))
      is(wholeOf(work.copy(a.register).xor(b.register)), a.value ^ b.value)
    }
  }
})

test('rotations and shifts are those of 64-bit integers', () => {
  const work = new Uint64()
  for (const { register, value } of VALUES) {
    for (const bits of [1, 7, 12, 18, 27, 31]) {
      const rotated = (value << BigInt(bits)) | (value >> BigInt(64 - bits))
      is(wholeOf(work.copy(register).rotateLeft(bits)), BigInt.asUintN(64, rotated))
    }
    for (const bits of [1, 18, 29, 31, 32, 33, 63]) {
      is(wholeOf(work.copy(register).xorShiftRight(bits)), value ^ (value >> BigInt(bits)))
    }
  }
})

test('hashes are those of XXH64', () => {
  const hash = new Uint64()
  const hexOf = (inputs: readonly bigint[]) => {
    hashWords(new Uint32Array(BigUint64Array.from(inputs).buffer), hash)
    return wholeOf(hash).toString(16).padStart(16, '0')
  }
  is(hexOf([]), 'ef46db3751d8e999')
  is(hexOf([0n]), '34c96acdcadb1bbb')
  is(hexOf([1n, 2n, 3n, 4n, 5n]), 'bc50ebd6bc8fa148')
})

test('the generator starts as C++ pcg32_oneseq does, and starts again from the same seed', () => {
  const generator = new Pcg32()
  const draw = (seed: Uint64) => {
    generator.seed(seed)
    return [generator.next(), generator.next(), generator.next()]
  }
  const first = draw(new Uint64(0, 42))
  equal(first, reference(42n, 3))
  draw(new Uint64(1, 2))
  equal(draw(new Uint64(0, 42)), first)
})

/** PCG32 as in O'Neill's paper (section 6.3), with the default increment. */
function reference(seed: bigint, count: number): number[] {
  const step = (state: bigint) => BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
  let state = step(seed + 1442695040888963407n)
  return Array.from({ length: count }, () => {
    const word = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n))
    const turn = Number(state >> 59n)
    state = step(state)
    return ((word >>> turn) | (word << (-turn & 31))) >>> 0
  })
}

test.run()
