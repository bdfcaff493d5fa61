/** Columns as Arrow columns and back. Numbers are the same memory on both sides. */
import { sameBits } from '../core/bits.js'
import { UsageError } from '../core/errors.js'
import type { Column, Columns } from '../core/types.js'
import type { ArrowBatch, ArrowData, ArrowField, ArrowSchema, ArrowType } from '../formats/arrow/index.js'

/** Of the file's partition and entry that a row comes from: so that a batch needs nothing beside its columns. */
export const PARTITION = 'tnp_partition'
export const ENTRY = 'tnp_entry'
/** The pairs of each event: a list of records {tag, probe, ...}. */
export const PAIRS = 'pairs'

export function field(name: string, type: ArrowType, nullable = false): ArrowField {
  return { name, nullable, type }
}

export function columnField(name: string, { dtype, offsets, width = 1 }: Column): ArrowField {
  if (offsets !== undefined) return field(name, { kind: 'list', item: field('item', { kind: 'values', dtype }) })
  if (width > 1) return field(name, { kind: 'fixed', width, item: field('item', { kind: 'values', dtype }) })
  return field(name, { kind: 'values', dtype })
}

export function columnData({ values, offsets, width = 1 }: Column, rows: number): ArrowData {
  const flat: ArrowData = { length: values.length, valid: null, values, children: [] }
  if (offsets !== undefined) return { length: rows, valid: null, offsets, children: [flat] }
  return width > 1 ? { length: rows, valid: null, children: [flat] } : flat
}

/** The columns of a batch by name, without those of records. Lists with the same lengths share their offsets. Throws UsageError
 *  where one has nulls. */
export function columnsOf(schema: ArrowSchema, batch: ArrowBatch): Map<string, Column> {
  const columns = new Map<string, Column>()
  const lists: Int32Array[] = []
  for (const [i, { name, type }] of schema.fields.entries()) {
    if (name === PAIRS) continue
    const column = columnOf(name, type, batch.columns[i]!)
    if (column !== null) columns.set(name, shared(column, lists))
  }
  return columns
}

/** null: a record, or a list of lists. */
export function columnOf(name: string, type: ArrowType, data: ArrowData): Column | null {
  if (type.kind === 'struct' || type.kind === 'other') return null
  refuseNulls(name, data)
  if (type.kind === 'values') return { dtype: type.dtype, values: data.values! }
  const item = data.children[0]!
  if (type.item.type.kind !== 'values') return null
  refuseNulls(name, item)
  const { dtype } = type.item.type
  if (type.kind === 'fixed') return { dtype, values: item.values!, ...(type.width === 1 ? {} : { width: type.width }) }
  return { dtype, values: item.values!, offsets: data.offsets! }
}

function refuseNulls(name: string, { valid }: ArrowData): void {
  if (valid === null) return
  const message = `column "${name}" has nulls, wanted a value in every row. In pyarrow: column.fill_null(...).`
  throw new UsageError([{ place: 'stdin', message }])
}

/** Stages take columns with one offsets object for those of one collection. */
function shared(column: Column, lists: Int32Array[]): Column {
  const { offsets } = column
  if (offsets === undefined) return column
  const same = lists.find(known => sameBits(known, offsets))
  if (same === undefined) lists.push(offsets)
  return same === undefined ? column : { ...column, offsets: same }
}

/** Stretches [start, stop) of rows with the same partition. Throws UsageError where the column is missing. */
export function partitionRuns(
  columns: Columns,
): { readonly partition: number; readonly start: number; readonly stop: number }[] {
  const column = columns.get(PARTITION)
  if (column === undefined) {
    const message = `the column ${PARTITION} is missing, which says where a row belongs. A stage of your own must hand it on.`
    throw new UsageError([{ place: 'stdin', message }])
  }
  const { values } = column
  const runs = []
  for (let start = 0; start < values.length; ) {
    let stop = start + 1
    while (stop < values.length && values[stop] === values[start]) stop++
    runs.push({ partition: Number(values[start]), start, stop })
    start = stop
  }
  return runs
}
