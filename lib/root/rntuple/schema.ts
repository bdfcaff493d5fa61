/** Fields and columns of an RNTuple, out of its header and, where it grew while it was written, its footer. */
import type { FrameCursor } from './frames.js'

/** Structural roles of fields. */
export const LEAF = 0
export const COLLECTION = 1
export const RECORD = 2
export const VARIANT = 3

const REPETITIVE = 1
const PROJECTED = 2
const TYPE_CHECKSUM = 4
const DEFERRED = 1
const WITH_RANGE = 2
/** Bytes of the least records of each kind. */
const LEAST = { field: 8 + 16 + 16, column: 8 + 12, alias: 8 + 8, extra: 8 + 12 }

export interface Field {
  readonly id: number
  readonly name: string
  /** C++'s; "" for collections and records without a class. */
  readonly typeName: string
  readonly description: string
  /** Its own id: it is a top-level field. */
  readonly parent: number
  readonly role: number
  /** Copies of the content an entry; 0: it is no array. */
  readonly arrayLength: number
  /** The field whose columns it shows under another name; -1: it has its own. */
  readonly source: number
}

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

export class Schema {
  readonly fields: Field[] = []
  readonly columns: ColumnRecord[] = []
  #children: number[][] | null = null
  #columnsOf: Map<number, ColumnRecord[]> | null = null

  /** Reads one description: that of the header, then that of the footer's extension. */
  add(cursor: FrameCursor): void {
    this.#children = null
    this.#columnsOf = null
    each(cursor, LEAST.field, () => this.fields.push(readField(cursor, this.fields.length)))
    each(cursor, LEAST.column, () => this.columns.push(readColumn(cursor, this.columns.length)))
    each(cursor, LEAST.alias, () => {})
    each(cursor, LEAST.extra, () => {})
  }

  /** Throws DataError 'DeserializationError' where fields and columns refer to what is not there, or go round in circles. */
  check(cursor: FrameCursor): void {
    const { fields } = this
    for (const { id, name, parent, source } of fields) {
      // Parents stand before their children, but for what ROOT's writers add to a record later on: depth is looked at instead.
      if (parent >= fields.length || source >= fields.length)
        cursor.fail(`field "${name}" refers to one that is not there`)
      if (source >= 0 && (fields[source]!.source >= 0 || source === id)) {
        cursor.fail(`field "${name}" is a projection of a projection`)
      }
      let at = id
      for (let depth = 0; fields[at]!.parent !== at; depth++) {
        if (depth > 100 || fields[at]!.parent >= fields.length)
          cursor.fail(`field "${name}" lies in fields without end`)
        at = fields[at]!.parent
      }
    }
    for (const { id, field } of this.columns) {
      if (field >= fields.length) cursor.fail(`column ${id} belongs to a field that is not there`)
    }
  }

  /** Ids of a field's children, in their order; of -1: the top-level fields. */
  children(field: number): readonly number[] {
    if (this.#children === null) {
      const children: number[][] = [[]]
      for (const { id, parent } of this.fields) {
        const slot = parent === id ? 0 : parent + 1
        const list = children[slot]
        if (list === undefined) children[slot] = [id]
        else list.push(id)
      }
      this.#children = children
    }
    return this.#children[field + 1] ?? []
  }

  /** The field's columns, of all representations; those of its source where it is a projection. */
  columnsOf(field: number): readonly ColumnRecord[] {
    if (this.#columnsOf === null) {
      this.#columnsOf = new Map()
      for (const column of this.columns) {
        const list = this.#columnsOf.get(column.field)
        if (list === undefined) this.#columnsOf.set(column.field, [column])
        else list.push(column)
      }
    }
    const { source } = this.fields[field]!
    return this.#columnsOf.get(source < 0 ? field : source) ?? []
  }
}

/** Calls `read` at the beginning of each record of the list that begins at the cursor, and moves behind the list. */
function each(cursor: FrameCursor, leastBytes: number, read: () => void): void {
  const list = cursor.list(leastBytes)
  for (let k = 0; k < list.items; k++) {
    const { end } = cursor.record()
    if (end > list.end) cursor.fail('a record passes the end of its list')
    read()
    if (cursor.position > end) cursor.fail('a record passes its own end')
    cursor.position = end
  }
  cursor.position = list.end
}

function readField(cursor: FrameCursor, id: number): Field {
  cursor.skip(8) // versions of field and type
  const parent = cursor.u32()
  const role = cursor.u16()
  const flags = cursor.u16()
  const name = cursor.string()
  const typeName = cursor.string()
  cursor.skipString() // alias of the type
  const description = cursor.string()
  const arrayLength = (flags & REPETITIVE) !== 0 ? cursor.size() : 0
  const source = (flags & PROJECTED) !== 0 ? cursor.u32() : -1
  if ((flags & TYPE_CHECKSUM) !== 0) cursor.skip(4)
  return { id, name, typeName, description, parent, role, arrayLength, source }
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
