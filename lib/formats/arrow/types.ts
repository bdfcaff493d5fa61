/** What an Arrow IPC stream of ours can hold: numbers and booleans, lists and fixed-size lists of them, and records. */
import type { DType, Values } from '../../core/types.js'

export type ArrowType =
  | { readonly kind: 'values'; readonly dtype: DType }
  /** large: its offsets have 64 bits. Read, not written. */
  | { readonly kind: 'list'; readonly item: ArrowField; readonly large?: boolean }
  | { readonly kind: 'fixed'; readonly width: number; readonly item: ArrowField }
  | { readonly kind: 'struct'; readonly members: readonly ArrowField[] }
  /** Of a stream that somebody else made: its columns can be skipped, not read. */
  | { readonly kind: 'other'; readonly what: string }

export interface ArrowField {
  readonly name: string
  readonly nullable: boolean
  readonly type: ArrowType
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[]
  /** Texts under keys, which readers such as pyarrow hand on with the schema. */
  readonly metadata: ReadonlyMap<string, string>
}

/** One column of a record batch. `values` of kind values: one an element (bool: one byte, 0 or 1); `offsets` of a list: one
 *  more than there are lists, the first is 0; `children`: a list's items, a record's members. */
export interface ArrowData {
  readonly length: number
  /** One byte an element, 0 where it is null; null: none is. */
  readonly valid: Uint8Array | null
  readonly values?: Values
  readonly offsets?: Int32Array
  readonly children: readonly ArrowData[]
}

export interface ArrowBatch {
  readonly length: number
  /** One a field of the schema. */
  readonly columns: readonly ArrowData[]
}

export const MESSAGE_VERSION = 4
export const HEADER = { schema: 1, dictionary: 2, batch: 3 } as const
export const TYPE_ID = {
  int: 2,
  float: 3,
  bool: 6,
  list: 12,
  struct: 13,
  fixedSizeList: 16,
  largeList: 21,
} as const

/** Names of the types that are not read, for messages. */
export const OTHER_TYPES: Readonly<Record<number, string>> = {
  1: 'null',
  4: 'binary',
  5: 'text',
  7: 'decimal',
  8: 'date',
  9: 'time',
  10: 'timestamp',
  11: 'interval',
  14: 'union',
  15: 'fixed-size binary',
  17: 'map',
  18: 'duration',
  19: 'large binary',
  20: 'large text',
}
