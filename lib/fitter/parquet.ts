/** Fits as a Parquet file: one row each, the columns of the CSV. */
import { assembleFile, encodeRowGroup, type Field, type NullableColumn, tableSchema } from '../formats/index.js'
import { type FitColumn, fitColumns } from './columns.js'
import type { FitterResults } from './results.js'

export function fitterParquet({ fits }: FitterResults): Uint8Array {
  const columns = fitColumns(fits)
  const schema = tableSchema(columns.map(fieldOf))
  const table = { length: fits.length, columns: new Map(columns.map(column => [column.name, valuesOf(column)])) }
  return Buffer.concat(assembleFile(schema, [encodeRowGroup(table, schema, null)]))
}

const DTYPES = { text: 'uint8', number: 'float64', whole: 'int32', flag: 'bool' } as const

function fieldOf({ name, kind }: FitColumn): Field {
  if (kind === 'text') return { name, dtype: 'uint8', text: true }
  return { name, dtype: DTYPES[kind], nullable: kind !== 'flag' }
}

function valuesOf({ kind, cells }: FitColumn): NullableColumn {
  if (kind === 'text') return texts(cells.map(cell => String(cell ?? '')))
  if (kind === 'flag') return { dtype: 'bool', values: Uint8Array.from(cells, cell => (cell === true ? 1 : 0)) }
  const valid = Uint8Array.from(cells, cell => (typeof cell === 'number' ? 1 : 0))
  const numbers = cells.map(cell => (typeof cell === 'number' ? cell : 0))
  return kind === 'whole'
    ? { dtype: 'int32', values: Int32Array.from(numbers), valid }
    : { dtype: 'float64', values: Float64Array.from(numbers), valid }
}

function texts(cells: readonly string[]): NullableColumn {
  const bytes = cells.map(cell => Buffer.from(cell, 'utf8'))
  const offsets = new Int32Array(cells.length + 1)
  for (const [k, { length }] of bytes.entries()) offsets[k + 1] = offsets[k]! + length
  return { dtype: 'uint8', values: new Uint8Array(Buffer.concat(bytes)), offsets }
}
