/** A stage of the user's own, from a JavaScript or TypeScript module. Workers import the module by its path. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DataError, UsageError } from '../core/errors.js'
import type { Batch, Context, DType, MapStage, Pairs, Read } from '../core/types.js'
import type { EventStage, PairStage } from './define.js'
import type { FilterContext } from './extra-filter.js'

/** Where the stage is: `module::export`. */
export interface StagePlace {
  readonly path: string
  readonly name: string
}

/** What is known of the stage before it runs. Plain data: it is sent to workers with the plan. */
export interface ReadyStage extends StagePlace {
  readonly on: 'events' | 'pairs'
  /** The stage's own name; the node's id is `stage:` and this. */
  readonly stage: string
  readonly reads: readonly Read[]
  readonly addedTypes: Readonly<Record<string, DType>>
  readonly note: string
}

/** `path` or `path::export`; without a name, the default export. */
export function parseStagePlace(text: string): StagePlace {
  const at = text.lastIndexOf('::')
  return at < 0 ? { path: text, name: 'default' } : { path: text.slice(0, at), name: text.slice(at + 2) }
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
    note: stage.note ?? describe(place),
  }
}

/** The stage as a node of a graph; the module is imported with the first item. */
export function customEvents(ready: ReadyStage, context: FilterContext): MapStage<Batch, Batch> {
  return lazily<Batch>(ready, context, item => item.chunk.file)
}

export function customPairs(ready: ReadyStage, context: FilterContext): MapStage<Pairs, Pairs> {
  return lazily<Pairs>(ready, context, item => item.batch.chunk.file)
}

function lazily<T>(ready: ReadyStage, context: FilterContext, fileOf: (item: T) => string): MapStage<T, T> {
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

/** The user's module may have loaded another copy of this package, so its errors are known by name, not by class. */
function ownError(error: unknown, place: StagePlace, file: string): Error {
  const { name, message, problems, exception } = error as Partial<UsageError> & Partial<DataError>
  if (name === 'UsageError' && problems !== undefined) return new UsageError(problems)
  if (name === 'DataError' && exception !== undefined) return new DataError(exception, message ?? '')
  const text = `failed on ${file}: ${message ?? String(error)}`
  return new UsageError([{ place: `stage ${describe(place)}`, message: text }])
}

async function loadStage(place: StagePlace, context: FilterContext): Promise<EventStage | PairStage> {
  const { path, name } = place
  const fail = (message: string) => new UsageError([{ place: `stage ${describe(place)}`, message }])
  if (!existsSync(path)) throw fail(`file "${path}" not found. The path is relative to the working directory.`)
  let module: Record<string, unknown>
  let found: unknown
  try {
    module = (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>
    found = module[name]
    if (typeof found === 'function') found = await (found as (context: FilterContext) => unknown)(context)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && path.endsWith('.ts')) {
      throw fail('TypeScript needs Node 22.18 or later. Compile it to JavaScript.')
    }
    throw fail(`cannot be loaded (${message}).`)
  }
  const { on, map } = (found ?? {}) as Partial<EventStage>
  if (typeof map === 'function' && ['events', 'pairs'].includes(on as string)) return found as EventStage | PairStage
  const names = Object.keys(module).join(', ') || 'nothing'
  throw fail(`"${name}" is no stage (made by defineStage or definePairStage). The file exports: ${names}.`)
}

function describe({ path, name }: StagePlace): string {
  return `${path}::${name}`
}
