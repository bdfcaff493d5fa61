/** What a run tells whoever follows it while it is under way. The objects are the run's own: they are not to be changed, and not to be
 *  kept for longer than the call, but for `RunningPass`, which may be asked until the next event of its dataset. */
import type { ChunkResult } from '../graph/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import type { RunningPass, WorkerStatus } from '../run/index.js'
import type { DatasetSummary, JobSummary } from './summary.js'

/** sum: adding up generator weights; run: the main pass. */
export type Phase = 'sum' | 'run'

export type RunEvent =
  /** All datasets have been looked at, and the executor has been chosen. */
  | {
      readonly kind: 'began'
      readonly plans: readonly DatasetPlan[]
      readonly executor: { readonly name: string; readonly workers: number }
      /** Empty where the executor does not tell. */
      readonly workersNow: () => readonly WorkerStatus[]
    }
  /** A pass begins. It may be the second one of its kind, where something of the first could not be read: what that gave is void. */
  | {
      readonly kind: 'pass'
      readonly dataset: string
      readonly phase: Phase
      readonly partitionsDone: number
      readonly partitions: number
      readonly pass: RunningPass
    }
  /** A chunk has been merged, in the order of chunks, or could not be read. */
  | {
      readonly kind: 'chunk'
      readonly dataset: string
      readonly phase: Phase
      readonly result: ChunkResult
      readonly partitionsDone: number
    }
  /** All outputs of a dataset have their names. */
  | { readonly kind: 'dataset'; readonly summary: DatasetSummary }
  | { readonly kind: 'ended'; readonly summary: JobSummary }

export type OnRunEvent = (event: RunEvent) => void
