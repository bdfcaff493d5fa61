// Numbers of four bytes that are stored as all first bytes, then all second ones, ... (lib/codecs/byte-planes.ts): back to number after
// number.
import {
  ADD_32,
  AND,
  assemble,
  constant,
  get,
  I32,
  load,
  moveOn,
  NEGATE_32,
  SHIFT_RIGHT_32,
  SPLAT_32,
  set,
  shuffle,
  store,
  V128,
  VOID,
  XOR,
} from './assemble.mjs'

/** Numbers that the loop takes at a time. */
const STEP = 16

export const bytePlanes = () => assemble([joinCode('j', false), joinCode('z', true)])

/** Bytes of two vectors in turn, from the lower or the upper halves; by `width` bytes. */
function interleave(width, upper) {
  const bytes = []
  for (let k = upper ? 8 : 0; bytes.length < 16; k += width) {
    for (const vector of [0, 16]) for (let j = 0; j < width; j++) bytes.push(vector + k + j)
  }
  return shuffle(...bytes)
}

function joinCode(name, zigzag) {
  const [planes, count, to] = [0, 1, 2]
  /** Where the next bytes of each plane stand. */
  const at = plane => 3 + plane
  const [first, pair, value] = [7, 11, 15]
  const four = [0, 1, 2, 3]
  const begin = four.flatMap(plane => [
    ...(plane === 0 ? constant(0) : [...get(at(plane - 1)), ...get(planes), ADD_32]),
    ...set(at(plane)),
  ])
  // Bytes 0 and 1 of numbers 0 to 7 and 8 to 15, then bytes 2 and 3 of them.
  const pairs = four.flatMap(k => [
    ...get(first + (k < 2 ? 0 : 2)),
    ...get(first + (k < 2 ? 1 : 3)),
    ...interleave(1, k % 2 === 1),
    ...set(pair + k),
  ])
  const write = k => {
    const half = k < 2 ? 0 : 1
    const joined = [...get(pair + half), ...get(pair + 2 + half), ...interleave(2, k % 2 === 1)]
    const shifted = [...get(value), ...constant(1), ...SHIFT_RIGHT_32]
    const sign = [...get(value), ...constant(1), ...SPLAT_32, ...AND, ...NEGATE_32]
    const undone = zigzag ? [...joined, ...set(value), ...shifted, ...sign, ...XOR] : joined
    return [...get(to), ...undone, ...store(16 * k)]
  }
  const body = [
    ...begin,
    ...[0x02, VOID, 0x03, VOID],
    ...[...get(count), 0x45, 0x0d, 1],
    ...four.flatMap(plane => [...get(at(plane)), ...load(0), ...set(first + plane)]),
    ...pairs,
    ...four.flatMap(write),
    ...four.flatMap(plane => moveOn(at(plane), STEP)),
    ...moveOn(to, 4 * STEP),
    ...moveOn(count, -STEP),
    ...[0x0c, 0, 0x0b, 0x0b],
  ]
  const locals = [
    [4, I32],
    [9, V128],
  ]
  return { name, parameters: 3, locals, body }
}
