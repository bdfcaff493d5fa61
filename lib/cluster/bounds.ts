/** How much is under way at a time, and how large a task is: for the executor, and for the simulation of it (bench/campaign). */

/** Tasks a thread that run or wait for it. */
export const TASKS_A_THREAD = 3
/** Before workers have come. */
export const LEAST_UNDER_WAY = 8
/** A task should take so long: what it costs to hand it over, 6 ms, does not show then. */
export const TASK_SECONDS = 20
export const MOST_CHUNKS = 50
/** What a task gives should be no more, so that a driver has room for the next one beside it. */
export const RESULT_BYTES = 8e6
/** Results in the driver before their turn, as they were sent. */
export const MOST_HELD_BYTES = 16e6
/** Results that wait on a worker for their turn; Dask puts what it has no memory for onto the worker's disk. */
export const WAITING_BYTES_A_THREAD = 32e6

/** Of one chunk. */
export interface ChunkCost {
  readonly seconds: number
  readonly bytes: number
}

/** Chunks of a task, at most `most`. */
export function chunksATask({ seconds, bytes }: ChunkCost, most = MOST_CHUNKS): number {
  return Math.max(1, Math.min(most, Math.round(TASK_SECONDS / seconds), Math.round(RESULT_BYTES / bytes)))
}
