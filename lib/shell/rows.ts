/** Rows of columns: those at some positions, or a stretch of them. */
import { gatherElements, gatherRows, listElements } from '../columns/index.js'
import type { Column, Columns } from '../core/types.js'
import type { NullableColumn } from '../formats/index.js'

type Lists = ReturnType<typeof listElements>

/** The rows `index` of all columns; lists of one collection go on sharing their offsets. */
export function takeRows(columns: Columns, index: Int32Array): Map<string, Column> {
  const known = new Map<Int32Array, Lists>()
  const take = (column: Column): Column => {
    if (column.offsets === undefined) return gatherRows(column, index)
    let lists = known.get(column.offsets)
    if (lists === undefined) known.set(column.offsets, (lists = listElements(column.offsets, index)))
    return { ...gatherElements(column, lists.elements), offsets: lists.offsets }
  }
  return new Map(Array.from(columns, ([name, column]) => [name, take(column)]))
}

/** Rows [start, stop), as views where possible. */
export function sliceRows(
  columns: ReadonlyMap<string, NullableColumn>,
  start: number,
  stop: number,
): Map<string, NullableColumn> {
  const known = new Map<Int32Array, Int32Array>()
  const slice = (column: NullableColumn): NullableColumn => {
    const { offsets, width = 1 } = column
    if (offsets === undefined) return sliceValues(column, start * width, stop * width)
    const first = offsets[start]!
    let cut = known.get(offsets)
    if (cut === undefined) known.set(offsets, (cut = offsets.subarray(start, stop + 1).map(o => o - first)))
    return { ...sliceValues(column, first * width, offsets[stop]! * width), offsets: cut }
  }
  return new Map(Array.from(columns, ([name, column]) => [name, slice(column)]))
}

function sliceValues(column: NullableColumn, first: number, last: number): NullableColumn {
  const { values, valid } = column
  const cut = { ...column, values: values.subarray(first, last) }
  return valid === undefined ? cut : { ...cut, valid: valid.subarray(first, last) }
}

/** Positions 0 to n - 1. */
export function everyRow(n: number): Int32Array {
  const out = new Int32Array(n)
  for (let i = 0; i < n; i++) out[i] = i
  return out
}
