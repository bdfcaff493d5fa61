/** What is said of weights before a dataset is read. */
import type { Job } from '../config/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'

/** Weights that were asked for by name and that data do not have. */
export function weightWarnings(job: Job, { isMC, dataset, layout }: DatasetPlan): string[] {
  if (isMC) return []
  return job.methods.flatMap(m =>
    'weightNamed' in m && m.weightNamed && m.weight?.startsWith('weight') && !layout.names.includes(m.weight)
      ? [`${m.id}: data have no "${m.weight}": dataset "${dataset.name}" is filled with weight 1`]
      : [],
  )
}
