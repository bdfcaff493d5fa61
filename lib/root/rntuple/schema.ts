/** Fields and columns of an RNTuple, out of its header and, where it grew while it was written, its footer. */
import type { FrameCursor } from './frames.js'

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
/** Where in a field's record its parent, role, flags and texts stand. */
const PARENT_AT = 8
const ROLE_AT = 12
const FLAGS_AT = 14
const NAME_AT = 16
const ITEM = '_0'
/** Bytes of the least records of each kind. */
const LEAST = { field: 8 + 16 + 16, column: 8 + 12, alias: 8 + 8, extra: 8 + 12 }

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
    each(cursor, LEAST.field, () => this.#addField(cursor))
    each(cursor, LEAST.column, () => {
      this.#columnsAt.push(cursor.position)
      this.#columnCursors.push(cursor)
      cursor.skip(4) // type and bits
      this.#columnFields.push(cursor.u32())
    })
    each(cursor, LEAST.alias, () => {})
    each(cursor, LEAST.extra, () => {})
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

  #addField(cursor: FrameCursor): void {
    const start = cursor.position
    cursor.skip(NAME_AT)
    const flags = cursor.u16At(start + FLAGS_AT)
    this.parents.push(cursor.u32At(start + PARENT_AT))
    this.roles.push(cursor.u16At(start + ROLE_AT))
    // Every list of a projection has an item of this name.
    this.names.push(cursor.stringIf(ITEM) ?? cursor.string())
    this.#cursors.push(cursor)
    this.#typesAt.push(cursor.position)
    for (let k = 0; k < 3; k++) cursor.skipString() // type, its alias, description
    this.arrayLengths.push((flags & REPETITIVE) !== 0 ? cursor.size() : 0)
    this.sources.push((flags & PROJECTED) !== 0 ? cursor.u32() : -1)
  }
}

/** Numbers 0, 1, 2, ... by the owner of each. */
class Chains {
  readonly #first: Int32Array
  readonly #next: Int32Array

  constructor(owners: readonly number[]) {
    const most = owners.reduce((max, owner) => Math.max(max, owner), -1)
    this.#first = new Int32Array(most + 1).fill(-1)
    this.#next = new Int32Array(owners.length)
    for (let k = owners.length - 1; k >= 0; k--) {
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

/** Calls `read` at the beginning of each record of the list that begins at the cursor, and moves behind the list. */
function each(cursor: FrameCursor, leastBytes: number, read: () => void): void {
  const list = cursor.list(leastBytes)
  for (let k = 0; k < list.items; k++) {
    const end = cursor.recordEnd()
    if (end > list.end) cursor.fail('a record passes the end of its list')
    read()
    if (cursor.position > end) cursor.fail('a record passes its own end')
    cursor.position = end
  }
  cursor.position = list.end
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
