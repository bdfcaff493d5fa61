/** Fields and columns of an RNTuple, out of its header and, where it grew while it was written, its footer. */

import { latin1 } from '../cursor.js'
import { type ColumnRecord, Columns, LEAST_COLUMN_BYTES } from './columns.js'
import { type FieldLinks, type FieldTables, joined, linkFields, scanFields } from './field-scan.js'
import type { FrameCursor } from './frames.js'
import { behindText, failAt, type Part, partAt, partOf, recordEnd } from './parts.js'

/** Structural roles of fields. */
export const LEAF = 0
export const COLLECTION = 1
export const RECORD = 2
export const VARIANT = 3

const REPETITIVE = 1
const PROJECTED = 2
/** Fields in fields. */
const MOST_DEPTH = 100
/** Where in a field's record, with its frame, the role with flags and the name stand. */
const ROLE_AT = 20
const NAME_AT = 24
/** Bytes of the least record of a field. */
const LEAST_FIELD_BYTES = 8 + 16 + 16

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

const NO_FIELDS: FieldTables = {
  records: new Uint32Array(0),
  parents: new Uint32Array(0),
  roles: new Uint16Array(0),
  sources: new Int32Array(0),
  arrayLengths: new Int32Array(0),
}

/** Of thousands of fields a job reads a few: what all are looked through for stands in arrays by the fields' ids, the rest is read
 *  when it is asked for. */
export class Schema {
  #tables = NO_FIELDS
  #links: FieldLinks = { firsts: new Uint32Array(1), nexts: new Uint32Array(0), shown: new Uint8Array(0), isOdd: false }
  readonly #fieldParts: Part[] = []
  readonly #columnParts: Part[] = []
  #columns: Columns | null = null
  /** Ids and names of the top-level fields, in their order. */
  tops = new Uint32Array(0)
  topNames: readonly string[] = []

  /** A field's own id: it is a top-level field. */
  get parents(): Uint32Array {
    return this.#tables.parents
  }

  get roles(): Uint16Array {
    return this.#tables.roles
  }

  /** The field whose columns it shows under another name; -1: it has its own. */
  get sources(): Int32Array {
    return this.#tables.sources
  }

  get arrayLengths(): Int32Array {
    return this.#tables.arrayLengths
  }

  /** 1: another field shows it. */
  get shown(): Uint8Array {
    return this.#links.shown
  }

  /** Reads one description: that of the header, then that of the footer's extension. Throws DataError 'DeserializationError' where
   *  fields refer to what is not there, or go round in circles. */
  add(cursor: FrameCursor): void {
    this.#columns = null
    const fields = partAt(cursor, LEAST_FIELD_BYTES, this.#fieldParts)
    this.#fieldParts.push(fields)
    this.#addFields(fields)
    this.#columnParts.push(partAt(cursor, LEAST_COLUMN_BYTES, this.#columnParts))
    for (let k = 0; k < 2; k++) cursor.position = cursor.list(0).end // aliases, and what streamers need
  }

  field(id: number): Field {
    const cursor = this.#cursorOf(id)
    const name = cursor.string()
    const typeName = cursor.string()
    cursor.skipString() // alias of the type
    const description = cursor.string()
    return { id, name, typeName, description, role: this.roles[id]!, arrayLength: this.arrayLengths[id]! }
  }

  name(id: number): string {
    return this.#cursorOf(id).string()
  }

  /** Begins the name of its C++ type so? beginning: Latin-1. */
  hasType(id: number, beginning: string): boolean {
    const { bytes, view } = this.#fieldParts[partOf(this.#fieldParts, id)]!.cursor
    const nameAt = this.#tables.records[id]! + NAME_AT
    const at = nameAt + 8 + view.getUint32(nameAt, true)
    return latin1(bytes, at, at + beginning.length) === beginning
  }

  /** Ids of a field's children, in their order. */
  children(field: number): readonly number[] {
    const { firsts, nexts } = this.#links
    const found: number[] = []
    for (let next = firsts[field + 1] ?? 0; next > 0; next = nexts[next - 1]!) found.push(next - 1)
    return found
  }

  /** The field's only child; undefined where it has none or several. */
  onlyChild(field: number): number | undefined {
    const { firsts, nexts } = this.#links
    const first = firsts[field + 1]!
    return first > 0 && nexts[first - 1] === 0 ? first - 1 : undefined
  }

  /** The field's columns, of all representations; those of its source where it is a projection. Throws DataError
   *  'DeserializationError' where a column belongs to no field. */
  columnsOf(field: number): readonly ColumnRecord[] {
    this.#columns ??= new Columns(this.#columnParts, this.parents.length)
    const source = this.sources[field]!
    return this.#columns.of(source < 0 ? field : source)
  }

  /** At the name. */
  #cursorOf(id: number): FrameCursor {
    return this.#fieldParts[partOf(this.#fieldParts, id)]!.cursor.at(this.#tables.records[id]! + NAME_AT)
  }

  #addFields(part: Part): void {
    const { cursor, items, first } = part
    const { tables, done, tops, topNames } = scanFields(part, this.#tables)
    if (done < items) refuseRecord(part, done === 0 ? null : tables.records[first + done - 1]!)
    this.#tables = tables
    this.#links = linkFields(tables)
    if (this.#links.isOdd) this.#check(cursor)
    this.tops = joined(new Uint32Array(this.tops.length + tops.length), this.tops, tops)
    const names = topNames.split('\n')
    // Behind the last name nothing is left, unless names have ends of lines themselves.
    const isSplit = names.pop() === '' && names.length === tops.length
    const added = isSplit ? names : Array.from(tops, id => this.name(id))
    this.topNames = first === 0 ? added : [...this.topNames, ...added]
  }

  #check(cursor: FrameCursor): void {
    const { parents, sources } = this
    const count = parents.length
    const fail = (id: number, problem: string) => cursor.fail(`field "${this.name(id)}" ${problem}`)
    for (let id = 0; id < count; id++) {
      const source = sources[id]!
      const parent = parents[id]!
      // Where parents stand before their children there are no circles.
      if (parent <= id && source === -1) continue
      if (parent >= count || source >= count || source < -1) fail(id, 'refers to one that is not there')
      if (source >= 0 && sources[source]! >= 0) fail(id, 'is a projection of a projection')
      if (parent <= id) continue
      for (let at = id, depth = 0; parents[at] !== at; at = parents[at]!, depth++) {
        if (depth > MOST_DEPTH || !(at < count)) fail(id, 'lies in fields without end')
      }
    }
  }
}

/** Says what is wrong with the record behind the one at `before`; null: with the first. */
function refuseRecord({ cursor, at: begin, end: listEnd }: Part, before: number | null): never {
  const { view } = cursor
  const at = before === null ? begin : recordEnd(cursor, view, before, LEAST_FIELD_BYTES, listEnd)
  const end = recordEnd(cursor, view, at, LEAST_FIELD_BYTES, listEnd)
  const flags = view.getUint32(at + ROLE_AT, true) >>> 16
  let next = behindText(cursor, view, at + NAME_AT, end)
  for (let k = 0; k < 3; k++) next = behindText(cursor, view, next, end) // type, its alias, description
  const [lengthBytes, sourceBytes] = [(flags & REPETITIVE) !== 0 ? 8 : 0, (flags & PROJECTED) !== 0 ? 4 : 0]
  if (next + lengthBytes + sourceBytes > end) failAt(cursor, at, 'a record passes its own end')
  const isEndless = lengthBytes > 0 && view.getBigUint64(next, true) > 0x7fffffffn
  return failAt(cursor, at, isEndless ? 'an array without end' : 'a projection of a field that is not there')
}
