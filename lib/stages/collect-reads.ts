/** What was read and what could not be, partition by partition: the content of the reports. */
import { addCost } from '../core/read-cost.js'
import type { Batch, Chunk, FoldStage, ReadFailure, ReadRecord } from '../core/types.js'

/** How one partition went. Chunks of one partition are added up. */
export interface PartitionRead {
  readonly chunk: Chunk
  readonly read: ReadRecord | null
  readonly failure: ReadFailure | null
}

/** failed: partitions that were left out because they are known to be unreadable. The result is in partition order. */
export function collectReads(
  failed: readonly PartitionRead[],
): FoldStage<Batch, PartitionRead[], ReadRecord, Map<number, PartitionRead>> {
  return {
    kind: 'fold',
    name: 'collectReads',
    partial: batch => batch.read!,
    init: () => new Map(failed.map(f => [f.chunk.partition, f])),
    merge: (state, read, chunk) => {
      const before = state.get(chunk.partition)
      state.set(chunk.partition, {
        chunk,
        read: addReads(before?.read ?? null, read),
        failure: before?.failure ?? null,
      })
    },
    skip: (state, chunk, failure) => {
      state.set(chunk.partition, { chunk, read: null, failure })
    },
    done: state => [...state.values()].sort((a, b) => a.chunk.partition - b.chunk.partition),
  }
}

function addReads(a: ReadRecord | null, b: ReadRecord): ReadRecord {
  if (a === null) return b
  const sum = { ...b, start: a.start, seconds: a.seconds + b.seconds, ranges: a.ranges + b.ranges }
  addCost(sum, a)
  return sum
}
