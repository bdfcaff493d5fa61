/** An executor that takes from the journal what has been done, has the rest done by another, and writes that down. */
import type { Appended, Chunk, ReadFailure, Sink } from '../core/types.js'
import type { Arrived, Executor, Segment } from '../run/index.js'
import type { Journal, Pass } from './journal.js'

/** tolerate: failures that stop the run are not written down, so that the chunk is tried again. */
export function journalled(inner: Executor, journal: Journal, tolerate: (failure: ReadFailure) => boolean): Executor {
  return {
    ...inner,
    async *run(segment, chunks, ctx) {
      const pass = passOf(segment)
      const arrived: Arrived = async (result, isNext) =>
        result.failure === null || tolerate(result.failure) ? journal.add(pass, result, isNext) : result
      const iterator = chunks[Symbol.asyncIterator]()

      // What has been done from the beginning on, before anything is asked of the other executor.
      let at = await iterator.next()
      for (; !at.done; at = await iterator.next()) {
        ctx.signal.throwIfAborted()
        const result = await journal.take(pass, at.value)
        if (result === null) break
        yield { ...result, isResumed: true }
      }
      if (at.done) return

      // Then what has been done in between takes its place among the results of the others.
      const order: (Chunk | 'run')[] = []
      async function* unknown(first: Chunk): AsyncIterable<Chunk> {
        for (let next: IteratorResult<Chunk> = { value: first }; !next.done; next = await iterator.next()) {
          const isKnown = await journal.has(pass, next.value)
          order.push(isKnown ? next.value : 'run')
          if (!isKnown) yield next.value
        }
      }
      async function* knownUpToNext() {
        for (let chunk = order.shift(); chunk !== undefined && chunk !== 'run'; chunk = order.shift()) {
          ctx.signal.throwIfAborted()
          const result = await journal.take(pass, chunk)
          if (result === null) yield* inner.run(segment, only(chunk), ctx, arrived)
          else yield { ...result, isResumed: true }
        }
      }
      for await (const result of inner.run(segment, unknown(at.value), ctx, arrived)) {
        yield* knownUpToNext()
        yield result
      }
      yield* knownUpToNext()
    },
  }
}

async function* only(chunk: Chunk): AsyncIterable<Chunk> {
  yield chunk
}

/** Bytes of items that have one sink, which appends them to a file, are kept there. */
function passOf({ cut, spec }: Segment): Pass {
  const appended = new Map<string, Appended<unknown>>()
  for (const { node, sinks } of cut.leaves) {
    const bytes = sinks.length === 1 ? (sinks[0]!.stage as Sink<unknown>).appended : undefined
    if (bytes !== undefined) appended.set(node.id, bytes)
  }
  return { key: spec.key, appended }
}
