/** What has become of each group: from what its job has left behind, and from what the batch system says. */
import type { RunFolder } from './folder.js'
import { type Failure, readFailure } from './results.js'
import { lastSubmissions, type Submission } from './submissions.js'
import { type ArrayId, type BatchSystem, type JobState, jobKey, type QueueView } from './system.js'

export type StateName = 'done' | 'running' | 'pending' | 'held' | 'failed' | 'lost' | 'unsubmitted'

export interface GroupState {
  readonly group: string
  readonly state: StateName
  /** Why; '' where there is nothing to say. */
  readonly reason: string
  /** Of failed ones that said so themselves. */
  readonly failure: Failure | null
  /** It took more memory than it had. */
  readonly isMemory: boolean
  /** Where it was submitted last; null: nowhere yet. */
  readonly submission: Submission | null
  readonly job: number
}

/** Will not end by itself in a result. */
export function isHopeless({ state }: Pick<GroupState, 'state'>): boolean {
  return state === 'failed' || state === 'lost' || state === 'held'
}

export function isUnderWay({ state }: Pick<GroupState, 'state'>): boolean {
  return state === 'running' || state === 'pending'
}

export function arraysOf(all: readonly Submission[]): ArrayId[] {
  return all.flatMap(({ array }) => (array === null ? [] : [array]))
}

/** Arrays with jobs that may still be under way: those whose groups lack results. */
export function openArrays(folder: RunFolder, all: readonly Submission[]): ArrayId[] {
  const done = new Set(folder.names('results'))
  return arraysOf(all.filter(({ groups }) => groups.some(group => !done.has(group))))
}

/** `view` must have been asked for before this is called: a job that ends in between has its result by now. */
export function groupStates(
  folder: RunFolder,
  groups: readonly string[],
  all: readonly Submission[],
  view: QueueView,
): GroupState[] {
  const last = lastSubmissions(all)
  const done = new Set(folder.names('results'))
  const failed = new Set(folder.names('failed'))
  return groups.map(group => {
    const { submission = null, job = 0 } = last.get(group) ?? {}
    const place = { group, submission, job }
    const quiet = { reason: '', failure: null, isMemory: false }
    if (done.has(group)) return { ...place, state: 'done', ...quiet }
    const queued = submission?.array == null ? undefined : view.get(jobKey(submission.array.id, job))
    // The batch system ends jobs to begin them again, or to hold them.
    if (queued?.state === 'pending' || queued?.state === 'held') return { ...place, ...queueState(queued) }
    const failure = failed.has(`${group}.json`) ? readFailure(folder, group) : null
    if (failure !== null) return { ...place, ...failedState(failure, queued) }
    if (submission === null) return { ...place, ...quiet, state: 'unsubmitted' }
    return { ...place, ...queueState(queued) }
  })
}

function failedState(failure: Failure, queued: JobState | undefined) {
  const words = queued?.state === 'ended' && queued.reason !== '' ? ` (${queued.reason})` : ''
  const isMemory = failure.kind === 'memory' || queued?.isMemory === true
  const state: StateName = failure.kind === 'ended' ? 'lost' : 'failed'
  const isOwn = failure.kind === 'ended' || failure.kind === 'killed'
  return { state, reason: `${failure.message}${isOwn ? words : ''} on ${failure.host}`, failure, isMemory }
}

function queueState(queued: JobState | undefined) {
  const rest = { failure: null, isMemory: queued?.isMemory === true }
  if (queued === undefined) {
    return {
      ...rest,
      state: 'lost' as const,
      reason: 'the batch system no longer knows the job, and it left no result',
    }
  }
  if (queued.state === 'ended') {
    return { ...rest, state: 'lost' as const, reason: `it left no result. The batch system: ${queued.reason}` }
  }
  return { ...rest, state: queued.state, reason: queued.reason }
}

/** The states of all groups of the run's current passes, from one question to the batch system. With what it remembers of those that it
 *  has forgotten, where that is asked for. */
export async function survey(
  folder: RunFolder,
  system: BatchSystem,
  all: readonly Submission[],
  groups: readonly string[],
  withHistory = false,
): Promise<GroupState[]> {
  const view = await system.poll(openArrays(folder, all))
  const states = groupStates(folder, groups, all, view)
  const forgotten = states.filter(
    ({ state, submission, job }) =>
      state === 'lost' && submission?.array != null && !view.has(jobKey(submission.array.id, job)),
  )
  if (!withHistory || forgotten.length === 0) return states
  const arrays = new Map(forgotten.map(({ submission }) => [submission!.array!.id, submission!.array!]))
  const past = await system.history([...arrays.values()])
  const ended = new Map([...past].filter(([key, { state }]) => state === 'ended' && !view.has(key)))
  return groupStates(folder, groups, all, new Map([...view, ...ended]))
}

export function currentGroups(folder: RunFolder): string[] {
  return folder.currentPasses().flatMap(({ groups }) => groups.flatMap(({ id }) => folder.partsOf(id)))
}
