/** The user's own selection of events: a function of a JavaScript or TypeScript module, or of a Python file. */

import { positions } from '../columns/index.js'
import { UsageError } from '../core/errors.js'
import { readInOrder } from '../core/json-text.js'
import type { Batch, Layout, MapStage, Metadata, Read } from '../core/types.js'
import { importUserModule } from '../core/user-module.js'
import { batchProblem } from './own-batch.js'
import { filterInPython } from './python-filter.js'

/** As configured: `path::name`, and arguments that are handed to the function. */
export interface ExtraFilterOptions {
  readonly path: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  /** The same as JSON text, where an object does not keep their order. */
  readonly argsText?: string
}

/** What a filter may ask about the events' dataset: its metadata (with `dataset`, the name) and whether it is simulation. */
export interface FilterContext {
  readonly metadata: Metadata
  readonly isMC: boolean
}

/** What the function returns: a mask (one byte an event, 0 drops it), the positions of the events to keep (ascending), or a
 *  batch, perhaps with other columns. */
export type FilterResult = Uint8Array | Int32Array | Batch

/** A filter in JavaScript. `reads` lists the branches that it needs in `batch.columns`. */
export interface EventFilter {
  (batch: Batch, args: Readonly<Record<string, unknown>>, context: FilterContext): FilterResult | Promise<FilterResult>
  readonly reads?: readonly Read[]
}

export function isPython(options: ExtraFilterOptions): boolean {
  return options.path.endsWith('.py')
}

/** Imports the function. Throws UsageError where the file, the export or this Node's support for it is missing. */
export async function loadFilter(options: ExtraFilterOptions): Promise<EventFilter> {
  const { name } = options
  const { module, fail } = await importUserModule(options, 'extra_filter', 'imported')
  const found = module[name]
  if (typeof found === 'function') return found as EventFilter
  const functions = Object.keys(module).filter(key => typeof module[key] === 'function')
  throw fail(`the file exports no function "${name}". It exports: ${functions.join(', ') || 'none'}.`)
}

/** reads: the branches of a JavaScript filter (its `reads`); a Python one reads its chunk of the file by itself. nested: the branches
 *  of NanoAOD; null: of ntuples. */
export function extraFilter(
  options: ExtraFilterOptions,
  reads: readonly Read[],
  context: FilterContext,
  nested: Layout | null,
): MapStage<Batch, Batch> {
  const schema = nested === null ? 'flat' : 'NanoAOD'
  const place = `extra_filter ${options.path}::${options.name}`
  const { path, name } = options
  const args = readInOrder(options.args, options.argsText)
  let loaded: Promise<EventFilter> | undefined
  return {
    kind: 'map',
    name: 'extraFilter',
    reads,
    note: `${options.path}::${options.name}`,
    map: async batch => {
      if (isPython(options)) {
        // The file may be one without branches, which coffea does not open.
        if (batch.length === 0) return batch
        const kept = await filterInPython({ path, name, args, schema, metadata: context.metadata }, batch)
        return keepEvents(batch, kept)
      }
      loaded ??= loadFilter(options)
      const filter = await loaded
      try {
        return applied(batch, await filter(batch, args, context), place, nested)
      } catch (error) {
        if (error instanceof UsageError) throw error
        const { file, start } = batch.chunk
        const message = `failed on ${file} from entry ${start}: ${(error as Error).message}`
        throw new UsageError([{ place, message }])
      }
    },
  }
}

function applied(batch: Batch, result: FilterResult, place: string, nested: Layout | null): Batch {
  if (result instanceof Int32Array) return keepEvents(batch, result)
  if (result instanceof Uint8Array) {
    if (result.length === batch.length) return keepEvents(batch, positions(result))
    const message = `returned a mask of ${result.length} for ${batch.length} events`
    throw new UsageError([{ place, message }])
  }
  if (typeof result === 'object' && result !== null && 'columns' in result) {
    const problem = batchProblem(result, batch, nested)
    if (problem !== null) throw new Error(problem)
    return result
  }
  const message = `returned ${typeof result}, wanted a mask (Uint8Array), positions (Int32Array) or a batch`
  throw new UsageError([{ place, message }])
}

/** The events at `kept` (ascending) that were still in. */
export function keepEvents(batch: Batch, kept: Int32Array): Batch {
  if (batch.events === null) return { ...batch, events: kept }
  const before = new Set(batch.events)
  return { ...batch, events: kept.filter(event => before.has(event)) }
}
