/** Fields and columns of an RNTuple, out of its header and, where it grew while it was written, its footer. */
import { type FrameCursor, utf8 } from './frames.js'

/** Structural roles of fields. */
export const LEAF = 0
export const COLLECTION = 1
export const RECORD = 2
export const VARIANT = 3

const REPETITIVE = 1
const PROJECTED = 2
/** Fields in fields. */
const MOST_DEPTH = 100
const DEFERRED = 1
const WITH_RANGE = 2
/** Where in a field's record, with its frame, parent, role, flags and texts stand; and the field in a column's record. */
const FRAME_BYTES = 8
const PARENT_AT = 16
const ROLE_AT = 20
const FLAGS_AT = 22
const NAME_AT = 24
const COLUMN_FIELD_AT = 12
const ITEM = '_0'
/** Bytes of the least records of each kind. */
const LEAST = { field: 8 + 16 + 16, column: 8 + 12 }

export interface Field {
  readonly id: number
  readonly name: string
  /** C++'s; "" for collections and records without a class. */
  readonly typeName: string
  readonly description: string
  readonly role: number
  /** Copies of the content an entry; 0: it is no array. */
  readonly arrayLength: number
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

/** Of thousands of fields a job reads a few: what all are looked through for stands in arrays by the fields' ids, the rest is read
 *  when it is asked for. */
export class Schema {
  readonly names: string[] = []
  /** A field's own id: it is a top-level field. */
  readonly parents: number[] = []
  readonly roles: number[] = []
  readonly arrayLengths: number[] = []
  /** The field whose columns it shows under another name; -1: it has its own. */
  readonly sources: number[] = []
  readonly #cursors: FrameCursor[] = []
  readonly #typesAt: number[] = []
  readonly #columnFields: number[] = []
  readonly #columnCursors: FrameCursor[] = []
  readonly #columnsAt: number[] = []
  #children: Chains | null = null
  #columnsOf: Chains | null = null

  /** Reads one description: that of the header, then that of the footer's extension. */
  add(cursor: FrameCursor): void {
    this.#children = null
    this.#columnsOf = null
    this.#addFields(cursor)
    this.#addColumns(cursor)
    for (let k = 0; k < 2; k++) cursor.position = cursor.list(0).end // aliases, and what streamers need
  }

  /** Throws DataError 'DeserializationError' where fields and columns refer to what is not there, or go round in circles. */
  check(cursor: FrameCursor): void {
    const { parents, sources, names } = this
    const count = parents.length
    for (let id = 0; id < count; id++) {
      const source = sources[id]!
      if (parents[id]! >= count || source >= count) cursor.fail(`field "${names[id]}" refers to one that is not there`)
      if (source >= 0 && sources[source]! >= 0) cursor.fail(`field "${names[id]}" is a projection of a projection`)
      // Where parents stand before their children there are no circles.
      if (parents[id]! <= id) continue
      for (let at = id, depth = 0; parents[at] !== at; at = parents[at]!, depth++) {
        if (depth > MOST_DEPTH || !(at < count)) cursor.fail(`field "${names[id]}" lies in fields without end`)
      }
    }
    for (const [id, field] of this.#columnFields.entries()) {
      if (field >= count) cursor.fail(`column ${id} belongs to a field that is not there`)
    }
  }

  field(id: number): Field {
    const cursor = this.#cursors[id]!.at(this.#typesAt[id]!)
    const typeName = cursor.string()
    cursor.skipString() // alias of the type
    const description = cursor.string()
    const role = this.roles[id]!
    return { id, name: this.names[id]!, typeName, description, role, arrayLength: this.arrayLengths[id]! }
  }

  /** Ids of a field's children, in their order; of -1: the top-level fields. */
  children(field: number): readonly number[] {
    this.#children ??= new Chains(this.parents.map((parent, id) => (parent === id ? 0 : parent + 1)))
    return this.#children.of(field + 1)
  }

  /** The field's columns, of all representations; those of its source where it is a projection. */
  columnsOf(field: number): readonly ColumnRecord[] {
    this.#columnsOf ??= new Chains(this.#columnFields)
    const source = this.sources[field]!
    const ids = this.#columnsOf.of(source < 0 ? field : source)
    return ids.map(id => readColumn(this.#columnCursors[id]!.at(this.#columnsAt[id]!), id))
  }

  /** Without the cursor's steps: thousands of fields take a third of the time so in a process that has just begun. */
  #addFields(cursor: FrameCursor): void {
    const { bytes } = cursor
    const list = cursor.list(LEAST.field)
    let at = cursor.position
    for (let k = 0; k < list.items; k++) {
      const end = recordEnd(cursor, at, LEAST.field, list.end)
      const flags = bytes[at + FLAGS_AT]! | (bytes[at + FLAGS_AT + 1]! << 8)
      const nameAt = at + NAME_AT + 4
      let next = behindText(cursor, at + NAME_AT, end)
      this.parents.push(u32(bytes, at + PARENT_AT))
      this.roles.push(bytes[at + ROLE_AT]! | (bytes[at + ROLE_AT + 1]! << 8))
      // Every list of a projection has an item of this name.
      const isItem =
        next - nameAt === 2 && bytes[nameAt] === ITEM.charCodeAt(0) && bytes[nameAt + 1] === ITEM.charCodeAt(1)
      this.names.push(isItem ? ITEM : utf8(bytes, nameAt, next))
      this.#cursors.push(cursor)
      this.#typesAt.push(next)
      for (let text = 0; text < 3; text++) next = behindText(cursor, next, end) // type, its alias, description
      const [hasLength, hasSource] = [(flags & REPETITIVE) !== 0, (flags & PROJECTED) !== 0]
      if (next + (hasLength ? 8 : 0) + (hasSource ? 4 : 0) > end) failAt(cursor, at, 'a record passes its own end')
      const length = hasLength ? u32(bytes, next) + u32(bytes, next + 4) * 2 ** 32 : 0
      this.arrayLengths.push(length)
      this.sources.push(hasSource ? u32(bytes, next + (hasLength ? 8 : 0)) : -1)
      at = end
    }
    cursor.position = list.end
  }

  #addColumns(cursor: FrameCursor): void {
    const list = cursor.list(LEAST.column)
    let at = cursor.position
    for (let k = 0; k < list.items; k++) {
      const end = recordEnd(cursor, at, LEAST.column, list.end)
      this.#columnsAt.push(at + FRAME_BYTES)
      this.#columnCursors.push(cursor)
      this.#columnFields.push(u32(cursor.bytes, at + COLUMN_FIELD_AT))
      at = end
    }
    cursor.position = list.end
  }
}

function u32(bytes: Buffer, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

/** The end of the record frame at `at` in a list. */
function recordEnd(cursor: FrameCursor, at: number, leastBytes: number, listEnd: number): number {
  if (at + leastBytes > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  const size = u32(cursor.bytes, at)
  if (u32(cursor.bytes, at + 4) !== 0 || size < leastBytes) failAt(cursor, at, `a record of ${size} bytes`)
  if (at + size > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  return at + size
}

/** Behind the text whose length stands at `at`. */
function behindText(cursor: FrameCursor, at: number, end: number): number {
  const next = at + 4 > end ? end + 1 : at + 4 + u32(cursor.bytes, at)
  if (next > end) failAt(cursor, at, 'a text passes the end of its record')
  return next
}

function failAt(cursor: FrameCursor, at: number, problem: string): never {
  cursor.position = at
  return cursor.fail(problem)
}

/** Numbers 0, 1, 2, ... by the owner of each. */
class Chains {
  readonly #first: Int32Array
  readonly #next: Int32Array

  constructor(owners: readonly number[]) {
    const count = owners.length
    let most = -1
    for (let k = 0; k < count; k++) if (owners[k]! > most) most = owners[k]!
    this.#first = new Int32Array(most + 1).fill(-1)
    this.#next = new Int32Array(count)
    for (let k = count - 1; k >= 0; k--) {
      this.#next[k] = this.#first[owners[k]!]!
      this.#first[owners[k]!] = k
    }
  }

  of(owner: number): number[] {
    const found: number[] = []
    for (let k = this.#first[owner] ?? -1; k >= 0; k = this.#next[k]!) found.push(k)
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
