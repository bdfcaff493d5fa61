/** What an RNTuple is made of: its fields in C++'s types, and their columns with what of a table each of them holds.
 *
 *      flat value            T                    one column
 *      list                  std::vector<T>       ends, values
 *      fixed length          std::array<T,N>      values
 *      list of them          std::vector<std::array<T,N>>   ends, values
 *      text                  std::string          ends, bytes
 *      record                record without a class, of its members
 *      list of records       collection without a class, of such records: ends once, values a member
 *
 *  Where values may be null, see nulls.ts. */
import type { Values } from '../../core/types.js'
import { hasValidity, validity, withoutNulls } from '../nulls.js'
import { checkedColumn, checkTogether } from '../table-columns.js'
import type { Rows } from '../table-format.js'
import { type Field, isRecord, type Leaf, type NullableColumn, type TableSchema } from '../table-schema.js'
import { CHAR, type ColumnType, INDEX, STORED, type StoredType } from './column-types.js'

/** Structural roles. */
const PLAIN = 0
const COLLECTION = 1
const RECORD = 2

export interface FieldRecord {
  readonly name: string
  /** "": without a class. */
  readonly typeName: string
  /** Position in the list of fields; its own where it is at the top. */
  readonly parent: number
  readonly role: number
  /** Of a std::array; 0: it is none. */
  readonly arrayLength: number
}

export interface ColumnRecord {
  /** Position in the list of fields. */
  readonly field: number
  readonly type: ColumnType
  /** The elements of a table: of ends, those behind the rows, elements of optionals, .... */
  readonly elements: (rows: Rows) => Values
}

/** Of a column that has been checked. */
type Elements = (column: NullableColumn, rows: number, leaf: Leaf) => Values

export interface Layout {
  readonly fields: readonly FieldRecord[]
  readonly columns: readonly ColumnRecord[]
}

export function layoutOf({ fields, leaves }: TableSchema): Layout {
  const layout = new Building()
  let next = 0
  const names = namesOf(fields)
  for (const field of fields) next += layout.addField(field, leaves.slice(next), names)
  return layout
}

function namesOf(fields: readonly Field[]): ReadonlySet<string> {
  return new Set(fields.map(({ name }) => name))
}

class Building implements Layout {
  readonly fields: FieldRecord[] = []
  readonly columns: ColumnRecord[] = []

  /** leaves: from those of the field on; names: of all fields. Returns their number. */
  addField(field: Field, leaves: readonly Leaf[], names: ReadonlySet<string>): number {
    if (!isRecord(field)) {
      this.#addLeaf(field.name, null, leaves[0]!, false, names)
      return 1
    }
    const { name, members } = field
    let parent = null
    if (field.list === true) {
      parent = this.#add(name, '', null, COLLECTION)
      this.#column(parent, INDEX, leaves[0]!, endsOfLists, leaves.slice(0, members.length))
    }
    const record = this.#add(parent === null ? name : '_0', '', parent, RECORD)
    const own = namesOf(members)
    for (const [i, member] of members.entries()) {
      this.#addLeaf(member.name, record, leaves[i]!, field.list === true, own)
    }
    return members.length
  }

  /** names: of the leaf and what stands beside it. inList: the record around it is the element of the lists. */
  #addLeaf(name: string, parent: number | null, leaf: Leaf, inList: boolean, names: ReadonlySet<string>): void {
    const { dtype, text, nullable } = leaf
    if (text) {
      const field = this.#add(name, 'std::string', parent, PLAIN)
      this.#column(field, INDEX, leaf, endsOfLists)
      this.#column(field, CHAR, leaf, valuesOf)
      return
    }
    this.#addValues(name, parent, leaf, inList, STORED[dtype], valuesOf)
    if (!nullable || !hasValidity(dtype)) return
    let beside = `${name}_valid`
    while (names.has(beside)) beside += '_'
    this.#addValues(beside, parent, leaf, inList, STORED.bool, flagsOf)
  }

  #addValues(
    name: string,
    parent: number | null,
    leaf: Leaf,
    inList: boolean,
    type: StoredType,
    elements: Elements,
  ): void {
    const { shape, width } = leaf
    let [field, item] = [parent, name]
    const each = width === 1 ? type.typeName : `std::array<${type.typeName},${width}>`
    if (shape === 'list' && !inList) {
      field = this.#add(item, `std::vector<${each}>`, field, COLLECTION)
      this.#column(field, INDEX, leaf, endsOfLists)
      item = '_0'
    }
    if (width > 1) {
      field = this.#add(item, each, field, PLAIN, width)
      item = '_0'
    }
    this.#column(this.#add(item, type.typeName, field, PLAIN), type, leaf, elements)
  }

  #add(name: string, typeName: string, parent: number | null, role: number, arrayLength = 0): number {
    const id = this.fields.length
    this.fields.push({ name, typeName, parent: parent ?? id, role, arrayLength })
    return id
  }

  #column(field: number, type: ColumnType, leaf: Leaf, elements: Elements, together: readonly Leaf[] = [leaf]): void {
    const checked = ({ columns, length }: Rows) => {
      checkTogether(columns, together, length, 'RNTuple')
      return elements(checkedColumn(columns, leaf, length, 'RNTuple'), length, leaf)
    }
    this.columns.push({ field, type, elements: checked })
  }
}

function endsOfLists({ offsets }: NullableColumn, rows: number): Int32Array {
  return offsets!.subarray(1, rows + 1)
}

function valuesOf(column: NullableColumn, rows: number, leaf: Leaf): Values {
  return withoutNulls(column, countOf(column, rows, leaf))
}

function flagsOf(column: NullableColumn, rows: number, leaf: Leaf): Values {
  return validity(column, countOf(column, rows, leaf))
}

function countOf({ offsets }: NullableColumn, rows: number, { width }: Leaf): number {
  return width * (offsets === undefined ? rows : offsets[rows]!)
}
