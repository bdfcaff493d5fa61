/** Batches and pairs as Arrow record batches and back: one record batch a chunk, one row an event that is still in. */
import { eventRuns } from '../columns/index.js'
import { BugError, UsageError } from '../core/errors.js'
import type { Batch, Chunk, Column, Columns, Pairs } from '../core/types.js'
import type { ArrowBatch, ArrowData, ArrowField, ArrowSchema } from '../formats/arrow/index.js'
import {
  type Branches,
  collectionOf,
  describeDisagreement,
  findDisagreement,
  isFieldOf,
  NAMES_ONLY,
} from '../stages/index.js'
import {
  columnData,
  columnField,
  columnOf,
  columnsOf,
  ENTRY,
  field,
  PAIRS,
  PARTITION,
  partitionRuns,
} from './arrow-columns.js'
import type { StreamFacts } from './facts.js'
import { everyRow, sliceRows, takeRows } from './rows.js'

export interface Encoded {
  readonly fields: readonly ArrowField[]
  readonly batch: ArrowBatch
}

/** Where the events of the batch come from, as columns of their own. */
export function withOrigin(batch: Batch): Batch {
  const { length, chunk } = batch
  const first = BigInt(batch.read?.start ?? chunk.start)
  const entry = new BigInt64Array(length)
  for (let i = 0; i < length; i++) entry[i] = first + BigInt(i)
  const columns: [string, Column][] = [
    [PARTITION, { dtype: 'int32', values: new Int32Array(length).fill(chunk.partition) }],
    [ENTRY, { dtype: 'int64', values: entry }],
  ]
  return { ...batch, columns: new Map([...columns, ...batch.columns]) }
}

/** The events that are still in. */
export function encodeEvents({ columns, events, length }: Batch): Encoded {
  const whole = events === null || events.length === length
  return encodeColumns(whole ? columns : takeRows(columns, events), whole ? length : events.length)
}

function encodeColumns(columns: Columns, length: number): Encoded {
  const entries = [...columns]
  return {
    fields: entries.map(([name, column]) => columnField(name, column)),
    batch: { length, columns: entries.map(([, column]) => columnData(column, length)) },
  }
}

/** The events with pairs, or (keepEvents) all that are still in, with their pairs. nested: the branches
 *  of NanoAOD, by which columns belong to collections. */
export function encodePairs(pairs: Pairs, keepEvents: boolean, nested: Branches | null = null): Encoded {
  const { batch, event } = pairs
  const runs = eventRuns(event)
  const kept = keepEvents ? (batch.events ?? everyRow(batch.length)) : runs.events
  const first = { tag: firstElements(batch, pairs.tags, nested), probe: firstElements(batch, pairs.probes, nested) }
  const tag = new Int32Array(event.length)
  const probe = new Int32Array(event.length)
  for (let k = 0; k < event.length; k++) {
    tag[k] = pairs.tag[k]! - first.tag(event[k]!)
    probe[k] = pairs.probe[k]! - first.probe(event[k]!)
  }
  checkNames(pairs.columns)
  const members: [string, Column][] = [
    ['tag', { dtype: 'int32', values: tag }],
    ['probe', { dtype: 'int32', values: probe }],
    ...pairs.columns,
  ]
  const { fields, batch: encoded } = encodeColumns(takeRows(batch.columns, kept), kept.length)
  const record: ArrowData = {
    length: event.length,
    valid: null,
    children: members.map(([, column]) => columnData(column, event.length)),
  }
  const offsets = keepEvents ? pairOffsets(kept, event) : runs.offsets
  const item = field('item', { kind: 'struct', members: members.map(([name, column]) => columnField(name, column)) })
  return {
    fields: [...fields, field(PAIRS, { kind: 'list', item })],
    batch: {
      length: kept.length,
      columns: [...encoded.columns, { length: kept.length, valid: null, offsets, children: [record] }],
    },
  }
}

function checkNames(columns: Columns): void {
  const taken = ['tag', 'probe'].filter(name => columns.has(name))
  if (taken.length === 0) return
  const message = `a filter may not be called "${taken[0]}" on the shell: pairs have a column of that name. Rename it.`
  throw new UsageError([{ place: 'filters', message }])
}

/** kept: ascending events; every event of a pair is among them. */
function pairOffsets(kept: Int32Array, event: Int32Array): Int32Array {
  const offsets = new Int32Array(kept.length + 1)
  for (let r = 0, k = 0; r < kept.length; r++) {
    while (k < event.length && event[k] === kept[r]) k++
    offsets[r + 1] = k
  }
  return offsets
}

/** Position of an event's first element of the collection; of rows, which are tag and probe themselves, the row's own. */
function firstElements({ columns }: Batch, collection: string, nested: Branches | null): (event: number) => number {
  const offsets = offsetsOf(columns, collection, nested ?? NAMES_ONLY)
  return offsets === null ? event => event : event => offsets[event]!
}

function offsetsOf(columns: Columns, collection: string, layout: Branches): Int32Array | null {
  for (const [name, { offsets }] of columns) {
    if (offsets !== undefined && isFieldOf(layout, name, collection)) return offsets
  }
  return null
}

/** The batches in a record batch: one a partition. nested: the branches of NanoAOD, whose collections have lists of one length; null:
 *  of ntuples. Throws UsageError where they have not. */
export function decodeEvents(
  schema: ArrowSchema,
  batch: ArrowBatch,
  facts: StreamFacts,
  nested: Branches | null = null,
): Batch[] {
  const columns = checkedColumns(schema, batch, nested)
  return partitionRuns(columns).map(run => batchOf(columns, batch.length, run, facts))
}

function checkedColumns(schema: ArrowSchema, batch: ArrowBatch, nested: Branches | null): Map<string, Column> {
  const columns = columnsOf(schema, batch)
  const wrong = nested === null ? null : findDisagreement(columns, nested)
  if (wrong === null) return columns
  const collection = collectionOf(wrong.name, nested!.branch(wrong.name)?.counter)
  const what = `the columns of ${collection} are not of one length: in row ${wrong.event} of a record batch`
  const advice = 'A stage that leaves objects out must do so in all columns of their collection.'
  throw new UsageError([{ place: 'stdin', message: `${what} ${describeDisagreement(wrong)}. ${advice}` }])
}

interface Run {
  readonly partition: number
  readonly start: number
  readonly stop: number
}

function batchOf(all: Columns, rows: number, { partition, start, stop }: Run, facts: StreamFacts): Batch {
  const columns = start === 0 && stop === rows ? all : sliceRows(all, start, stop)
  const length = stop - start
  return { chunk: chunkOf(partition, length, columns, facts), length, columns, events: null }
}

/** What messages may say of it. */
function chunkOf(partition: number, length: number, columns: Columns, { dataset }: StreamFacts): Chunk {
  const entry = columns.get(ENTRY)?.values
  const start = entry === undefined || length === 0 ? 0 : Number(entry[0])
  return {
    dataset: dataset.name,
    file: `dataset "${dataset.name}", partition ${partition}`,
    tree: '',
    partition,
    partitionStart: 0,
    partitionStop: null,
    start,
    stop: entry === undefined || length === 0 ? 0 : Number(entry[length - 1]) + 1,
    part: 0,
    parts: 1,
    isStep: false,
  }
}

/** The pairs in a record batch: one item a partition. nested: as in `decodeEvents`. */
export function decodePairs(
  schema: ArrowSchema,
  batch: ArrowBatch,
  facts: StreamFacts,
  nested: Branches | null = null,
): Pairs[] {
  const columns = checkedColumns(schema, batch, nested)
  const found = pairsColumn(schema, batch)
  return partitionRuns(columns).map(run => {
    const events = batchOf(columns, batch.length, run, facts)
    return pairsOf({ ...events, events: everyRow(events.length) }, found, run, facts, nested)
  })
}

interface PairsColumn {
  readonly offsets: Int32Array
  readonly columns: Map<string, Column>
}

function pairsColumn({ fields }: ArrowSchema, batch: ArrowBatch): PairsColumn {
  const at = fields.findIndex(f => f.name === PAIRS)
  const type = fields[at]?.type
  if (type?.kind !== 'list' || type.item.type.kind !== 'struct') {
    const message = `the column "${PAIRS}" (a list of records) is missing. A stage of your own must hand it on.`
    throw new UsageError([{ place: 'stdin', message }])
  }
  const { offsets, children } = batch.columns[at]!
  const columns = type.item.type.members.flatMap((member, i): [string, Column][] => {
    const column = columnOf(`${PAIRS}.${member.name}`, member.type, children[0]!.children[i]!)
    return column === null ? [] : [[member.name, column]]
  })
  return { offsets: offsets!, columns: new Map(columns) }
}

function pairsOf(
  batch: Batch,
  { offsets, columns }: PairsColumn,
  { start, stop }: Run,
  facts: StreamFacts,
  nested: Branches | null,
): Pairs {
  if (facts.pairs === null) throw new BugError('a stream of pairs does not say of what')
  const { tags, probes } = facts.pairs
  const cut = sliceRows(columns, offsets[start]!, offsets[stop]!)
  const n = offsets[stop]! - offsets[start]!
  const event = new Int32Array(n)
  for (let row = start; row < stop; row++) {
    event.fill(row - start, offsets[row]! - offsets[start]!, offsets[row + 1]! - offsets[start]!)
  }
  const positions = (side: 'tag' | 'probe', collection: string) => {
    const local = cut.get(side)?.values
    if (local === undefined) {
      throw new UsageError([{ place: 'stdin', message: `the column "${PAIRS}" has no member "${side}".` }])
    }
    const first = firstElements(batch, collection, nested)
    const out = new Int32Array(n)
    for (let k = 0; k < n; k++) out[k] = Number(local[k]) + first(event[k]!)
    return out
  }
  const tag = positions('tag', tags)
  const probe = positions('probe', probes)
  cut.delete('tag')
  cut.delete('probe')
  return { batch, tags, probes, event, tag, probe, columns: cut }
}
