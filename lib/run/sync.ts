/** The executor without workers: one chunk after the other on the calling thread. */
import type { Chunk } from '../core/types.js'
import { runSegment } from '../graph/segment.js'
import { collectYoung } from './collect.js'
import type { Executor } from './executor.js'

export function syncExecutor(): Executor {
  return {
    name: 'sync',
    workers: 1,
    async *run(segment, chunks, ctx, arrived) {
      for await (const [chunk, next] of withNext(chunks)) {
        const result = await runSegment(segment.cut, chunk, ctx, () => next)
        // After the last chunk nothing needs the memory.
        if (next !== undefined) collectYoung()
        yield arrived === undefined ? result : await arrived(result, true)
      }
    },
    close: async () => {},
  }
}

/** Each chunk with the one that follows it. */
async function* withNext(chunks: AsyncIterable<Chunk>): AsyncIterable<[chunk: Chunk, next: Chunk | undefined]> {
  let last: Chunk | undefined
  for await (const chunk of chunks) {
    if (last !== undefined) yield [last, chunk]
    last = chunk
  }
  if (last !== undefined) yield [last, undefined]
}
