/** A table with a column of every type and shape that the Parquet writer knows, and what its rows are. */
import type { Column, DType, Values } from '../../../lib/core/types.js'
import { type Field, fieldsOf, type NullableColumn, tableSchema } from '../../../lib/formats/index.js'

/** Five values of each type, with its limits; the first four also serve as a flat column. */
const VALUES: [DType, Values][] = [
  ['bool', Uint8Array.of(1, 0, 1, 1, 0)],
  ['int8', Int8Array.of(-128, 127, 0, 1, -1)],
  ['uint8', Uint8Array.of(255, 0, 1, 2, 3)],
  ['int16', Int16Array.of(-32768, 32767, 0, 1, -1)],
  ['uint16', Uint16Array.of(65535, 0, 1, 2, 3)],
  ['int32', Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0, 1, -1)],
  ['uint32', Uint32Array.of(2 ** 32 - 1, 0, 1, 2, 3)],
  ['int64', BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, 1n, -1n)],
  ['uint64', BigUint64Array.of(2n ** 64n - 1n, 0n, 1n, 2n, 3n)],
  ['float32', Float32Array.of(NaN, 1.5, 0, -2, -Infinity)],
  ['float64', Float64Array.of(Math.PI, NaN, 1e300, -5e-324, 2)],
]

/** Four rows with 2, 0, 3 and 0 elements. */
export const OFFSETS = Int32Array.of(0, 2, 2, 5, 5)
export const ROWS = 4

export type Row = Record<string, unknown>

/** withArrayLists: with lists of arrays as well. */
export function exampleTable(withArrayLists = true) {
  const columns = new Map<string, Column | NullableColumn>()
  for (const [dtype, values] of VALUES) {
    columns.set(`flat_${dtype}`, { dtype, values: values.slice(0, ROWS) })
    columns.set(`list_${dtype}`, { dtype, values, offsets: OFFSETS })
  }
  columns.set('fixed', { dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), width: 2 })
  const twos = Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
  if (withArrayLists) columns.set('boxes', { dtype: 'int16', values: twos, offsets: OFFSETS, width: 2 })
  columns.set('a filter >= "é"', { dtype: 'bool', values: Uint8Array.of(0, 1, 0, 1) })
  const plain = fieldsOf(columns)
  const half = Float32Array.of(1, 99, 3, 4)
  columns.set('half', { dtype: 'float32', values: half, valid: Uint8Array.of(1, 0, 1, 0) })
  columns.set('none', { dtype: 'int16', values: Int16Array.of(1, -2, 3, 4) })
  columns.set('nulls', { dtype: 'int64', values: new BigInt64Array(4), valid: new Uint8Array(4) })
  const holes = Uint8Array.of(1, 0, 1, 1, 0)
  columns.set('holes', { dtype: 'int32', values: Int32Array.of(1, 2, 3, 4, 5), offsets: OFFSETS, valid: holes })
  const gaps = Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1, 1, 1)
  columns.set('gaps', { dtype: 'float32', values: Float32Array.from(twos), offsets: OFFSETS, width: 2, valid: gaps })
  columns.set('MET_pt', { dtype: 'float64', values: Float64Array.of(1, 2, 3, 4) })
  const fields: Field[] = [
    ...plain,
    { name: 'half', dtype: 'float32', nullable: true },
    { name: 'none', dtype: 'int16', nullable: true },
    { name: 'nulls', dtype: 'int64', nullable: true },
    { name: 'holes', dtype: 'int32', list: true, nullable: true },
    ...(withArrayLists ? [{ name: 'gaps', dtype: 'float32' as const, list: true, width: 2, nullable: true }] : []),
    {
      name: 'MET',
      members: [
        { name: 'pt', dtype: 'float64', column: 'MET_pt' },
        { name: 'terms', dtype: 'uint8', list: true, column: 'list_uint8' },
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
  return { schema: tableSchema(fields), table: { length: ROWS, columns }, rows: exampleRows() }
}

/** The rows as objects, written without the columns' help. */
function exampleRows(): Row[] {
  const rows: Row[] = []
  for (let i = 0; i < ROWS; i++) {
    const row: Row = {}
    for (const [dtype, values] of VALUES) {
      const list = Array.from(values as ArrayLike<number | bigint>).map(v => (dtype === 'bool' ? v === 1 : v))
      row[`flat_${dtype}`] = list[i]
      row[`list_${dtype}`] = [list.slice(0, 2), [], list.slice(2, 5), []][i]
    }
    row.fixed = [2 * i + 1, 2 * i + 2]
    row.boxes = [[[1, 2], [3, 4]], [], [[5, 6], [7, 8], [9, 10]], []][i] // biome-ignore format: one line
    row['a filter >= "é"'] = i % 2 === 1
    row.half = [1, null, 3, null][i]
    row.none = [1, -2, 3, 4][i]
    row.nulls = null
    row.holes = [[1, null], [], [3, 4, null], []][i]
    row.gaps = [[[1, null], [3, 4]], [], [[null, null], [7, 8], [9, 10]], []][i] // biome-ignore format: one line
    row.MET = { pt: i + 1, terms: row.list_uint8 }
    const pts = row.list_float32 as number[]
    const tights = row.list_bool as boolean[]
    row.Jet = pts.map((pt, j) => ({ pt, tight: tights[j] }))
    rows.push(row)
  }
  return rows
}
