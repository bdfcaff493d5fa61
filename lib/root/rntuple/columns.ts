/** The columns of an RNTuple by the fields that they belong to. */
import type { FrameCursor } from './frames.js'
import { countOf, failAt, type Part, partOf, recordEnd } from './parts.js'

const DEFERRED = 1
const WITH_RANGE = 2
const FRAME_BYTES = 8
/** Where the field stands in a column's record, with its frame. */
const FIELD_AT = 12
/** Bytes of the least record of a column. */
export const LEAST_COLUMN_BYTES = FRAME_BYTES + 12

export interface ColumnRecord {
  readonly id: number
  /** Number in COLUMN_TYPES, which may be one that is not known. */
  readonly type: number
  readonly bits: number
  readonly field: number
  /** Of the field's alternative ways to store its values. */
  readonly representation: number
  /** Elements before this one are zero and not stored. */
  readonly firstElement: number
  readonly min: number
  readonly max: number
}

export class Columns {
  readonly #parts: readonly Part[]
  /** Where the record of each, with its frame, begins. */
  readonly #records: Uint32Array
  /** By field its first column; by column the next one of its field; -1: none. */
  readonly #first: Int32Array
  readonly #next: Int32Array

  /** Throws DataError 'DeserializationError' where a column belongs to none of the `fields` fields. */
  constructor(parts: readonly Part[], fields: number) {
    const count = countOf(parts)
    const records = new Uint32Array(count)
    const owners = new Uint32Array(count)
    for (const { cursor, at: begin, items, end: listEnd, first } of parts) {
      const { view } = cursor
      let at = begin
      for (let id = first; id < first + items; id++) {
        records[id] = at
        const end = recordEnd(cursor, view, at, LEAST_COLUMN_BYTES, listEnd)
        const field = view.getUint32(at + FIELD_AT, true)
        if (field >= fields) failAt(cursor, at, `column ${id} belongs to a field that is not there`)
        owners[id] = field
        at = end
      }
    }
    const firsts = new Int32Array(fields).fill(-1)
    const nexts = new Int32Array(count)
    for (let id = count - 1; id >= 0; id--) {
      nexts[id] = firsts[owners[id]!]!
      firsts[owners[id]!] = id
    }
    this.#parts = parts
    this.#records = records
    this.#first = firsts
    this.#next = nexts
  }

  /** Of a field, in their order. Throws DataError. */
  of(field: number): ColumnRecord[] {
    const found: ColumnRecord[] = []
    for (let id = this.#first[field] ?? -1; id >= 0; id = this.#next[id]!) {
      const { cursor } = this.#parts[partOf(this.#parts, id)]!
      found.push(readColumn(cursor.at(this.#records[id]! + FRAME_BYTES), id))
    }
    return found
  }
}

function readColumn(cursor: FrameCursor, id: number): ColumnRecord {
  const type = cursor.u16()
  const bits = cursor.u16()
  const field = cursor.u32()
  const flags = cursor.u16()
  const representation = cursor.u16()
  // Negative: not stored up to and including the cluster of that element, which the page lists say as well.
  const firstElement = (flags & DEFERRED) !== 0 ? Math.max(cursor.i64(), 0) : 0
  const hasRange = (flags & WITH_RANGE) !== 0
  const min = hasRange ? cursor.f64() : 0
  const max = hasRange ? cursor.f64() : 0
  return { id, type, bits, field, representation, firstElement, min, max }
}
