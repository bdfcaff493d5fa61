/** What the branches of the methods need to know of the workflow that they end. */
import type { TagAndProbeJob, TagAndProbeMethod } from '../lib/config/index.js'
import { type Problem, UsageError } from '../lib/core/errors.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import type { ReadyFilter, splitChunks } from '../lib/stages/index.js'
import type { Variable } from '../lib/stages/variables.js'

/** Entries of a chunk's file, or null where the file is small enough to be read at once. */
export type EntriesOf = Parameters<typeof splitChunks>[1]

export interface MethodContext {
  readonly job: TagAndProbeJob
  readonly plan: DatasetPlan
  readonly filters: readonly ReadyFilter[]
  /** The variable of that name. Throws UsageError (place: `place`) where there is none. */
  readonly variable: (name: string, place: string) => Variable
  /** Names of a table's columns before those of the filters. */
  readonly leading: (vars: readonly string[] | 'all') => readonly string[]
  /** A table's columns after those of the filters. */
  readonly trailing: readonly Variable[]
  /** Weights that count as 1 here, since no column has them. */
  readonly unitWeights: readonly string[]
}

export function placeOf(method: TagAndProbeMethod, key: string): string {
  return `${method.id} / ${key}`
}

/** A filter whose decisions would take the place of something else. */
export function sameName(filter: string, other: string): Problem {
  const message = `the filter ${JSON.stringify(filter)} has the name of ${other}, which its decisions would take the place of. Rename the filter.`
  return { place: `filters / ${filter}`, message }
}

/** Maps every item; throws one UsageError with the problems of all. */
export function collectProblems<I, O>(items: readonly I[], map: (item: I) => O): O[] {
  const problems: Problem[] = []
  const out: O[] = []
  for (const item of items) {
    try {
      out.push(map(item))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return out
}
