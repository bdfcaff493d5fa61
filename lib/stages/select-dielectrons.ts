/** Pairs -> Table for scale and smearing: one row for each event with two usable electrons, null where none of its pairs was
 *  chosen; or only the events that have one. */
import { gatherRows } from '../columns/index.js'
import { newValues } from '../core/dtype.js'
import type { Column, DType, MapStage, Pairs, Table, Values } from '../core/types.js'
import type { NullableColumn } from '../formats/index.js'
import type { DielectronColumn } from './dielectron-columns.js'

export interface SelectDielectronsOptions {
  /** In output order, without repetitions. */
  readonly columns: readonly DielectronColumn[]
  /** Leave out the rows of nulls. */
  readonly dropEmpty: boolean
}

/** Takes pairs of which each event has one at most. */
export function selectDielectrons({ columns, dropEmpty }: SelectDielectronsOptions): MapStage<Pairs, Table> {
  return {
    kind: 'map',
    name: 'selectDielectrons',
    reads: columns.flatMap(c => c.reads),
    note: `${columns.length} columns, one row an event${dropEmpty ? '' : ', null without a pair'}`,
    map: pairs => {
      const rows = dropEmpty ? pairs.event : pairs.batch.events!
      const pairOf = pairsOfRows(rows, pairs.event)
      return {
        chunk: pairs.batch.chunk,
        length: rows.length,
        columns: new Map(columns.map(c => [c.name, tableColumn(c, pairs, pairOf)])),
      }
    },
  }
}

/** The pair of each row, -1 where it has none. rows, event: ascending events; every event is a row. */
function pairsOfRows(rows: Int32Array, event: Int32Array): Int32Array {
  const out = new Int32Array(rows.length).fill(-1)
  for (let r = 0, k = 0; r < rows.length && k < event.length; r++) if (rows[r] === event[k]) out[r] = k++
  return out
}

function tableColumn(column: DielectronColumn, pairs: Pairs, pairOf: Int32Array): NullableColumn {
  if (column.kind === 'lists') return listsOfRows(column.column(pairs.batch), pairs, pairOf)
  const { values, valid } = column.load(pairs)
  return {
    dtype: column.dtype,
    values: spread(column.dtype, values, pairOf),
    valid: Uint8Array.from(pairOf, k => (k < 0 ? 0 : (valid?.[k] ?? 1))),
  }
}

/** out[r] = values[pairOf[r]], 0 where there is none. */
function spread(dtype: DType, values: Values, pairOf: Int32Array): Values {
  const out = newValues(dtype, pairOf.length)
  for (let r = 0; r < pairOf.length; r++) if (pairOf[r]! >= 0) out[r] = values[pairOf[r]!]!
  return out
}

/** The lists of the rows' events; empty for a row of nulls. */
function listsOfRows(lists: Column, pairs: Pairs, pairOf: Int32Array): Column {
  const chosen = gatherRows(lists, pairs.event)
  const from = chosen.offsets!
  const offsets = new Int32Array(pairOf.length + 1)
  for (let r = 0; r < pairOf.length; r++) {
    const k = pairOf[r]!
    offsets[r + 1] = offsets[r]! + (k < 0 ? 0 : from[k + 1]! - from[k]!)
  }
  return { ...chosen, offsets }
}
