/** The inner loops of XXH3 as WebAssembly, put together here: JavaScript has no product of two 32-bit numbers in 64 bits
 *  (0.3 GB/s in place of 10). */
import { instantiateWasm, type WasmMemory } from './wasm.js'

export const STRIPE_BYTES = 64
/** In the memory: eight sums of 64 bits, the secret, the input. */
const SUMS = 0
const SECRET = 64
const INPUT = 256
const PAGE = 65536
const PRIME32_1 = 0x9e3779b1n

export interface Xxh3Stripes {
  /** Puts input and first sums in place; gives the sums, which change with each call: take them before the next input. */
  begin(bytes: Uint8Array, sums: readonly bigint[]): BigUint64Array
  /** Adds `count` stripes from byte `at` of the input, with the secret from byte `secret` on. */
  accumulate(at: number, secret: number, count: number): void
  scramble(secret: number): void
}

interface Exports {
  readonly m: WasmMemory & { grow(pages: number): void }
  a(at: number, secret: number, count: number): void
  s(secret: number): void
}

export function loadXxh3Stripes(secret: Uint8Array): Xxh3Stripes {
  const { m: memory, a: accumulate, s: scramble } = instantiateWasm<Exports>(moduleBytes(), {})
  new Uint8Array(memory.buffer).set(secret, SECRET)
  return {
    begin: (bytes, sums) => {
      const missing = INPUT + bytes.length - memory.buffer.byteLength
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
      new Uint8Array(memory.buffer).set(bytes, INPUT)
      const lanes = new BigUint64Array(memory.buffer, SUMS, 8)
      lanes.set(sums)
      return lanes
    },
    accumulate: (at, secretAt, count) => accumulate(INPUT + at, SECRET + secretAt, count),
    scramble: secretAt => scramble(SECRET + secretAt),
  }
}

const I32 = 0x7f
const V128 = 0x7b
const VOID = 0x40
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const constant = (value: number) => [0x41, ...signed(BigInt(value))]
const load = (offset: number) => [0xfd, 0x00, 4, ...unsigned(offset)]
const store = (offset: number) => [0xfd, 0x0b, 4, ...unsigned(offset)]
const XOR = [0xfd, 0x51]
const ADD_64 = [0xfd, 0xce, 0x01]
const MULTIPLY_64 = [0xfd, 0xd5, 0x01]
const SHIFT_RIGHT_64 = [0xfd, 0xcd, 0x01]
const SPLAT_64 = [0xfd, 0x12]
/** Products of the two lower lanes of 32 bits, as two of 64 bits. */
const PRODUCTS = [0xfd, 0xde, 0x01]
/** Lanes of 32 bits of the vector that stands twice on the stack. */
const shuffle = (...lanes: number[]) => [0xfd, 0x0d, ...lanes.flatMap(lane => [0, 1, 2, 3].map(k => 4 * lane + k))]

/** a(at, secret, count) and s(secret). */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const types = [
    [0x60, 3, I32, I32, I32, 0],
    [0x60, 1, I32, 0],
  ]
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(3, [[0], [1]]),
    ...section(5, [[0x00, 1]]),
    ...section(7, [named('m', 2, 0), named('a', 0, 0), named('s', 0, 1)]),
    ...section(10, [accumulateCode(), scrambleCode()]),
  ]
  return Uint8Array.from(bytes)
}

/** For each of the eight numbers d of a stripe, with the secret's k: sums[i ^ 1] += d, sums[i] += low(d ^ k) * high(d ^ k). */
function accumulateCode(): number[] {
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
    ...shuffle(0, 2, 0, 2),
    ...get(keyed),
    ...get(keyed),
    ...shuffle(1, 3, 1, 3),
    ...PRODUCTS,
    ...get(at),
    ...load(16 * pair),
    ...get(at),
    ...load(16 * pair),
    ...shuffle(2, 3, 0, 1),
    ...ADD_64,
    ...get(sum(pair)),
    ...ADD_64,
    ...set(sum(pair)),
  ]
  const moveOn = (local: number, by: number) => [...get(local), ...constant(by), 0x6a, ...set(local)]
  return code(
    [[5, V128]],
    [
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
  )
}

/** sum = (sum ^ (sum >> 47) ^ k) * PRIME32_1 */
function scrambleCode(): number[] {
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
    ...[0x42, ...signed(PRIME32_1)],
    ...SPLAT_64,
    ...MULTIPLY_64,
    ...store(16 * pair),
  ]
  return code([[1, V128]], [0, 1, 2, 3].flatMap(scramblePair))
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(items.length), ...items.flat()]
  return [id, ...unsigned(content.length), ...content]
}

function code(locals: readonly (readonly number[])[], body: readonly number[]): number[] {
  const content = [...unsigned(locals.length), ...locals.flat(), ...body, 0x0b]
  return [...unsigned(content.length), ...content]
}

function named(name: string, kind: number, index: number): number[] {
  return [name.length, ...Buffer.from(name), kind, index]
}

/** LEB128 */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}
