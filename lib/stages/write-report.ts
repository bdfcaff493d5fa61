/** The report of what was read and what could not be, as the reference writes it. */
import type { Sink } from '../core/types.js'
import { writeAtomic } from '../formats/index.js'
import type { PartitionRead } from './collect-reads.js'

export function writeReport(path: string): Sink<PartitionRead[]> {
  return {
    kind: 'sink',
    name: 'writeReport',
    writes: [path],
    drain: async items => {
      for await (const reads of items) await writeAtomic(path, JSON.stringify(reads.map(r => ({
        call_time: null, duration: r.read?.seconds ?? null, performance_counters: null,
        args: [r.chunk.file, r.chunk.tree, String(r.chunk.isStep ? r.chunk.start : 0), String(r.chunk.isStep ? r.chunk.stop : 1), r.chunk.isStep ? 'True' : 'False'].map((x, i) => i < 2 ? `'${x}'` : x),
        kwargs: [], exception: r.failure?.exception ?? null, message: r.failure?.message ?? null, fqdn: null, hostname: null })), null, 4))
    },
  }
}
