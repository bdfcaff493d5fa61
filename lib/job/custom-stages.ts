/** The user's own stages of a job, imported and described for a dataset. */

import type { Dataset, Job } from '../config/index.js'
import { isNano } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { readInOrder } from '../core/json-text.js'
import { describePlace } from '../core/user-module.js'
import { type ReadyStage, readyStage } from '../stages/custom-stage.js'

/** Throws one UsageError with the problems of all stages. */
export async function readyStages(job: Job, dataset: Dataset, isMC: boolean): Promise<ReadyStage[]> {
  const ready: ReadyStage[] = []
  const metadata = readInOrder(dataset.metadata, dataset.metadataText)
  const problems: Problem[] = []
  const names = new Set<string>()
  for (const place of job.stages ?? []) {
    try {
      const stage = await readyStage(place, { metadata, isMC })
      const refuse = (message: string) =>
        problems.push({ place: `stage ${place.path === '' ? place.name : describePlace(place)}`, message })
      if (names.has(stage.stage)) refuse(`two stages are called "${stage.stage}". Rename one.`)
      if (stage.on === 'pairs' && !isNano(job)) refuse(`works on pairs, which ${job.workflow} does not make of events.`)
      if (Object.keys(stage.addedTypes).length > 0 && !isNano(job)) {
        refuse(`adds columns, which ${job.workflow} cannot name yet. Use a workflow of tag-and-probe on NanoAOD.`)
      }
      names.add(stage.stage)
      ready.push(stage)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return ready
}
