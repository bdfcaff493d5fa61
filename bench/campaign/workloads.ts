/** What events of a job cost a worker: measured on one worker of the machine that docs/campaigns.md names. */
import { chunksATask } from '../../lib/cluster/bounds.js'

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

/** `npm run bench:cluster -- --only workloads`. Chunks hold 32 MB of columns. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'histograms, ZSTD',
    eventsPerSecond: 709_000,
    inputBytes: 93,
    resultBytes: 0.18,
    chunkEvents: 133_000,
  },
  {
    name: 'histograms, LZMA',
    eventsPerSecond: 153_000,
    inputBytes: 40,
    resultBytes: 0.21,
    chunkEvents: 133_000,
  },
  {
    name: 'Parquet rows through the driver, ZSTD',
    eventsPerSecond: 154_000,
    inputBytes: 506,
    resultBytes: 216,
    chunkEvents: 33_000,
  },
]

/** Events of a task, as the executor chooses it. */
export function groupEvents({ eventsPerSecond, resultBytes, chunkEvents }: Workload): number {
  return chunkEvents * chunksATask({ seconds: chunkEvents / eventsPerSecond, bytes: chunkEvents * resultBytes })
}
