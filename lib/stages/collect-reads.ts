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

/** Trigger decisions that files lack: in how many files each. */
function lackingFiles(reads: readonly PartitionRead[]): Map<string, number> {
  const files = new Map<string, Set<string>>()
  for (const { chunk, read } of reads) {
    for (const name of read?.lacking ?? []) files.set(name, (files.get(name) ?? new Set()).add(chunk.file))
  }
  return new Map([...files].map(([name, found]) => [name, found.size]))
}

/** A line for each of them. */
export function lackingWarnings(dataset: string, files: number, reads: readonly PartitionRead[]): string[] {
  return [...lackingFiles(reads)].map(
    ([name, count]) =>
      `dataset "${dataset}": ${name} is missing in ${count} of ${files} files, where it counts as not fired`,
  )
}

function addReads(a: ReadRecord | null, b: ReadRecord): ReadRecord {
  if (a === null) return b
  const sum: ReadRecord = { ...a, ...b, start: a.start, seconds: a.seconds + b.seconds, ranges: a.ranges + b.ranges }
  addCost(sum, a)
  if (a.lacking !== undefined) sum.lacking = [...new Set([...a.lacking, ...(b.lacking ?? [])])]
  return sum
}
