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
      for await (const [chunk, next] of withNext(chunks, ctx.ahead ?? 1)) {
        const result = await runSegment(segment.cut, chunk, ctx, next)
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
  const coming = new Coming(chunks, depth)
  for (let chunk = await coming.shift(); chunk !== undefined; chunk = await coming.shift()) {
    if (depth === 1) await coming.filled()
    yield [chunk, k => coming.at(k)]
  }
}

/** Takes chunks from their source before they are asked for, as they can be had. */
class Coming {
  readonly #iterator: AsyncIterator<Chunk>
  readonly #depth: number
  readonly #queue: Chunk[] = []
  #ended = false
  #pulling: Promise<void> | null = null

  constructor(chunks: AsyncIterable<Chunk>, depth: number) {
    this.#iterator = chunks[Symbol.asyncIterator]()
    this.#depth = depth
  }

  at(k: number): Chunk | undefined {
    return this.#queue[k]
  }

  async shift(): Promise<Chunk | undefined> {
    while (this.#queue.length === 0 && !this.#ended) await this.#pull()
    const chunk = this.#queue.shift()
    // What goes wrong is met by whoever waits for the chunk.
    this.#pull().catch(() => {})
    return chunk
  }

  async filled(): Promise<void> {
    while (this.#queue.length < this.#depth && !this.#ended) await this.#pull()
  }

  /** Until one more chunk is there. */
  #pull(): Promise<void> {
    if (this.#pulling !== null) return this.#pulling
    if (this.#ended || this.#queue.length >= this.#depth) return Promise.resolve()
    const pulling = this.#iterator.next().then(
      ({ done, value }) => {
        this.#pulling = null
        if (done) this.#ended = true
        else {
          this.#queue.push(value)
          this.#pull().catch(() => {})
        }
      },
      error => {
        // Kept: the next call meets the same.
        throw error
      },
    )
    this.#pulling = pulling
    return pulling
  }
}
