/** What an RNTuple is made of: its fields in C++'s types, and their columns with what of a table each of them holds.
 *
 *      flat value            T                    one column
 *      nullable value        std::optional<T>     ends of lists of none or one, and the values that are there
 *      list                  std::vector<T>       ends, values
 *      fixed length          std::array<T,N>      values
 *      text                  std::string          ends, bytes
 *      record                record without a class, of its members
 *      list of records       collection without a class, of such records: ends once, values a member */
import type { Values } from '../../core/types.js'
import { checkedColumn, checkTogether } from '../table-columns.js'
import type { Rows } from '../table-format.js'
import { type Field, isRecord, type Leaf, type NullableColumn, type TableSchema } from '../table-schema.js'
import { CHAR, type ColumnType, INDEX, STORED } from './column-types.js'

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

export interface Layout {
  readonly fields: readonly FieldRecord[]
  readonly columns: readonly ColumnRecord[]
}

export function layoutOf({ fields, leaves }: TableSchema): Layout {
  const layout = new Building()
  let next = 0
  for (const field of fields) next += layout.addField(field, leaves.slice(next))
  return layout
}

class Building implements Layout {
  readonly fields: FieldRecord[] = []
  readonly columns: ColumnRecord[] = []

  /** leaves: from those of the field on. Returns their number. */
  addField(field: Field, leaves: readonly Leaf[]): number {
    if (!isRecord(field)) {
      this.#addLeaf(field.name, null, leaves[0]!, false)
      return 1
    }
    const { name, members } = field
    let parent = null
    if (field.list === true) {
      parent = this.#add(name, '', null, COLLECTION)
      const own = leaves.slice(0, members.length)
      this.#column(parent, INDEX, leaves[0]!, endsOfLists, own)
    }
    const record = this.#add(parent === null ? name : '_0', '', parent, RECORD)
    for (const [i, member] of members.entries()) this.#addLeaf(member.name, record, leaves[i]!, field.list === true)
    return members.length
  }

  /** inList: the record around it is the element of the lists. */
  #addLeaf(name: string, parent: number | null, leaf: Leaf, inList: boolean): void {
    const { dtype, shape, width, text, nullable } = leaf
    if (text) {
      const field = this.#add(name, 'std::string', parent, PLAIN)
      this.#column(field, INDEX, leaf, endsOfLists)
      this.#column(field, CHAR, leaf, valuesOf)
      return
    }
    const value = STORED[dtype]
    const inner = nullable ? `std::optional<${value.typeName}>` : value.typeName
    let [field, item] = [parent, name]
    if (shape === 'list' && !inList) {
      field = this.#add(name, `std::vector<${inner}>`, parent, COLLECTION)
      this.#column(field, INDEX, leaf, endsOfLists)
      item = '_0'
    } else if (shape === 'fixed') {
      field = this.#add(name, `std::array<${inner},${width}>`, parent, PLAIN, width)
      item = '_0'
    }
    if (nullable) {
      field = this.#add(item, inner, field, COLLECTION)
      this.#column(field, INDEX, leaf, endsOfOptionals)
      item = '_0'
    }
    this.#column(this.#add(item, value.typeName, field, PLAIN), value, leaf, nullable ? validValues : valuesOf)
  }

  #add(name: string, typeName: string, parent: number | null, role: number, arrayLength = 0): number {
    const id = this.fields.length
    this.fields.push({ name, typeName, parent: parent ?? id, role, arrayLength })
    return id
  }

  #column(
    field: number,
    type: ColumnType,
    leaf: Leaf,
    elements: (column: NullableColumn, rows: number, leaf: Leaf) => Values,
    together: readonly Leaf[] = [leaf],
  ): void {
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

function valuesOf({ values, offsets }: NullableColumn, rows: number, { width }: Leaf): Values {
  return values.subarray(0, offsets === undefined ? rows * width : offsets[rows]!) as Values
}

function endsOfOptionals(column: NullableColumn, rows: number, leaf: Leaf): Int32Array {
  const { valid } = column
  const ends = new Int32Array(valuesOf(column, rows, leaf).length)
  for (let i = 0, end = 0; i < ends.length; i++) {
    if (valid === undefined || valid[i] !== 0) end++
    ends[i] = end
  }
  return ends
}

function validValues(column: NullableColumn, rows: number, leaf: Leaf): Values {
  const values = valuesOf(column, rows, leaf)
  const { valid } = column
  return valid === undefined ? values : ((values as Float64Array).filter((_, i) => valid[i] !== 0) as Values)
}
