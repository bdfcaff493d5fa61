/** Parquet's PLAIN encoding: values one after the other in the width of their physical type, booleans as bits. Little-endian,
 *  as every machine that Node runs on in practice. */
import type { DType, Values } from '../../core/types.js'
import { packBits } from '../pack-bits.js'
import { STORED } from './stored-types.js'

/** Bytes that `count` values take. */
export function plainBytes(dtype: DType, count: number): number {
  const { bytes } = STORED[dtype]
  return bytes === 0 ? Math.ceil(count / 8) : bytes * count
}

/** The values' own memory where it is their encoding already, else null. */
export function plainView(dtype: DType, values: Values): Uint8Array | null {
  return values.BYTES_PER_ELEMENT === STORED[dtype].bytes ? bytesOf(values) : null
}

/** Writes the values at `at`; returns the position after them. */
export function writePlain(out: Uint8Array, at: number, dtype: DType, values: Values): number {
  if (dtype === 'bool') return packBits(out, at, values as Uint8Array)
  // Integers of 8 and 16 bits are stored in four bytes.
  const bytes = plainView(dtype, values) ?? bytesOf(new Int32Array(values as Uint8Array))
  out.set(bytes, at)
  return at + bytes.length
}

function bytesOf(values: Values): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
