/** Tables of any length with a column of every kind that a TTree can hold, and the branches that must come of them. */
import { newValues } from '../../../lib/core/dtype.js'
import type { Column, DType, Values } from '../../../lib/core/types.js'
import { rootSchema } from '../../../lib/formats/root-names.js'
import {
  type Field,
  isRecord,
  type LeafField,
  type NullableColumn,
  tableSchema,
} from '../../../lib/formats/table-schema.js'

const DTYPES: readonly DType[] = [
  ...(['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32'] as const),
  ...(['uint32', 'int64', 'uint64', 'float32', 'float64'] as const),
]

export const FIELDS: readonly Field[] = [
  ...DTYPES.map(dtype => ({ name: `flat_${dtype}`, dtype })),
  ...DTYPES.map(dtype => ({ name: `list_${dtype}`, dtype, list: true })),
  ...DTYPES.map(dtype => ({ name: `fixed_${dtype}`, dtype, width: 3 })),
  { name: 'text', dtype: 'uint8', text: true },
  { name: 'a filter >= "é"', dtype: 'bool' },
  { name: 'half', dtype: 'float32', nullable: true },
  { name: 'count', dtype: 'int64', nullable: true },
  { name: 'holes', dtype: 'uint16', list: true, nullable: true },
  {
    name: 'MET',
    members: [
      { name: 'pt', dtype: 'float64', column: 'MET_pt' },
      { name: 'terms', dtype: 'int16', list: true, column: 'MET_terms' },
    ],
  },
  {
    name: 'Jet',
    list: true,
    members: [
      { name: 'pt', dtype: 'float32', column: 'Jet_pt' },
      { name: 'tight', dtype: 'bool', column: 'Jet_tight' },
    ],
  },
  // What the branch that counts list_bool would be called.
  { name: 'nlist_bool', dtype: 'int32' },
]

export const SCHEMA = rootSchema(tableSchema(FIELDS))

export interface Table {
  readonly length: number
  readonly columns: Map<string, NullableColumn>
}

const LIMITS: Readonly<Record<DType, readonly (number | bigint)[]>> = {
  bool: [0, 1],
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  float32: [Number.NaN, -Infinity, 1.5, -0],
  float64: [Math.PI, Number.NaN, 1e300, -5e-324],
}

/** Numbers from 0 up to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** The same for the same arguments. */
export function makeTable(rows: number, seed: number): Table {
  const random = randomNumbers(seed)
  const columns = new Map<string, NullableColumn>()
  const lists = () => {
    const offsets = new Int32Array(rows + 1)
    for (let i = 0; i < rows; i++) offsets[i + 1] = offsets[i]! + Math.floor(4 * random())
    return offsets
  }
  const valuesOf = (dtype: DType, length: number): Values => {
    const values = newValues(dtype, length)
    const limits = LIMITS[dtype]
    for (let i = 0; i < length; i++) {
      const other = dtype === 'bool' ? i % 2 : Math.floor(100 * random())
      const isBig = typeof limits[0] === 'bigint'
      values[i] = (i % 5 < limits.length ? limits[i % 5]! : isBig ? BigInt(other) : other) as never
    }
    return values
  }
  const shared = lists()
  const add = ({ name, dtype, list, width, text, nullable, column = name }: LeafField, of?: Int32Array) => {
    if (text) return columns.set(column, texts(rows))
    const offsets = list || of !== undefined ? (of ?? lists()) : undefined
    const length = offsets === undefined ? rows * (width ?? 1) : offsets[rows]!
    const valid = nullable ? { valid: Uint8Array.from({ length }, (_, i) => (i % 3 === 0 ? 0 : 1)) } : {}
    const values = valuesOf(dtype, length)
    const shape = offsets !== undefined ? { offsets } : width !== undefined ? { width } : {}
    return columns.set(column, { dtype, values, ...shape, ...valid })
  }
  for (const field of FIELDS) {
    if (!isRecord(field)) add(field)
    else for (const member of field.members) add(member, field.list ? shared : undefined)
  }
  return { length: rows, columns }
}

function texts(rows: number): Column {
  const parts = Array.from({ length: rows }, (_, i) => Buffer.from(['', 'µ', 'ele', 'x'.repeat(254 + (i % 3))][i % 4]!))
  const offsets = new Int32Array(rows + 1)
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length
  return { dtype: 'uint8', values: new Uint8Array(Buffer.concat(parts)), offsets, text: true }
}

/** What is read back: one branch's values, and the lengths of its lists or texts. */
export interface Content {
  readonly dtype: DType
  readonly values: Values
  readonly counts: readonly number[] | null
}

/** The branches of a file with these tables, by name, in their order. */
export function expectedBranches(tables: readonly Table[]): Map<string, Content> {
  const branches = new Map<string, Content>()
  const add = (name: string, column: string, counter: string | null, nullable = false) => {
    const parts = tables.map(table => table.columns.get(column)!)
    const { dtype } = parts[0]!
    const isFloat = dtype.startsWith('float')
    const values = parts.flatMap(part => [...(part.values as Float64Array)])
    const flags = parts.flatMap(part => [...(part.valid ?? [])])
    const counts = parts[0]!.offsets === undefined ? null : tables.flatMap(table => countsOf(table, column))
    if (counter !== null) branches.set(counter, content('int32', counts!, null))
    const filled = values.map((v, i) => (flags[i] === 0 ? (isFloat ? Number.NaN : typeof v === 'bigint' ? 0n : 0) : v))
    branches.set(name, content(dtype, filled, counts))
    if (nullable && !isFloat) branches.set(`${name}_valid`, content('bool', flags, counts))
  }
  for (const dtype of DTYPES) add(`flat_${dtype}`, `flat_${dtype}`, null)
  for (const dtype of DTYPES) add(`list_${dtype}`, `list_${dtype}`, dtype === 'bool' ? 'nlist_bool_' : `nlist_${dtype}`)
  for (const dtype of DTYPES) add(`fixed_${dtype}`, `fixed_${dtype}`, null)
  add('text', 'text', null)
  add('a_filter_gte____', 'a filter >= "é"', null)
  add('half', 'half', null, true)
  add('count', 'count', null, true)
  add('holes', 'holes', 'nholes', true)
  add('MET_pt', 'MET_pt', null)
  add('MET_terms', 'MET_terms', 'nMET_terms')
  add('Jet_pt', 'Jet_pt', 'nJet')
  add('Jet_tight', 'Jet_tight', null)
  add('nlist_bool', 'nlist_bool', null)
  return branches
}

function content(dtype: DType, numbers: readonly (number | bigint)[], counts: readonly number[] | null): Content {
  const values = newValues(dtype, numbers.length)
  for (const [i, value] of numbers.entries()) values[i] = value as never
  return { dtype, values, counts }
}

function countsOf({ length, columns }: Table, name: string): number[] {
  const { offsets } = columns.get(name)!
  return Array.from({ length }, (_, i) => offsets![i + 1]! - offsets![i]!)
}
