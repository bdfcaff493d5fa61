/** The inner loops of XXH3 as WebAssembly, put together here: JavaScript has no product of two 32-bit numbers in 64 bits
 *  (0.3 GB/s in place of 10). */
import {
  ADD_64,
  assemble,
  constant,
  get,
  load,
  longConstant,
  MULTIPLY_64,
  moveOn,
  PRODUCTS,
  SHIFT_RIGHT_64,
  SPLAT_64,
  set,
  shuffle,
  store,
  V128,
  VOID,
  type WasmFunction,
  XOR,
} from './assemble.js'
import { type GrowingMemory, growTo, instantiateWasm } from './wasm.js'

export const STRIPE_BYTES = 64
/** In the memory: eight sums of 64 bits, the secret, the input. */
const SUMS = 0
const SECRET = 64
const INPUT = 256
const PRIME32_1 = 0x9e3779b1n

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
  const {
    m: memory,
    a: accumulate,
    s: scramble,
  } = instantiateWasm<Exports>(assemble([accumulateCode(), scrambleCode()]), {})
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

/** Lanes of 32 bits of a vector that stands twice on the stack. */
const lanes = (...numbers: number[]) => shuffle(...numbers.flatMap(lane => [0, 1, 2, 3].map(k => 4 * lane + k)))

/** For each of the eight numbers d of a stripe, with the secret's k: sums[i ^ 1] += d, sums[i] += low(d ^ k) * high(d ^ k). */
function accumulateCode(): WasmFunction {
  const [at, secret, count, keyed] = [0, 1, 2, 3] as const
  const sum = (pair: number) => 4 + pair
  const pairs = [0, 1, 2, 3]
  const addPair = (pair: number) => [
    ...get(at),
    ...load(16 * pair),
    ...get(secret),
    ...load(16 * pair),
    ...XOR,
    ...set(keyed),
    ...get(keyed),
    ...get(keyed),
    ...lanes(0, 2, 0, 2),
    ...get(keyed),
    ...get(keyed),
    ...lanes(1, 3, 1, 3),
    ...PRODUCTS,
    ...get(at),
    ...load(16 * pair),
    ...get(at),
    ...load(16 * pair),
    ...lanes(2, 3, 0, 1),
    ...ADD_64,
    ...get(sum(pair)),
    ...ADD_64,
    ...set(sum(pair)),
  ]
  return {
    name: 'a',
    parameters: 3,
    locals: [[5, V128]],
    body: [
      ...pairs.flatMap(pair => [...constant(SUMS), ...load(16 * pair), ...set(sum(pair))]),
      ...[0x02, VOID, 0x03, VOID],
      ...[...get(count), 0x45, 0x0d, 1],
      ...pairs.flatMap(addPair),
      ...moveOn(at, STRIPE_BYTES),
      ...moveOn(secret, 8),
      ...moveOn(count, -1),
      ...[0x0c, 0, 0x0b, 0x0b],
      ...pairs.flatMap(pair => [...constant(SUMS), ...get(sum(pair)), ...store(16 * pair)]),
    ],
  }
}

/** sum = (sum ^ (sum >> 47) ^ k) * PRIME32_1 */
function scrambleCode(): WasmFunction {
  const [secret, sum] = [0, 1] as const
  const scramblePair = (pair: number) => [
    ...constant(SUMS),
    ...constant(SUMS),
    ...load(16 * pair),
    ...set(sum),
    ...get(sum),
    ...get(sum),
    ...constant(47),
    ...SHIFT_RIGHT_64,
    ...XOR,
    ...get(secret),
    ...load(16 * pair),
    ...XOR,
    ...longConstant(PRIME32_1),
    ...SPLAT_64,
    ...MULTIPLY_64,
    ...store(16 * pair),
  ]
  return { name: 's', parameters: 1, locals: [[1, V128]], body: [0, 1, 2, 3].flatMap(scramblePair) }
}
