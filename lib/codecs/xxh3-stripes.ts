/** The inner loops of XXH3 as WebAssembly (scripts/wasm/xxh3-stripes.mjs): JavaScript has no product of two 32-bit numbers in 64 bits
 *  (0.3 GB/s in place of 10). */

import { type GrowingMemory, growTo, instantiateWasm } from '../core/wasm.js'
import { XXH3_STRIPES } from './generated/modules.gen.js'

export const STRIPE_BYTES = 64
/** In the memory: eight sums of 64 bits, the secret, the input. */
const SUMS = 0
const SECRET = 64
const INPUT = 256

export interface Xxh3Stripes {
  /** Puts input and first sums in place; gives the sums, which change with each call: take them before the next input. */
  begin(bytes: Uint8Array, sums: readonly bigint[]): BigUint64Array
  /** Adds `count` stripes from byte `at` of the input, with the secret from byte `secret` on. */
  accumulate(at: number, secret: number, count: number): void
  scramble(secret: number): void
}

interface Exports {
  readonly m: GrowingMemory
  a(at: number, secret: number, count: number): void
  s(secret: number): void
}

export function loadXxh3Stripes(secret: Uint8Array): Xxh3Stripes {
  const { m: memory, a: accumulate, s: scramble } = instantiateWasm<Exports>(Buffer.from(XXH3_STRIPES, 'base64'), {})
  new Uint8Array(memory.buffer).set(secret, SECRET)
  return {
    begin: (bytes, sums) => {
      growTo(memory, INPUT + bytes.length)
      new Uint8Array(memory.buffer).set(bytes, INPUT)
      const lanes = new BigUint64Array(memory.buffer, SUMS, 8)
      lanes.set(sums)
      return lanes
    },
    accumulate: (at, secretAt, count) => accumulate(INPUT + at, SECRET + secretAt, count),
    scramble: secretAt => scramble(SECRET + secretAt),
  }
}
