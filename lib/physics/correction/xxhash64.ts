/** XXH64 (xxHash, version 0.8, seed 0) of whole 64-bit words. */
import { Uint64 } from './uint64.js'

type Constant = readonly [high: number, low: number]
const P1: Constant = [0x9e3779b1, 0x85ebca87]
const P2: Constant = [0xc2b2ae3d, 0x27d4eb4f]
const P3: Constant = [0x165667b1, 0x9e3779f9]
const P4: Constant = [0x85ebca77, 0xc2b2ae63]
const P5: Constant = [0x27d4eb2f, 0x165667c5]

/** P1 + P2, P2, 0, -P1. */
const STRIPE_STARTS: readonly Constant[] = [[0x60ea27ee, 0xadc0b5d6], P2, [0, 0], [0x61c8864e, 0x7a143579]]
const STRIPE_ROTATIONS = [1, 7, 12, 18] as const

const lane = new Uint64()
const product = new Uint64()
const stripe = STRIPE_STARTS.map(() => new Uint64())

/** Puts the hash of the inputs into `hash`. words: low and high word of each 64-bit input, in turn. */
export function hashWords(words: Uint32Array, hash: Uint64): void {
  const inputs = words.length >> 1
  const striped = inputs - (inputs % 4)
  hash.set(...P5)
  if (striped > 0) hashStripes(words, striped, hash)
  hash.add(0, 8 * inputs)
  for (let i = striped; i < inputs; i++) {
    round(lane.set(0, 0), words[2 * i + 1]!, words[2 * i]!)
    hash
      .xor(lane.high, lane.low)
      .rotateLeft(27)
      .multiply(...P1)
      .add(...P4)
  }
  hash
    .xorShiftRight(33)
    .multiply(...P2)
    .xorShiftRight(29)
    .multiply(...P3)
    .xorShiftRight(32)
}

/** The first `striped` inputs, by fours. */
function hashStripes(words: Uint32Array, striped: number, hash: Uint64): void {
  for (let s = 0; s < 4; s++) stripe[s]!.set(...STRIPE_STARTS[s]!)
  for (let i = 0; i < striped; i++) round(stripe[i % 4]!, words[2 * i + 1]!, words[2 * i]!)
  hash.set(0, 0)
  for (let s = 0; s < 4; s++) {
    lane.copy(stripe[s]!).rotateLeft(STRIPE_ROTATIONS[s]!)
    hash.add(lane.high, lane.low)
  }
  for (let s = 0; s < 4; s++) {
    const { high, low } = stripe[s]!
    round(lane.set(0, 0), high, low)
    hash
      .xor(lane.high, lane.low)
      .multiply(...P1)
      .add(...P4)
  }
}

function round(accumulator: Uint64, high: number, low: number): void {
  product.set(high, low).multiply(...P2)
  accumulator
    .add(product.high, product.low)
    .rotateLeft(31)
    .multiply(...P1)
}
