/** Numbers of four bytes that are stored as all first bytes, then all second ones, ...: back to number after number. By WebAssembly
 *  with 128-bit registers (scripts/wasm/byte-planes.mjs), five times as fast as a loop in JavaScript. */

import { type GrowingMemory, growTo, instantiateWasm } from '../core/wasm.js'
import { BYTE_PLANES } from './generated/modules.gen.js'

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
    wasm ??= instantiateWasm<Exports>(Buffer.from(BYTE_PLANES, 'base64'), {})
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
