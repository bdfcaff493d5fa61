/** An executor that takes from the journal what has been done, has the rest done by another, and writes that down. */
import type { Chunk, ReadFailure } from '../core/types.js'
import type { Executor } from '../run/index.js'
import type { Journal } from './journal.js'

/** tolerate: failures that stop the run are not written down, so that the chunk is tried again. */
export function journalled(inner: Executor, journal: Journal, tolerate: (failure: ReadFailure) => boolean): Executor {
  return {
    ...inner,
    async *run(segment, chunks, ctx) {
      const pass = segment.spec.key
      const iterator = chunks[Symbol.asyncIterator]()
      let at = await iterator.next()
      for (; !at.done; at = await iterator.next()) {
        ctx.signal.throwIfAborted()
        const result = await journal.next(pass, at.value)
        if (result === null) break
        yield result
      }
      if (at.done) return
      for await (const result of inner.run(segment, withFirst(at.value, iterator), ctx)) {
        if (result.failure === null || tolerate(result.failure)) await journal.add(pass, result)
        yield result
      }
    },
  }
}

async function* withFirst(first: Chunk, rest: AsyncIterator<Chunk>): AsyncIterable<Chunk> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}
