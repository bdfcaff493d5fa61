/** What a batch system does for a run, whichever it is. */
import type { BatchResources, SystemName } from './options.js'

/** One array of jobs that goes to the batch system. */
export interface JobArray {
  /** Names the array there, and its files here; without blanks. */
  readonly tag: string
  /** This file says what each job does: job k takes line k, from 0, below the first. */
  readonly list: string
  readonly count: number
  readonly script: string
  /** Job k prints to `${logs}-${k}.log`. */
  readonly logs: string
  readonly resources: BatchResources
}

/** The array's number there and, of HTCondor, the queue that it is in. */
export interface ArrayId {
  readonly id: string
  readonly schedd?: string
}

export interface JobState {
  /** ended: the batch system still knows of it, and it no longer runs. */
  readonly state: 'pending' | 'running' | 'held' | 'ended'
  /** The batch system's words; '' where it has none. */
  readonly reason: string
  /** It ended because of its memory. */
  readonly isMemory?: boolean
}

/** `${array}.${job}` -> what becomes of it; jobs that the batch system has forgotten are not in it. */
export type QueueView = ReadonlyMap<string, JobState>

export interface BatchSystem {
  readonly name: SystemName
  /** Throws UsageError with the system's own words where it refuses. */
  submit(array: JobArray): Promise<ArrayId>
  /** The array of that tag, where it was submitted; null otherwise. */
  find(tag: string): Promise<ArrayId | null>
  /** Throws ClusterError where the batch system does not answer. */
  poll(arrays: readonly ArrayId[]): Promise<QueueView>
  /** What is known of arrays whose jobs the queue has forgotten. Gives what it can. */
  history(arrays: readonly ArrayId[]): Promise<QueueView>
  /** Takes jobs back; `jobs` absent: all of the array. Those that have ended are no failure. */
  cancel(array: ArrayId, jobs?: readonly number[]): Promise<void>
}

export function jobKey(id: string, job: number | ''): string {
  return `${id}.${job}`
}
