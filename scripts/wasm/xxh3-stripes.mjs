// The inner loops of XXH3 (lib/codecs/xxh3.ts): accumulating stripes, and scrambling, on eight sums of 64 bits.
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
  XOR,
} from './assemble.mjs'

const STRIPE_BYTES = 64
/** In the memory. */
const SUMS = 0
const PRIME32_1 = 0x9e3779b1n

export const xxh3Stripes = () => assemble([accumulateCode(), scrambleCode()])

/** Lanes of 32 bits of a vector that stands twice on the stack. */
const lanes = (...numbers) => shuffle(...numbers.flatMap(lane => [0, 1, 2, 3].map(k => 4 * lane + k)))

/** For each of the eight numbers d of a stripe, with the secret's k: sums[i ^ 1] += d, sums[i] += low(d ^ k) * high(d ^ k). */
function accumulateCode() {
  const [at, secret, count, keyed] = [0, 1, 2, 3]
  const sum = pair => 4 + pair
  const pairs = [0, 1, 2, 3]
  const addPair = pair => [
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
function scrambleCode() {
  const [secret, sum] = [0, 1]
  const scramblePair = pair => [
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
