/** The node `hashprng`: a random number that the inputs decide. Their bits are hashed (XXH64) into the seed of a generator
 *  (PCG32), as correctionlib does, so the same event gets the same number everywhere. */
import { own } from '../../core/own.js'
import type { Lane, NumberLane } from './lanes.js'
import type { Node } from './node.js'
import { Pcg32 } from './pcg32.js'
import { type NodeReader, show } from './reader.js'
import { Uint64 } from './uint64.js'
import { hashWords } from './xxhash64.js'

type Distribution = (generator: Pcg32) => number

/** The distributions by name. The bits are correctionlib's; the logarithm behind the normal ones is rounded
 *  differently from one C library to another, and so may be the last two bits of 3 in 100 of these numbers. */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = { stdflat: flat, stdnormal: standardNormal, normal }

export function compileHashPrng(node: NodeReader): Node {
  const inputs = node.list('inputs').map(name => node.input(name, ['int', 'real']))
  const name = node.text('distribution')
  const draw = own(DISTRIBUTIONS, name)
  if (draw === undefined) {
    throw node.fail(`"distribution" is ${show(name)}, wanted ${Object.keys(DISTRIBUTIONS).join(', ')}.`)
  }
  if (inputs.length === 0) throw node.fail('"inputs" is empty, wanted at least one.')
  const types = inputs.map(i => node.scope.inputs[i]!.type)
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      const columns = inputs.map((input, i) => {
        const lane = lanes[input] as NumberLane
        if (types[i] === 'int') checkWhole(lane, rows, node, node.scope.inputs[input]!.name)
        return bitsOf(lane, types[i] === 'int')
      })
      const words = new Uint32Array(2 * inputs.length)
      const seed = new Uint64()
      const generator = new Pcg32()
      for (let k = 0; k < rows.length; k++) {
        const row = rows[k]!
        for (let i = 0; i < columns.length; i++) {
          words[2 * i] = columns[i]![2 * row]!
          words[2 * i + 1] = columns[i]![2 * row + 1]!
        }
        hashWords(words, seed)
        generator.seed(seed)
        out[row] = draw(generator)
      }
    },
  }
}

/** NaN and infinities are no integers. Throws DataError. */
function checkWhole({ values, wide }: NumberLane, rows: Int32Array, node: NodeReader, name: string): void {
  if (wide !== null) return
  for (let k = 0; k < rows.length; k++) {
    const x = values[rows[k]!]!
    if (!Number.isFinite(x)) throw node.fail(`input ${show(name)} is ${x}, wanted an integer.`)
  }
}

/** Low and high word of each number: of a double's bits, or of a 64-bit integer. */
function bitsOf({ values, wide }: NumberLane, isInt: boolean): Uint32Array {
  const bits = wide ?? (isInt ? BigInt64Array.from(values, x => (Number.isFinite(x) ? BigInt(x) : 0n)) : values)
  return new Uint32Array(bits.buffer, bits.byteOffset, 2 * bits.length)
}

/** In [0, 1): std::uniform_real_distribution of libstdc++, from 64 random bits. */
function flat(generator: Pcg32): number {
  const low = generator.next()
  const value = (low + generator.next() * 2 ** 32) / 2 ** 64
  return value < 1 ? value : 1 - 2 ** -53
}

/** std::normal_distribution of libstdc++: the polar method of Marsaglia, its second value. */
function standardNormal(generator: Pcg32): number {
  for (;;) {
    const x = 2 * flat(generator) - 1
    const y = 2 * flat(generator) - 1
    const square = x * x + y * y
    if (square <= 1 && square !== 0) return y * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** The polar method, its first value, from 32 random bits a coordinate. */
function normal(generator: Pcg32): number {
  for (;;) {
    const u = generator.next() * 2 ** -31 - 1
    const v = generator.next() * 2 ** -31 - 1
    const square = u * u + v * v
    if (square < 1 && square !== 0) return u * Math.sqrt((-2 * Math.log(square)) / square)
  }
}
