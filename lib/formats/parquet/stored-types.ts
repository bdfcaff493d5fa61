/** How Parquet stores the values of each type. */
import type { DType } from '../../core/types.js'

interface StoredType {
  /** Parquet's physical type. */
  readonly physical: number
  /** Bytes of a stored value; 0 for bit-packed booleans. */
  readonly bytes: number
  /** Annotation of integers other than int32 and int64: the older converted type, bits and sign. */
  readonly integer?: { readonly converted: number; readonly bits: number; readonly signed: boolean }
}

/** Physical type of texts. */
export const BYTE_ARRAY = 6

export const STORED: Readonly<Record<DType, StoredType>> = {
  bool: { physical: 0, bytes: 0 },
  int8: { physical: 1, bytes: 4, integer: { converted: 15, bits: 8, signed: true } },
  uint8: { physical: 1, bytes: 4, integer: { converted: 11, bits: 8, signed: false } },
  int16: { physical: 1, bytes: 4, integer: { converted: 16, bits: 16, signed: true } },
  uint16: { physical: 1, bytes: 4, integer: { converted: 12, bits: 16, signed: false } },
  int32: { physical: 1, bytes: 4 },
  uint32: { physical: 1, bytes: 4, integer: { converted: 13, bits: 32, signed: false } },
  int64: { physical: 2, bytes: 8 },
  uint64: { physical: 2, bytes: 8, integer: { converted: 14, bits: 64, signed: false } },
  float32: { physical: 4, bytes: 4 },
  float64: { physical: 5, bytes: 8 },
}
