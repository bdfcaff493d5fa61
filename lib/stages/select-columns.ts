/** Pairs -> Table: the output rows of the array methods, gathered once, after all cuts. */
import { eventRuns, gather, gatherRows } from '../columns/index.js'
import type { Column, MapStage, Pairs, Table } from '../core/types.js'
import type { Variable } from './variables.js'

export interface SelectOptions {
  /** In output order, without repetitions. */
  readonly variables: readonly Variable[]
  /** true: one row a pair, event-level values repeated. false: one row an event with lists of the pairs' values. */
  readonly flat: boolean
}

export function selectColumns(options: SelectOptions): MapStage<Pairs, Table> {
  return {
    kind: 'map',
    name: 'selectColumns',
    reads: options.variables.flatMap(v => v.reads),
    note: `${options.variables.length} columns, one row ${options.flat ? 'a pair' : 'an event'}`,
    map: pairs => (options.flat ? flatTable(pairs, options.variables) : eventTable(pairs, options.variables)),
  }
}

/** Records stand for their members. */
function stored(variables: readonly Variable[]): readonly Variable[] {
  return variables.flatMap(v => v.members ?? v)
}

/** A value a pair, or an array of them. */
function loaded({ dtype, width, load }: Variable, pairs: Pairs): Column {
  return { dtype, values: load(pairs), ...(width === undefined ? {} : { width }) }
}

function flatTable(pairs: Pairs, variables: readonly Variable[]): Table {
  const columns = stored(variables).map(v => {
    const ofEvents = v.shape === 'text' || v.shape === 'array'
    return [v.name, ofEvents ? gatherRows(v.column(pairs.batch), pairs.event) : loaded(v, pairs)] as const
  })
  return { chunk: pairs.batch.chunk, length: pairs.event.length, columns: new Map(columns) }
}

function eventTable(pairs: Pairs, variables: readonly Variable[]): Table {
  const { events, offsets } = eventRuns(pairs.event)
  const firstPairs = offsets.subarray(0, events.length)
  const column = (v: Variable): Column => {
    if (v.shape === 'pair' || v.shape === 'pairArray') return { ...loaded(v, pairs), offsets }
    if (v.shape !== 'event') return gatherRows(v.column(pairs.batch), events)
    return { dtype: v.dtype, values: gather(v.dtype, v.load(pairs), firstPairs) }
  }
  return {
    chunk: pairs.batch.chunk,
    length: events.length,
    columns: new Map(stored(variables).map(v => [v.name, column(v)])),
  }
}
