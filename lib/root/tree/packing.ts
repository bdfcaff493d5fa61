/** Values that are not stored one behind the other as plain numbers: those of leaf lists, and ROOT's shortened reals. */
import { byteSize } from '../../core/dtype.js'
import type { DType, Values } from '../../core/types.js'

/** How one value is stored. */
export interface Packing {
  /** Bytes that it takes. */
  readonly bytes: number
  /** Puts `count` values into[from ...]: the first stands at `at`, each further one `step` bytes behind the one before. */
  readonly unpack: (source: DataView, at: number, step: number, count: number, into: Values, from: number) => void
}

/** Plain big-endian numbers. */
export function plainPacking(dtype: DType): Packing {
  return packing(byteSize(dtype), READERS[dtype])
}

/** Double32_t without a range: float32 in the file. */
export const NARROWED: Packing = packing(4, (source, at) => source.getFloat32(at))

/** Float16_t and Double32_t with a range (TBufferFile::WriteFloat16): a 32-bit number of steps from `low`, `high` being 2^bits
 *  steps away. `single`: computed in float32, as uproot does for Float16_t. */
export function steppedPacking(low: number, high: number, bits: number, single: boolean): Packing {
  const step = (high - low) / 2 ** bits
  if (!single) return packing(4, (source, at) => source.getUint32(at) * step + low)
  const { fround } = Math
  const [step32, low32] = [fround(step), fround(low)]
  return packing(4, (source, at) => fround(fround(fround(source.getUint32(at)) * step32) + low32))
}

const scratch = new DataView(new ArrayBuffer(4))

/** Without a range: one byte of exponent, two of mantissa, of which `bits` are kept, below the sign. */
export function truncatedPacking(bits: number): Packing {
  const mask = 2 ** (bits + 1) - 1
  const sign = 2 ** (bits + 1)
  return packing(3, (source, at) => {
    const mantissa = source.getUint16(at + 1)
    scratch.setInt32(0, (source.getUint8(at) << 23) | ((mantissa & mask) << (23 - bits)))
    const value = scratch.getFloat32(0)
    return (mantissa & sign) !== 0 ? -value : value
  })
}

type Read = (source: DataView, at: number) => number | bigint

const READERS: Readonly<Record<DType, Read>> = {
  bool: (source, at) => source.getUint8(at),
  int8: (source, at) => source.getInt8(at),
  uint8: (source, at) => source.getUint8(at),
  int16: (source, at) => source.getInt16(at),
  uint16: (source, at) => source.getUint16(at),
  int32: (source, at) => source.getInt32(at),
  uint32: (source, at) => source.getUint32(at),
  int64: (source, at) => source.getBigInt64(at),
  uint64: (source, at) => source.getBigUint64(at),
  float32: (source, at) => source.getFloat32(at),
  float64: (source, at) => source.getFloat64(at),
}

function packing(bytes: number, read: Read): Packing {
  const unpack: Packing['unpack'] = (source, at, step, count, into, from) => {
    for (let k = 0; k < count; k++) into[from + k] = read(source, at + k * step) as number
  }
  return { bytes, unpack }
}
