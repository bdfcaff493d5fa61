/** Numbers of four bytes that are stored as all first bytes, then all second ones, ...: back to number after number. By WebAssembly
 *  with 128-bit registers, five times as fast as a loop in JavaScript. */
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
  type WasmFunction,
  XOR,
} from './assemble.js'
import { type GrowingMemory, growTo, instantiateWasm } from './wasm.js'

/** Numbers that the loop takes at a time. */
const STEP = 16
/** Fewer are not worth the copies into the module's memory and out of it. */
const FEW = 64

interface Exports {
  readonly m: GrowingMemory
  /** `count` numbers, a multiple of STEP, of `planes` bytes each plane: from byte 0 on to byte `to`. */
  j(planes: number, count: number, to: number): void
  z(planes: number, count: number, to: number): void
}

let wasm: Exports | undefined

/** bytes: four planes of out.length bytes each. zigzag: 0, 1, 2, 3, ... stand for 0, -1, 1, -2, ... */
export function joinPlanes(bytes: Uint8Array, out: Int32Array, zigzag: boolean): void {
  const { length } = out
  const done = length < FEW ? 0 : length - (length % STEP)
  if (done > 0) {
    wasm ??= instantiateWasm<Exports>(assemble([joinCode('j', false), joinCode('z', true)]), {})
    const to = Math.ceil((4 * length) / STEP) * STEP
    growTo(wasm.m, to + 4 * done)
    new Uint8Array(wasm.m.buffer).set(bytes.subarray(0, 4 * length))
    wasm[zigzag ? 'z' : 'j'](length, done, to)
    out.set(new Int32Array(wasm.m.buffer, to, done))
  }
  for (let i = done; i < length; i++) {
    const low = bytes[i]! | (bytes[length + i]! << 8)
    const value = low | (bytes[2 * length + i]! << 16) | (bytes[3 * length + i]! << 24)
    out[i] = zigzag ? (value >>> 1) ^ -(value & 1) : value
  }
}

/** Bytes of two vectors in turn, from the lower or the upper halves; by `width` bytes. */
function interleave(width: 1 | 2, upper: boolean): number[] {
  const bytes: number[] = []
  for (let k = upper ? 8 : 0; bytes.length < 16; k += width) {
    for (const vector of [0, 16]) for (let j = 0; j < width; j++) bytes.push(vector + k + j)
  }
  return shuffle(...bytes)
}

function joinCode(name: string, zigzag: boolean): WasmFunction {
  const [planes, count, to] = [0, 1, 2] as const
  /** Where the next bytes of each plane stand. */
  const at = (plane: number) => 3 + plane
  const [first, pair, value] = [7, 11, 15] as const
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
  const write = (k: number) => {
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
  ] as const
  return { name, parameters: 3, locals, body }
}
