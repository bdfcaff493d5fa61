/** Pairs -> Table for scale and smearing: one row for each event with two usable electrons, null where none of its pairs was
 *  chosen; or only the events that have one; or, of these, one row for each element of their lists. */
import { gatherRows } from '../columns/index.js'
import { newValues } from '../core/dtype.js'
import type { Column, DType, MapStage, Pairs, Table, Values } from '../core/types.js'
import type { LeafField, NullableColumn } from '../formats/index.js'
import type { DielectronColumn } from './dielectron-columns.js'

/** event: a row an event, its lists as lists. pair: the same without rows of nulls. element: a row an element of the lists,
 *  which all belong to one collection; an event without elements has none. */
export type RowKind = 'event' | 'pair' | 'element'

export interface SelectDielectronsOptions {
  /** In output order, without repetitions. */
  readonly columns: readonly DielectronColumn[]
  readonly rows: RowKind
}

/** Takes pairs of which each event has one at most. In a row of nulls, a list is empty. */
export function selectDielectrons({ columns, rows }: SelectDielectronsOptions): MapStage<Pairs, Table> {
  return {
    kind: 'map',
    name: 'selectDielectrons',
    reads: [...new Set(columns.flatMap(c => c.reads))],
    note: `${columns.length} columns, one row ${rows === 'event' ? 'an event, null without a pair' : `a ${rows}`}`,
    map: pairs => {
      const pairOf = pairsOfRows(pairs, columns, rows)
      return {
        chunk: pairs.batch.chunk,
        length: pairOf.length,
        columns: new Map(columns.map(c => [c.name, tableColumn(c, pairs, pairOf, rows)])),
      }
    },
  }
}

/** The columns as fields of a schema. As in the reference, every value of a row that may be null is nullable. */
export function dielectronFields(columns: readonly DielectronColumn[], rows: RowKind): LeafField[] {
  return columns.map(column => {
    const { kind, name, dtype } = column
    if (kind === 'lists' && rows !== 'element') return { name, dtype, list: true }
    const mayBeNull = rows === 'event' || (kind === 'values' && column.nullable)
    return { name, dtype, nullable: rows !== 'element' || mayBeNull, ...(mayBeNull ? {} : { neverNull: true }) }
  })
}

/** The pair of each row, -1 where it has none: Int32Array[nRows]. */
function pairsOfRows(pairs: Pairs, columns: readonly DielectronColumn[], rows: RowKind): Int32Array {
  const { event, batch } = pairs
  if (rows === 'pair') return event.map((_, k) => k)
  if (rows === 'event') return pairsOfEvents(batch.events!, event)
  const { offsets } = chosenLists(columns.find(c => c.kind === 'lists')!, pairs)
  const out = new Int32Array(offsets.at(-1)!)
  for (let k = 0; k < event.length; k++) out.fill(k, offsets[k]!, offsets[k + 1]!)
  return out
}

/** events, event: ascending; every event of a pair is in `events`. */
function pairsOfEvents(events: Int32Array, event: Int32Array): Int32Array {
  const out = new Int32Array(events.length).fill(-1)
  for (let r = 0, k = 0; r < events.length && k < event.length; r++) if (events[r] === event[k]) out[r] = k++
  return out
}

function tableColumn(column: DielectronColumn, pairs: Pairs, pairOf: Int32Array, rows: RowKind): NullableColumn {
  const { dtype } = column
  if (column.kind === 'lists') {
    const lists = chosenLists(column, pairs)
    return rows === 'element' ? { dtype, values: lists.values } : listsOfRows(lists, pairOf)
  }
  const { values, valid } = column.load(pairs)
  const spreadValues = spread(dtype, values, pairOf)
  if (rows === 'element' && valid === undefined) return { dtype, values: spreadValues }
  return {
    dtype,
    values: spreadValues,
    valid: Uint8Array.from(pairOf, k => (k < 0 ? 0 : (valid?.[k] ?? 1))),
  }
}

/** out[r] = values[pairOf[r]], 0 where there is none. */
function spread(dtype: DType, values: Values, pairOf: Int32Array): Values {
  const out = newValues(dtype, pairOf.length)
  for (let r = 0; r < pairOf.length; r++) if (pairOf[r]! >= 0) out[r] = values[pairOf[r]!]!
  return out
}

type Lists = Column & { readonly offsets: Int32Array }

/** The lists of the pairs' events. */
function chosenLists(column: DielectronColumn & { kind: 'lists' }, { batch, event }: Pairs): Lists {
  return gatherRows(column.column(batch), event) as Lists
}

/** The same lists with empty ones between them for the rows of nulls. */
function listsOfRows(lists: Lists, pairOf: Int32Array): Column {
  const offsets = new Int32Array(pairOf.length + 1)
  for (let r = 0; r < pairOf.length; r++) {
    const k = pairOf[r]!
    offsets[r + 1] = k < 0 ? offsets[r]! : lists.offsets[k + 1]!
  }
  return { ...lists, offsets }
}
