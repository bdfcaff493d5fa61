/** What events of a job cost a worker: measured on one worker of the machine that docs/campaigns.md names. */
export interface Workload {
  readonly name: string
  /** Of one worker. */
  readonly eventsPerSecond: number
  /** Bytes of an event that are read, and that it adds to the result as it is sent. */
  readonly inputBytes: number
  readonly resultBytes: number
  /** Of a chunk. */
  readonly chunkEvents: number
}

/** Those of lib/cluster/executor.ts. */
const TASK_SECONDS = 20
const MOST_CHUNKS = 50
const RESULT_BYTES = 8e6

export const WORKLOADS: readonly Workload[] = [
  { name: 'histograms, ZSTD', eventsPerSecond: 550_000, inputBytes: 78, resultBytes: 0.16, chunkEvents: 152_000 },
]

/** Events of a task, as the executor chooses it. */
export function groupEvents({ eventsPerSecond, resultBytes, chunkEvents }: Workload): number {
  const chunks = Math.min(
    MOST_CHUNKS,
    Math.round((TASK_SECONDS * eventsPerSecond) / chunkEvents),
    Math.round(RESULT_BYTES / (resultBytes * chunkEvents)),
  )
  return chunkEvents * Math.max(1, chunks)
}
