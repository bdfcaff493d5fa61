/** Looks at a run again and again: often at its files, seldom at the queue, which others ask as well. */
import { ClusterError } from '../core/errors.js'
import type { RunFolder } from './folder.js'
import { type GroupState, groupStates, openArrays } from './states.js'
import { type Submission, submissions } from './submissions.js'
import { type BatchSystem, jobKey, type QueueView } from './system.js'

/** A job that is gone has so long for its result to be seen: shared file systems show new files late. */
const LATE_FILES_MS = 10_000
const [LEAST_FILES_MS, MOST_FILES_MS] = [200, 5_000]
const [LEAST_QUEUE_MS, MOST_QUEUE_MS] = [3_000, 30_000]
/** What is waited for between two looks, in shares of the time that has gone by since the beginning. */
const [FILES_SHARE, QUEUE_SHARE] = [0.02, 0.1]

export class QueueWatch {
  readonly #folder: RunFolder
  readonly #system: BatchSystem
  readonly #onWarning: (message: string) => void
  readonly #began = performance.now()
  #asked = Number.NEGATIVE_INFINITY
  #view: QueueView = new Map()
  /** Submissions that were known when the queue was asked. */
  #seen = 0
  /** Group -> since when its job has been gone. */
  readonly #gone = new Map<string, number>()
  #isSilent = false

  constructor(folder: RunFolder, system: BatchSystem, onWarning: (message: string) => void) {
    this.#folder = folder
    this.#system = system
    this.#onWarning = onWarning
  }

  pauseMs(): number {
    return between(LEAST_FILES_MS, FILES_SHARE * (performance.now() - this.#began), MOST_FILES_MS)
  }

  async look(groups: readonly string[], signal: AbortSignal): Promise<GroupState[]> {
    const now = performance.now()
    const all = submissions(this.#folder)
    const every = between(LEAST_QUEUE_MS, QUEUE_SHARE * (now - this.#began), MOST_QUEUE_MS)
    if (now - this.#asked >= every || all.length !== this.#seen) await this.#ask(all, signal)
    return groupStates(this.#folder, groups, all, this.#view).map(state => this.#withPatience(state))
  }

  async #ask(all: readonly Submission[], signal: AbortSignal): Promise<void> {
    try {
      this.#view = await this.#system.poll(openArrays(this.#folder, all))
      this.#isSilent = false
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      // Jobs of which nothing is heard are taken to be as they were.
      if (!this.#isSilent) this.#onWarning(`${error.message}. It is asked again`)
      this.#isSilent = true
      const unknown = { state: 'running', reason: 'the batch system does not answer' } as const
      const jobs = all.flatMap(({ groups, array }) => groups.map((_, job) => jobKey(array?.id ?? '', job)))
      if (this.#view.size === 0) this.#view = new Map(jobs.map(key => [key, unknown]))
    }
    signal.throwIfAborted()
    this.#asked = performance.now()
    this.#seen = all.length
  }

  /** A job that has just gone may have left a result that is not seen here yet. */
  #withPatience(state: GroupState): GroupState {
    if (state.state !== 'lost' || state.failure !== null) {
      this.#gone.delete(state.group)
      return state
    }
    const since = this.#gone.get(state.group) ?? performance.now()
    this.#gone.set(state.group, since)
    return performance.now() - since < LATE_FILES_MS ? { ...state, state: 'running' } : state
  }
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
