/** The plans of all datasets of a job. */
import { isRemote } from '../bytes/address.js'
import type { Job } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import { mapBounded } from '../preprocess/bounded.js'
import { NoColumns, prepareDataset } from './prepare.js'

/** Chunks that are asked for before they are needed. Opening a distant file and reading its first baskets takes three round trips, in
 *  which eight chunks of 10,000 events are done where one takes 40 ms. */
export const DISTANT_AHEAD = 8

export function hasDistantFiles({ datasets }: Job): boolean {
  return datasets.some(({ files }) => files.some(({ path }) => isRemote(path)))
}

/** All plans, or one UsageError with the problems of all datasets. */
export async function prepareAll(job: Job): Promise<DatasetPlan[]> {
  // Distant files are opened while others are waited for.
  const found = await mapBounded(job.datasets, hasDistantFiles(job) ? DISTANT_AHEAD : 1, undefined, dataset =>
    prepareDataset(job, dataset).catch(error => {
      if (error instanceof UsageError || error instanceof NoColumns) return error
      throw error
    }),
  )
  const problems = found.flatMap(one => (one instanceof UsageError ? one.problems : []))
  if (problems.length > 0) throw new UsageError(problems)
  // Datasets without events have the columns of the others, so that their empty outputs are like the others' outputs.
  const like = found.flatMap(one => (one instanceof Error ? [] : [one.firstFile])).slice(0, 1)
  for (const [i, one] of found.entries()) {
    if (!(one instanceof NoColumns)) continue
    if (like.length === 0) throw one
    found[i] = await prepareDataset(job, job.datasets[i]!, like)
  }
  return withSharedNames(found.filter((one): one is DatasetPlan => !(one instanceof Error)))
}

/** Datasets whose files have the same branches share the list of their names, of which NanoAOD has thousands. */
function withSharedNames(plans: readonly DatasetPlan[]): DatasetPlan[] {
  const known = new Map<string, readonly string[]>()
  return plans.map(plan => {
    const key = plan.layout.names.join('\n')
    const names = known.get(key) ?? plan.layout.names
    known.set(key, names)
    return { ...plan, layout: { ...plan.layout, names } }
  })
}
