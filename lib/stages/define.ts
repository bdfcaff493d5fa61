/** Writing stages of one's own. Each helper returns what it is given with its kind set and its types checked, so that a
 *  user's module needs no annotations. */
import type { Batch, Context, DType, MapStage, Pairs, Read, Sink, Source } from '../core/types.js'
import type { EventFilter, FilterContext } from './extra-filter.js'

/** What a stage of the user's is made of. `reads`: branches to decode, checked against the files before any event is read. */
export interface StageDefinition<I, O> {
  readonly name: string
  readonly reads?: readonly Read[]
  /** Columns that `map` adds to each batch, with their types. A column `Electron_x` has one value an electron, shares
   *  its offsets with the collection's other columns, and may be named by `vars` (`el_x`) and filters (`x`). One with a value
   *  an event may be named by `vars`. */
  readonly adds?: Readonly<Record<string, DType>>
  /** One line for `tnp-pipe explain`. */
  readonly note?: string
  /** Stateless. null drops the item. What it throws ends the run, with the stage and the file in front. */
  readonly map: (item: I, ctx: Context) => O | null | Promise<O | null>
}

/** A stage on events that `--stage` and `withStages` take, and every graph. */
export interface EventStage extends MapStage<Batch, Batch> {
  readonly on: 'events'
  readonly addedTypes: Readonly<Record<string, DType>>
}

/** A stage on tag-probe pairs that `--stage` and `withStages` take, and every graph. */
export interface PairStage extends MapStage<Pairs, Pairs> {
  readonly on: 'pairs'
}

/** What a module may export: the stage, or a function that makes it for a dataset. */
export type StageExport =
  | EventStage
  | PairStage
  | ((context: FilterContext) => EventStage | PairStage | Promise<EventStage | PairStage>)

/** A stage on events: a batch in, a batch out, with events left out (`keepEvents`) or columns added (`withColumns`). */
export function defineStage(definition: StageDefinition<Batch, Batch>): EventStage {
  const { adds = {}, ...rest } = definition
  return { kind: 'map', on: 'events', ...rest, adds: Object.keys(adds), addedTypes: adds }
}

/** A stage on pairs: pairs in, pairs out, with pairs left out (`keepPairs`). */
export function definePairStage(definition: Omit<StageDefinition<Pairs, Pairs>, 'adds'>): PairStage {
  return { kind: 'map', on: 'pairs', ...definition }
}

/** A function for `extra_filter`, with the branches that it reads. */
export function defineFilter(reads: readonly Read[], filter: EventFilter): EventFilter {
  const own: EventFilter = (batch, args, context) => filter(batch, args, context)
  return Object.assign(own, { reads })
}

/** A source: where a graph or a stream of one's own begins. */
export function defineSource<O>(source: Omit<Source<O>, 'kind'>): Source<O> {
  return { kind: 'source', ...source }
}

/** A sink: `drain` takes every item and settles when all is written; it removes what it began when it fails. */
export function defineSink<I>(sink: Omit<Sink<I>, 'kind'>): Sink<I> {
  return { kind: 'sink', ...sink }
}
