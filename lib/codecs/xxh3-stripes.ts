/** The inner loops of XXH3 as WebAssembly (scripts/wasm/xxh3-stripes.mjs): JavaScript has no product of two 32-bit numbers in 64 bits
 *  (0.3 GB/s in place of 10). */

import { instantiateWasm, type WasmMemory } from '../core/wasm.js'
import { XXH3_STRIPES } from './generated/modules.gen.js'

export const STRIPE_BYTES = 64
/** In the memory: eight sums of 64 bits, the secret, the input. */
const SUMS = 0
const SECRET = 64
const INPUT = 256
/** Of the one page. */
export const INPUT_BYTES = 65536 - INPUT

export interface Xxh3Stripes {
  /** Begins with these sums; gives them, as they change with each call: take them before the next input. */
  begin(sums: readonly bigint[]): BigUint64Array
  /** Puts a part of the input in place: INPUT_BYTES at most. */
  put(bytes: Uint8Array): void
  /** Adds `count` stripes from byte `at` of the part, with the secret from byte `secret` on. */
  accumulate(at: number, secret: number, count: number): void
  scramble(secret: number): void
}

interface Exports {
  readonly m: WasmMemory
  a(at: number, secret: number, count: number): void
  s(secret: number): void
}

export function loadXxh3Stripes(secret: Uint8Array): Xxh3Stripes {
  const { m: memory, a: accumulate, s: scramble } = instantiateWasm<Exports>(Buffer.from(XXH3_STRIPES, 'base64'), {})
  const bytes = new Uint8Array(memory.buffer)
  const lanes = new BigUint64Array(memory.buffer, SUMS, 8)
  bytes.set(secret, SECRET)
  return {
    begin: sums => {
      lanes.set(sums)
      return lanes
    },
    put: part => bytes.set(part, INPUT),
    accumulate: (at, secretAt, count) => accumulate(INPUT + at, SECRET + secretAt, count),
    scramble: secretAt => scramble(SECRET + secretAt),
  }
}
