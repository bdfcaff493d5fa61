/** Output tables as Arrow record batches and back. The fields are those of the files to be. */

import { newValues } from '../core/dtype.js'
import { UsageError } from '../core/errors.js'
import type { Column, Columns, Table } from '../core/types.js'
import type { ArrowBatch, ArrowData, ArrowField, ArrowSchema, ArrowType } from '../formats/arrow/index.js'
import { type Field, type LeafField, type NullableColumn, type TableSchema, tableSchema } from '../formats/index.js'
import { columnData, field, levelsOf, levelType, PARTITION, partitionRuns, valuesWithin } from './arrow-columns.js'
import type { Encoded } from './batches.js'
import { sliceRows } from './rows.js'

export function arrowTable({ chunk, length, columns }: Table, schema: TableSchema): Encoded {
  const partition = new Int32Array(length).fill(chunk.partition)
  return {
    fields: [field(PARTITION, { kind: 'values', dtype: 'int32' }), ...schema.fields.map(arrowField)],
    batch: {
      length,
      columns: [
        { length, valid: null, values: partition, children: [] },
        ...schema.fields.map(f => fieldData(f, columns, length)),
      ],
    },
  }
}

function arrowField(f: Field): ArrowField {
  if ('members' in f) {
    const record: ArrowType = { kind: 'struct', members: f.members.map(arrowField) }
    return field(f.name, f.list ? { kind: 'list', item: field('item', record) } : record)
  }
  const { name, dtype, list = false, width, nullable = false } = f
  const type = levelType({ kind: 'values', dtype }, list, width ?? 1, nullable)
  return field(name, type, type.kind === 'values' && nullable)
}

function fieldData(f: Field, columns: Columns, rows: number): ArrowData {
  if (!('members' in f)) return columnData(columns.get(f.column ?? f.name)!, rows)
  const members = f.members.map(m => columns.get(m.column ?? m.name)!)
  const [first] = members
  const elements = f.list ? first!.values.length : rows
  const children = members.map(column => columnData(f.list ? withoutOffsets(column) : column, elements))
  const record: ArrowData = { length: elements, valid: null, children }
  return f.list ? { length: rows, valid: null, offsets: first!.offsets!, children: [record] } : record
}

function withoutOffsets({ dtype, values }: Column): Column {
  return { dtype, values }
}

/** The schema of the files that such a stream becomes. neverNull: columns that are nullable, of which no value ever is null. */
export function storedSchema({ fields }: ArrowSchema, neverNull: readonly string[] = []): TableSchema {
  const plain = new Set(neverNull)
  const stored = fields.filter(f => f.name !== PARTITION).map(storedField)
  return tableSchema(stored.map(f => (plain.has(f.name) ? { ...f, neverNull: true } : f)))
}

function storedField({ name, type, nullable }: ArrowField): Field {
  if (type.kind === 'struct') return { name, members: type.members.map(m => member(name, m)) }
  if (type.kind === 'list' && type.item.type.kind === 'struct') {
    return { name, list: true, members: type.item.type.members.map(m => member(name, m)) }
  }
  return leafField({ name, type, nullable })
}

function member(record: string, f: ArrowField): LeafField {
  return { ...leafField(f), column: `${record}.${f.name}` }
}

function leafField({ name, type, nullable }: ArrowField): LeafField {
  const levels = levelsOf({ type, nullable })
  if (levels === null) {
    const what = type.kind === 'other' ? type.what : 'lists of lists or records'
    const message = `the column "${name}" is of ${what}, which tables do not have. Drop it, or make numbers of it.`
    throw new UsageError([{ place: 'stdin', message }])
  }
  const { dtype, isList, width } = levels
  return {
    ...{ name, dtype },
    ...(isList ? { list: true } : {}),
    ...(width > 1 ? { width } : {}),
    ...(levels.nullable ? { nullable: true } : {}),
  }
}

/** The tables in a record batch: one a partition. */
export function decodeTables(schema: ArrowSchema, batch: ArrowBatch, dataset: string): Table[] {
  const columns = new Map<string, NullableColumn>()
  for (const [i, f] of schema.fields.entries()) addColumns(f.name, f, batch.columns[i]!, columns)
  return partitionRuns(columns).map(({ partition, start, stop }) => {
    const cut = start === 0 && stop === batch.length ? columns : sliceRows(columns, start, stop)
    const range = { partitionStart: 0, partitionStop: null, start: 0, stop: null, part: 0, parts: 1, isStep: false }
    return { chunk: { dataset, file: '', tree: '', partition, ...range }, length: stop - start, columns: cut }
  })
}

function addColumns(
  name: string,
  f: ArrowField,
  data: ArrowData,
  into: Map<string, NullableColumn>,
  offsets?: Int32Array,
): void {
  const { type } = f
  if (type.kind === 'struct') {
    for (const [i, m] of type.members.entries()) addColumns(`${name}.${m.name}`, m, data.children[i]!, into, offsets)
  } else if (type.kind === 'list' && type.item.type.kind === 'struct') {
    addColumns(name, type.item, data.children[0]!, into, data.offsets)
  } else {
    const levels = levelsOf(f)
    if (levels === null) return
    const lists = levels.isList ? { offsets: data.offsets! } : offsets === undefined ? {} : { offsets }
    const shape = { ...lists, ...(levels.width > 1 ? { width: levels.width } : {}) }
    into.set(name, leaf(levels.dtype, valuesWithin(type, data), shape, levels.nullable))
  }
}

function leaf(
  dtype: Column['dtype'],
  { values, valid, length }: ArrowData,
  shape: Pick<Column, 'offsets' | 'width'>,
  nullable: boolean,
): NullableColumn {
  const column = { dtype, values: values ?? newValues(dtype, 0), ...shape }
  if (!nullable) return column
  return { ...column, valid: valid ?? new Uint8Array(length).fill(1) }
}
