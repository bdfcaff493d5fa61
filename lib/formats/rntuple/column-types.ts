/** How RNTuple stores the values of each type (binary format 1.0): in ROOT's default encodings for compressed data. */
import type { DType } from '../../core/types.js'
import type { Encoding } from './encode-page.js'

export interface ColumnType {
  /** Number of the column's type. */
  readonly number: number
  /** Of a stored element. */
  readonly bits: number
  readonly encoding: Encoding
}

export interface StoredType extends ColumnType {
  /** C++'s name of the type. */
  readonly typeName: string
}

function stored(typeName: string, number: number, bits: number, encoding: Encoding): StoredType {
  return { typeName, number, bits, encoding }
}

export const STORED: Readonly<Record<DType, StoredType>> = {
  bool: stored('bool', 0x00, 1, 'bits'),
  int8: stored('std::int8_t', 0x03, 8, 'plain'),
  uint8: stored('std::uint8_t', 0x04, 8, 'plain'),
  int16: stored('std::int16_t', 0x11, 16, 'zigzag'),
  uint16: stored('std::uint16_t', 0x12, 16, 'split'),
  int32: stored('std::int32_t', 0x13, 32, 'zigzag'),
  uint32: stored('std::uint32_t', 0x14, 32, 'split'),
  int64: stored('std::int64_t', 0x15, 64, 'zigzag'),
  uint64: stored('std::uint64_t', 0x16, 64, 'split'),
  float32: stored('float', 0x18, 32, 'split'),
  float64: stored('double', 0x19, 64, 'split'),
}

/** Ends of lists, counted from the beginning of the cluster: SplitIndex64. */
export const INDEX: ColumnType = { number: 0x1b, bits: 64, encoding: 'ends' }
/** Bytes of texts. */
export const CHAR: ColumnType = { number: 0x02, bits: 8, encoding: 'plain' }
