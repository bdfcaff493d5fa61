/** Fields and columns of an RNTuple, out of its header and, where it grew while it was written, its footer. */
import { isAscii } from 'node:buffer'
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
/** Where in a field's record, with its frame, parent, role with flags, and the name stand; and the field in a column's record. */
const FRAME_BYTES = 8
const PARENT_AT = 16
const ROLE_AT = 20
const NAME_AT = 24
const COLUMN_FIELD_AT = 12
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

/** A list of the header or footer, whose first item has the number `first`. */
interface Part {
  readonly cursor: FrameCursor
  readonly at: number
  readonly items: number
  readonly end: number
  readonly first: number
}

/** Of thousands of fields a job reads a few: what all are looked through for stands in arrays by the fields' ids, the rest is read
 *  when it is asked for. */
export class Schema {
  readonly names: string[] = []
  /** A field's own id: it is a top-level field. */
  parents = new Uint32Array(0)
  roles = new Uint16Array(0)
  /** Where the record of each, with its frame, begins. */
  #records = new Uint32Array(0)
  /** The field whose columns it shows under another name; -1: it has its own. Not Float64Array: until code is optimised, each
   *  element that is read from one takes memory. */
  sources = new Int32Array(0)
  arrayLengths = new Int32Array(0)
  readonly #fieldParts: Part[] = []
  readonly #columnParts: Part[] = []
  #columns: Columns | null = null
  #children: Chains | null = null

  /** Reads one description: that of the header, then that of the footer's extension. */
  add(cursor: FrameCursor): void {
    this.#children = null
    this.#columns = null
    const fields = partAt(cursor, LEAST.field, this.#fieldParts)
    this.#fieldParts.push(fields)
    this.#addFields(fields)
    this.#columnParts.push(partAt(cursor, LEAST.column, this.#columnParts))
    for (let k = 0; k < 2; k++) cursor.position = cursor.list(0).end // aliases, and what streamers need
  }

  /** Throws DataError 'DeserializationError' where fields refer to what is not there, or go round in circles. */
  check(cursor: FrameCursor): void {
    const { parents, sources, names } = this
    const count = parents.length
    for (let id = 0; id < count; id++) {
      const source = sources[id]!
      const parent = parents[id]!
      // Where parents stand before their children there are no circles.
      if (parent <= id && source < 0) continue
      if (parent >= count || source >= count) cursor.fail(`field "${names[id]}" refers to one that is not there`)
      if (source >= 0 && sources[source]! >= 0) cursor.fail(`field "${names[id]}" is a projection of a projection`)
      if (parent <= id) continue
      for (let at = id, depth = 0; parents[at] !== at; at = parents[at]!, depth++) {
        if (depth > MOST_DEPTH || !(at < count)) cursor.fail(`field "${names[id]}" lies in fields without end`)
      }
    }
  }

  field(id: number): Field {
    const cursor = partOf(this.#fieldParts, id).cursor.at(this.#records[id]! + NAME_AT)
    cursor.skipString() // name
    const typeName = cursor.string()
    cursor.skipString() // alias of the type
    const description = cursor.string()
    const role = this.roles[id]!
    return { id, name: this.names[id]!, typeName, description, role, arrayLength: this.arrayLengths[id]! }
  }

  /** Ids of a field's children, in their order; of -1: the top-level fields. */
  children(field: number): readonly number[] {
    return this.#chains.of(field + 1)
  }

  /** The field's only child; undefined where it has none or several. */
  onlyChild(field: number): number | undefined {
    return this.#chains.only(field + 1)
  }

  get #chains(): Chains {
    if (this.#children === null) {
      const owners = new Uint32Array(this.parents.length)
      for (let id = 0; id < owners.length; id++) owners[id] = this.parents[id] === id ? 0 : this.parents[id]! + 1
      this.#children = new Chains(owners)
    }
    return this.#children
  }

  /** The field's columns, of all representations; those of its source where it is a projection. Throws DataError
   *  'DeserializationError' where a column belongs to no field. */
  columnsOf(field: number): readonly ColumnRecord[] {
    this.#columns ??= readColumns(this.#columnParts, this.parents.length)
    const { records, owners } = this.#columns
    const source = this.sources[field]!
    const ids = owners.of(source < 0 ? field : source)
    return ids.map(id => readColumn(partOf(this.#columnParts, id).cursor.at(records[id]! + FRAME_BYTES), id))
  }

  /** Numbers are read in place, and names out of one text where they can be: thousands of fields take a third of the time so in a
   *  process that has just begun. */
  #addFields({ cursor, at: begin, items, end: listEnd, first }: Part): void {
    const { bytes, view } = cursor
    const text = isAscii(bytes) ? bytes.toString('latin1') : null
    const count = first + items
    const parents = grown(new Uint32Array(count), this.parents)
    const roles = grown(new Uint16Array(count), this.roles)
    const records = grown(new Uint32Array(count), this.#records)
    const sources = grown(new Int32Array(count), this.sources)
    const arrayLengths = grown(new Int32Array(count), this.arrayLengths)
    const { names } = this
    let at = begin
    for (let id = first; id < count; id++) {
      const end = recordEnd(cursor, view, at, LEAST.field, listEnd)
      const nameAt = at + NAME_AT + 4
      const nameEnd = nameAt + view.getUint32(at + NAME_AT, true)
      if (nameEnd > end) failAt(cursor, at, 'a text passes the end of its record')
      names.push(text === null ? utf8(bytes, nameAt, nameEnd) : text.slice(nameAt, nameEnd))
      records[id] = at
      parents[id] = view.getUint32(at + PARENT_AT, true)
      const roleAndFlags = view.getUint32(at + ROLE_AT, true)
      roles[id] = roleAndFlags & 0xffff
      const flags = roleAndFlags >>> 16
      sources[id] = -1
      if ((flags & (REPETITIVE | PROJECTED)) !== 0) {
        let next = nameEnd
        for (let k = 0; k < 3; k++) next = behindText(cursor, view, next, end) // type, its alias, description
        const [hasLength, hasSource] = [(flags & REPETITIVE) !== 0, (flags & PROJECTED) !== 0]
        if (next + (hasLength ? 8 : 0) + (hasSource ? 4 : 0) > end) failAt(cursor, at, 'a record passes its own end')
        if (hasLength) {
          arrayLengths[id] = view.getInt32(next, true)
          if (arrayLengths[id]! < 0 || view.getInt32(next + 4, true) !== 0) failAt(cursor, at, 'an array without end')
        }
        if (hasSource) {
          sources[id] = view.getInt32(next + (hasLength ? 8 : 0), true)
          if (sources[id]! < 0) failAt(cursor, at, 'a projection of a field that is not there')
        }
      }
      at = end
    }
    Object.assign(this, { parents, roles, sources, arrayLengths })
    this.#records = records
  }
}

/** Columns by the field that they belong to. */
interface Columns {
  /** Where the record of each, with its frame, begins. */
  readonly records: Uint32Array
  readonly owners: Chains
}

function readColumns(parts: readonly Part[], fields: number): Columns {
  const last = parts.at(-1)
  const count = last === undefined ? 0 : last.first + last.items
  const records = new Uint32Array(count)
  const owners = new Uint32Array(count)
  for (const { cursor, at: begin, items, end: listEnd, first } of parts) {
    const { view } = cursor
    let at = begin
    for (let id = first; id < first + items; id++) {
      records[id] = at
      const end = recordEnd(cursor, view, at, LEAST.column, listEnd)
      const field = view.getUint32(at + COLUMN_FIELD_AT, true)
      if (field >= fields) failAt(cursor, at, `column ${id} belongs to a field that is not there`)
      owners[id] = field
      at = end
    }
  }
  return { records, owners: new Chains(owners) }
}

/** The list at the cursor, which moves behind it. */
function partAt(cursor: FrameCursor, leastBytes: number, before: readonly Part[]): Part {
  const { end, items } = cursor.list(leastBytes)
  const at = cursor.position
  const last = before.at(-1)
  cursor.position = end
  return { cursor, at, items, end, first: last === undefined ? 0 : last.first + last.items }
}

/** The one that holds an item: the extension begins where the header's end. */
function partOf(parts: readonly Part[], item: number): Part {
  return parts.findLast(({ first }) => item >= first)!
}

function grown<A extends Uint32Array | Uint16Array | Int32Array>(larger: A, before: A): A {
  larger.set(before)
  return larger
}

/** The end of the record frame at `at` in a list. */
function recordEnd(cursor: FrameCursor, view: DataView, at: number, leastBytes: number, listEnd: number): number {
  if (at + leastBytes > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  const size = view.getUint32(at, true)
  if (size < leastBytes || view.getUint32(at + 4, true) !== 0) failAt(cursor, at, `a record of ${size} bytes`)
  if (at + size > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  return at + size
}

/** Behind the text whose length stands at `at`. */
function behindText(cursor: FrameCursor, view: DataView, at: number, end: number): number {
  const next = at + 4 > end ? end + 1 : at + 4 + view.getUint32(at, true)
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

  constructor(owners: Uint32Array) {
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

  /** undefined: none or several. */
  only(owner: number): number | undefined {
    const first = this.#first[owner] ?? -1
    return first >= 0 && this.#next[first] === -1 ? first : undefined
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
