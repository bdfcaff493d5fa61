/** Made-up tables for the writers of ROOT's formats, with columns of every type, long enough for several pages or baskets. */
import { DTYPES, newValues } from '../../lib/core/dtype.js'
import type { Column, DType, Values } from '../../lib/core/types.js'
import { type Field, fieldsOf, type NullableColumn, type TableSchema, tableSchema } from '../../lib/formats/index.js'

export interface MadeTable {
  readonly length: number
  readonly columns: Map<string, NullableColumn>
}

/** Numbers below 2^32, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state
  }
}

/** Any bits, but for booleans, which are 0 or 1. */
function randomValues(dtype: DType, length: number, next: () => number): Values {
  const values = newValues(dtype, length)
  if (dtype === 'bool') return (values as Uint8Array).map(() => (next() >>> 16) & 1)
  if (dtype === 'float32' || dtype === 'float64') return (values as Float64Array).map(() => next() / 1e6 - 2000)
  const bytes = new Uint8Array(values.buffer)
  for (let i = 0; i < bytes.length; i++) bytes[i] = next() >>> 13
  return values
}

/** Of each type a flat column, a list and an array of three; a text; a record; lists of records, whose two members share their offsets. */
export function madeTable(rows: number, seed = 1): MadeTable {
  const next = generator(seed)
  const columns = new Map<string, NullableColumn>()
  const offsets = new Int32Array(rows + 1)
  for (let i = 0; i < rows; i++) offsets[i + 1] = offsets[i]! + ((next() >>> 20) % 4)
  const count = offsets[rows]!
  for (const dtype of DTYPES) {
    columns.set(`flat_${dtype}`, { dtype, values: randomValues(dtype, rows, next) })
    columns.set(`list_${dtype}`, { dtype, values: randomValues(dtype, count, next), offsets })
    columns.set(`three_${dtype}`, { dtype, values: randomValues(dtype, 3 * rows, next), width: 3 })
  }
  const ends = new Int32Array(rows + 1)
  for (let i = 0; i < rows; i++) ends[i + 1] = ends[i]! + ((next() >>> 20) % 7)
  const text: Column = {
    dtype: 'uint8',
    values: new Uint8Array(ends[rows]!).map(() => 97 + ((next() >>> 20) % 26)),
    offsets: ends,
    text: true,
  }
  columns.set('word', text)
  return { length: rows, columns }
}

/** With records of some of the columns. */
export function madeSchema(table: MadeTable = madeTable(0)): TableSchema {
  const fields: Field[] = [
    ...fieldsOf(table.columns),
    {
      name: 'MET',
      members: [
        { name: 'pt', dtype: 'float64', column: 'flat_float64' },
        { name: 'terms', dtype: 'int16', list: true, column: 'list_int16' },
      ],
    },
    {
      name: 'Jet',
      list: true,
      members: [
        { name: 'pt', dtype: 'float32', column: 'list_float32' },
        { name: 'tight', dtype: 'bool', column: 'list_bool' },
      ],
    },
  ]
  return tableSchema(fields)
}
