/** What a worker has been given, and what it has done of it, for whoever looks. */
import type { Chunk } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import type { WorkerStatus } from './executor.js'

/** A worker does one chunk after the other, in the order in which it gets them. */
export class Worked {
  readonly #given: Chunk[] = []
  #chunksDone = 0
  #eventsDone = 0

  take(chunk: Chunk): void {
    this.#given.push(chunk)
  }

  /** Of the first that it was given and has not ended. null: it has failed. */
  end(result: ChunkResult | null): void {
    this.#given.shift()
    if (result === null) return
    this.#chunksDone++
    if (result.read !== null) this.#eventsDone += result.read.stop - result.read.start
  }

  /** Chunks that it has not ended. */
  get busy(): number {
    return this.#given.length
  }

  status(): WorkerStatus {
    return { chunk: this.#given[0] ?? null, chunksDone: this.#chunksDone, eventsDone: this.#eventsDone }
  }
}
