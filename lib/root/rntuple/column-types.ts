/** The types of RNTuples' columns (binary format 1.0): what an element is, and how it is stored. */
import type { DType } from '../../core/types.js'

/** How the elements of a page become values. */
export type Encoding =
  | 'plain'
  | 'split'
  | 'zigzag'
  | 'delta'
  | 'wide'
  | 'wideDelta'
  | 'bits'
  | 'half'
  | 'splitHalf'
  | 'truncated'
  | 'quantised'

export interface ColumnType {
  /** As the specification has it. */
  readonly name: string
  /** Of the values; null: no plain numbers. */
  readonly dtype: DType | null
  readonly encoding: Encoding
  /** Bits of a stored element; 0: as the column says. */
  readonly bits: number
  /** Ends of lists, counted from the beginning of the cluster: no cluster has so many elements that 32 bits are too few. */
  readonly isIndex: boolean
}

function type(name: string, dtype: DType | null, bits: number, encoding: Encoding, isIndex = false): ColumnType {
  return { name, dtype, encoding, bits, isIndex }
}

/** By number. */
export const COLUMN_TYPES: readonly ColumnType[] = [
  type('Bit', 'bool', 1, 'bits'),
  type('Byte', 'uint8', 8, 'plain'),
  type('Char', 'int8', 8, 'plain'),
  type('Int8', 'int8', 8, 'plain'),
  type('UInt8', 'uint8', 8, 'plain'),
  type('Int16', 'int16', 16, 'plain'),
  type('UInt16', 'uint16', 16, 'plain'),
  type('Int32', 'int32', 32, 'plain'),
  type('UInt32', 'uint32', 32, 'plain'),
  type('Int64', 'int64', 64, 'plain'),
  type('UInt64', 'uint64', 64, 'plain'),
  type('Real16', 'float32', 16, 'half'),
  type('Real32', 'float32', 32, 'plain'),
  type('Real64', 'float64', 64, 'plain'),
  type('Index32', 'uint32', 32, 'plain', true),
  type('Index64', 'uint32', 64, 'wide', true),
  type('Switch', null, 96, 'plain'),
  type('SplitInt16', 'int16', 16, 'zigzag'),
  type('SplitUInt16', 'uint16', 16, 'split'),
  type('SplitInt32', 'int32', 32, 'zigzag'),
  type('SplitUInt32', 'uint32', 32, 'split'),
  type('SplitInt64', 'int64', 64, 'zigzag'),
  type('SplitUInt64', 'uint64', 64, 'split'),
  type('SplitReal16', 'float32', 16, 'splitHalf'),
  type('SplitReal32', 'float32', 32, 'split'),
  type('SplitReal64', 'float64', 64, 'split'),
  type('SplitIndex32', 'uint32', 32, 'delta', true),
  type('SplitIndex64', 'uint32', 64, 'wideDelta', true),
  type('Real32Trunc', 'float32', 0, 'truncated'),
  type('Real32Quant', 'float32', 0, 'quantised'),
]

/** Bytes of a page of so many elements before compression. */
export function pageBytes(elements: number, bits: number): number {
  return Math.ceil((elements * bits) / 8)
}
