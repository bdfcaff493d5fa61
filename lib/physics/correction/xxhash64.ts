/** XXH64 (xxHash, version 0.8, seed 0) of whole 64-bit words. */
import { Uint64 } from './uint64.js'

const P1 = new Uint64(0x9e3779b1, 0x85ebca87)
const P2 = new Uint64(0xc2b2ae3d, 0x27d4eb4f)
const P3 = new Uint64(0x165667b1, 0x9e3779f9)
const P4 = new Uint64(0x85ebca77, 0xc2b2ae63)
const P5 = new Uint64(0x27d4eb2f, 0x165667c5)

/** P1 + P2, P2, 0, -P1. */
const STRIPE_STARTS = [new Uint64().copy(P1).add(P2), P2, new Uint64(), new Uint64(0x61c8864e, 0x7a143579)]
const STRIPE_ROTATIONS = [1, 7, 12, 18]

const stripes = STRIPE_STARTS.map(() => new Uint64())
const length = new Uint64()
const input = new Uint64()
const mixed = new Uint64()

/** Puts the hash of the inputs into `hash`. words: low and high word of each 64-bit input, in turn. */
export function hashWords(words: Uint32Array, hash: Uint64): void {
  const inputs = words.length >> 1
  const striped = inputs - (inputs % 4)
  if (striped > 0) hashStripes(words, striped, hash)
  else hash.copy(P5)
  hash.add(length.set(0, 8 * inputs))
  for (let i = striped; i < inputs; i++) {
    round(mixed.set(0, 0), words[2 * i + 1]!, words[2 * i]!)
    hash.xor(mixed).rotateLeft(27).multiply(P1).add(P4)
  }
  hash.xorShiftRight(33).multiply(P2).xorShiftRight(29).multiply(P3).xorShiftRight(32)
}

/** The first `striped` inputs, by fours. */
function hashStripes(words: Uint32Array, striped: number, hash: Uint64): void {
  for (let s = 0; s < 4; s++) stripes[s]!.copy(STRIPE_STARTS[s]!)
  for (let i = 0; i < striped; i++) round(stripes[i % 4]!, words[2 * i + 1]!, words[2 * i]!)
  hash.set(0, 0)
  for (let s = 0; s < 4; s++) hash.add(mixed.copy(stripes[s]!).rotateLeft(STRIPE_ROTATIONS[s]!))
  for (let s = 0; s < 4; s++) {
    round(mixed.set(0, 0), stripes[s]!.high, stripes[s]!.low)
    hash.xor(mixed).multiply(P1).add(P4)
  }
}

function round(accumulator: Uint64, high: number, low: number): void {
  accumulator.add(input.set(high, low).multiply(P2)).rotateLeft(31).multiply(P1)
}
