/** Columns as Arrow columns and back. Numbers are the same memory on both sides. */
import { sameBits } from '../core/bits.js'
import { UsageError } from '../core/errors.js'
import type { Column, Columns, DType } from '../core/types.js'
import type { ArrowBatch, ArrowData, ArrowField, ArrowSchema, ArrowType } from '../formats/arrow/index.js'
import type { NullableColumn } from '../formats/index.js'

/** Of the file's partition and entry that a row comes from: so that a batch needs nothing beside its columns. */
export const PARTITION = 'tnp_partition'
export const ENTRY = 'tnp_entry'
/** The pairs of each event: a list of records {tag, probe, ...}. */
export const PAIRS = 'pairs'

export function field(name: string, type: ArrowType, nullable = false): ArrowField {
  return { name, nullable, type }
}

export function columnField(name: string, { dtype, offsets, width = 1 }: Column): ArrowField {
  return field(name, levelType({ kind: 'values', dtype }, offsets !== undefined, width))
}

/** The type with the levels of lists around it: those of any length outside, fixed ones inside. */
export function levelType(values: ArrowType, isList: boolean, width: number, nullable = false): ArrowType {
  const fixed: ArrowType = width > 1 ? { kind: 'fixed', width, item: field('item', values, nullable) } : values
  return isList ? { kind: 'list', item: field('item', fixed, nullable && width === 1) } : fixed
}

export function columnData({ values, offsets, width = 1, valid }: NullableColumn, rows: number): ArrowData {
  const flat: ArrowData = { length: values.length, valid: valid ?? null, values, children: [] }
  const arrays = offsets === undefined ? rows : offsets[rows]!
  const fixed: ArrowData = width > 1 ? { length: arrays, valid: null, children: [flat] } : flat
  return offsets === undefined ? fixed : { length: rows, valid: null, offsets, children: [fixed] }
}

/** What a column of ours is made of: values, arrays of them, and lists of either. */
export interface Levels {
  readonly dtype: DType
  readonly isList: boolean
  readonly width: number
  /** The values may be null. */
  readonly nullable: boolean
}

/** null: a record, lists of lists, or another type. */
export function levelsOf({ type, nullable }: Pick<ArrowField, 'type' | 'nullable'>): Levels | null {
  let at = { type, nullable }
  const isList = at.type.kind === 'list'
  if (at.type.kind === 'list') at = at.type.item
  const width = at.type.kind === 'fixed' ? at.type.width : 1
  if (at.type.kind === 'fixed') at = at.type.item
  return at.type.kind === 'values' ? { dtype: at.type.dtype, isList, width, nullable: at.nullable } : null
}

/** The data of the values within lists and arrays. */
export function valuesWithin(type: ArrowType, data: ArrowData): ArrowData {
  return type.kind === 'list' || type.kind === 'fixed' ? valuesWithin(type.item.type, data.children[0]!) : data
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
  const levels = levelsOf({ type, nullable: false })
  if (levels === null) return null
  refuseNulls(name, type, data)
  const { dtype, isList, width } = levels
  const lists = isList ? { offsets: data.offsets! } : {}
  return { dtype, values: valuesWithin(type, data).values!, ...lists, ...(width === 1 ? {} : { width }) }
}

/** At any level. */
function refuseNulls(name: string, type: ArrowType, { valid, children }: ArrowData): void {
  if (valid === null) {
    if (type.kind === 'list' || type.kind === 'fixed') refuseNulls(name, type.item.type, children[0]!)
    return
  }
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
