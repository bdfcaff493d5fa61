/** A stage of the user's own: from a JavaScript or TypeScript module, which workers import by its path, or given by a program,
 *  which then runs on the thread that it is on. */
import { DataError, UsageError } from '../core/errors.js'
import type { Batch, Context, DType, Layout, MapStage, Pairs, Read } from '../core/types.js'
import { describePlace, importExport, type ModulePlace } from '../core/user-module.js'
import type { EventStage, PairStage } from './define.js'
import type { FilterContext } from './extra-filter.js'
import { batchProblem, pairsProblem } from './own-batch.js'

/** Where the stage is. object: the stage itself, or the function that makes it, where a program gave it. */
export interface StagePlace extends ModulePlace {
  readonly object?: unknown
}

/** What is known of the stage before it runs. Plain data but for `object`: it is sent to workers with the plan. */
export interface ReadyStage extends StagePlace {
  readonly on: 'events' | 'pairs'
  /** The stage's own name; the node's id is `stage:` and this. */
  readonly stage: string
  readonly reads: readonly Read[]
  readonly addedTypes: Readonly<Record<string, DType>>
  readonly note: string
}

/** Imports the stage and describes it. Throws UsageError where the module or the export is missing, or is not a stage. */
export async function readyStage(place: StagePlace, context: FilterContext): Promise<ReadyStage> {
  const stage = await loadStage(place, context)
  return {
    ...place,
    on: stage.on,
    stage: stage.name,
    reads: stage.reads ?? [],
    addedTypes: stage.on === 'events' ? { ...stage.addedTypes } : {},
    note: stage.note ?? describePlace(place),
  }
}

/** The stage as a node of a graph; the module is imported with the first item. */
export function customEvents(ready: ReadyStage, context: CustomContext): MapStage<Batch, Batch> {
  return lazily<Batch>(ready, context, item => item.chunk.file, batchProblem)
}

export function customPairs(ready: ReadyStage, context: CustomContext): MapStage<Pairs, Pairs> {
  return lazily<Pairs>(ready, context, item => item.batch.chunk.file, pairsProblem)
}

export interface CustomContext extends FilterContext {
  /** The branches of NanoAOD, by which columns belong to collections; null: of ntuples. */
  readonly nested: Layout | null
}

function lazily<T>(
  ready: ReadyStage,
  { nested, ...context }: CustomContext,
  fileOf: (item: T) => string,
  problemOf: (after: T, before: T, layout: Layout | null) => string | null,
): MapStage<T, T> {
  let loaded: Promise<EventStage | PairStage> | undefined
  return {
    kind: 'map',
    name: ready.stage,
    reads: ready.reads,
    adds: Object.keys(ready.addedTypes),
    note: ready.note,
    map: async (item: T, ctx: Context) => {
      loaded ??= loadStage(ready, context)
      const stage = (await loaded) as unknown as MapStage<T, T>
      try {
        const result: unknown = await stage.map(item, ctx)
        if (result !== null && !isLike(result, ready)) {
          throw new Error(`returned ${typeof result}, wanted ${ready.on === 'pairs' ? 'pairs' : 'a batch'} or null`)
        }
        const problem = result === null ? null : problemOf(result as T, item, nested)
        if (problem !== null) throw new Error(problem)
        return result as T | null
      } catch (error) {
        throw ownError(error, ready, fileOf(item))
      }
    },
  }
}

function isLike(result: unknown, { on }: ReadyStage): boolean {
  if (typeof result !== 'object' || result === null) return false
  return on === 'pairs' ? 'event' in result && 'batch' in result : 'columns' in result && 'chunk' in result
}

function ownError(error: unknown, place: StagePlace, file: string): Error {
  if (error instanceof UsageError || error instanceof DataError) return error
  const text = `failed on ${file}: ${error instanceof Error ? error.message : String(error)}`
  return new UsageError([{ place: `stage ${describePlace(place)}`, message: text }])
}

async function loadStage(place: StagePlace, context: FilterContext): Promise<EventStage | PairStage> {
  const { object } = place
  if (object !== undefined) return made(object, context, `"${place.name}"`, m => givenError(place, m))
  const { value, exports, fail } = await importExport(place, 'stage')
  return made(value, context, `"${place.name}"`, message => fail(`${message} The file exports: ${exports}.`), fail)
}

function givenError(place: StagePlace, message: string): UsageError {
  return new UsageError([{ place: `stage ${place.name}`, message }])
}

/** The stage, or what the function makes for the dataset. */
async function made(
  given: unknown,
  context: FilterContext,
  name: string,
  refuse: (message: string) => UsageError,
  broken = refuse,
): Promise<EventStage | PairStage> {
  let found = given
  if (typeof given === 'function') {
    try {
      found = await (given as (context: FilterContext) => unknown)(context)
    } catch (error) {
      throw broken(`cannot be loaded (${(error as Error).message}).`)
    }
  }
  const { on, map } = (found ?? {}) as Partial<EventStage>
  if (typeof map === 'function' && ['events', 'pairs'].includes(on as string)) return found as EventStage | PairStage
  throw refuse(`${name} is no stage (made by defineStage or definePairStage).`)
}
