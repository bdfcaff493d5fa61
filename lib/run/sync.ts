/** The executor without workers: one chunk after the other on the calling thread. */
import type { Chunk } from '../core/types.js'
import { runSegment } from '../graph/segment.js'
import { collectYoung } from './collect.js'
import type { Executor } from './executor.js'
import { LookAhead } from './look-ahead.js'
import { Worked } from './worked.js'

export function syncExecutor(): Executor {
  const worked = new Worked()
  return {
    name: 'sync',
    workers: 1,
    workersNow: () => [worked.status()],
    async *run(segment, chunks, ctx, arrived) {
      for await (const [chunk, next] of withNext(chunks, ctx.ahead ?? 1)) {
        worked.take(chunk)
        const result = await runSegment(segment.cut, chunk, ctx, next)
        worked.end(result)
        // After the last chunk nothing needs the memory.
        if (next(0) !== undefined) collectYoung()
        yield arrived === undefined ? result : await arrived(result, true)
      }
    },
    close: async () => {},
  }
}

/** Each chunk with those that follow it: the next one, or of up to `depth` those that are known by then. */
async function* withNext(
  chunks: AsyncIterable<Chunk>,
  depth: number,
): AsyncIterable<[chunk: Chunk, next: (k: number) => Chunk | undefined]> {
  const coming = new LookAhead(chunks, depth)
  for (let chunk = await coming.shift(); chunk !== undefined; chunk = await coming.shift()) {
    if (depth === 1) await coming.filled()
    yield [chunk, k => coming.at(k)]
  }
}
