/** The report of what was read and what could not be, partition by partition, as the reference writes it. */
import { BugError } from '../core/errors.js'
import { publish } from '../core/publication.js'
import type { Sink } from '../core/types.js'
import { failedEntry, type ReportEntry, readEntry, reportPieces, writtenAtomic } from '../formats/index.js'
import type { PartitionRead } from './collect-reads.js'

export function writeReport(path: string): Sink<PartitionRead[]> {
  return {
    kind: 'sink',
    name: 'writeReport',
    writes: [path],
    drain: async (items, ctx) => {
      for await (const reads of items) {
        const file = await writtenAtomic(path, reportPieces(entriesOf(reads)))
        await publish([file], ctx)
      }
    },
  }
}

function* entriesOf(reads: readonly PartitionRead[]): Iterable<ReportEntry> {
  for (const read of reads) yield entryOf(read)
}

function entryOf({ chunk, read, failure }: PartitionRead): ReportEntry {
  const { file, tree, partitionStart: start, partitionStop: stop, isStep } = chunk
  const range = { file, tree, start, stop, isStep }
  if (failure !== null) return failedEntry({ ...range, ...failure })
  if (read === null) throw new BugError(`report: ${file} was neither read nor reported`)
  const { seconds, bytes, requests, ranges } = read
  return readEntry({ ...range, durationSeconds: seconds, bytes, requests, chunks: ranges })
}
