/** The executor without workers: one chunk after the other on the calling thread. */
import { runSegment } from '../graph/segment.js'
import type { Executor } from './executor.js'

export function syncExecutor(): Executor {
  return {
    name: 'sync',
    workers: 1,
    async *run(segment, chunks, ctx, arrived) {
      for await (const chunk of chunks) {
        const result = await runSegment(segment.cut, chunk, ctx)
        yield arrived === undefined ? result : await arrived(result, true)
      }
    },
    close: async () => {},
  }
}
