/** The results of one task in the driver: compressed until their turn. */
import type { ChunkResult } from '../graph/segment.js'
import type { Arrived } from '../run/executor.js'
import { decodeResult, piecesOf } from './results.js'

export class HeldResults {
  /** As they came, or what `arrived` gave in their place. */
  readonly #chunks: (Buffer | ChunkResult)[]
  readonly bytes: number
  readonly #arrived: Arrived | undefined
  /** So many have been shown to `arrived`. */
  #seen = 0
  #showing: Promise<void> = Promise.resolve()

  /** payloads: of tasks that did parts of the group, in order. */
  constructor(payloads: readonly Buffer[], arrived: Arrived | undefined) {
    this.bytes = payloads.reduce((sum, payload) => sum + payload.length, 0)
    this.#chunks = payloads.flatMap(piecesOf)
    this.#arrived = arrived
  }

  /** Before their turn: each is expanded, shown to `arrived`, and held compressed again unless it gave something else. */
  show(): void {
    if (this.#arrived === undefined) return
    this.#showing = this.#show(this.#arrived)
    // Awaited in `results`; a failure before that may leave it unawaited.
    this.#showing.catch(() => {})
  }

  async #show(arrived: Arrived): Promise<void> {
    for (; this.#seen < this.#chunks.length; this.#seen++) {
      const result = decodeResult(this.#chunks[this.#seen] as Buffer)
      const now = await arrived(result, false)
      if (now !== result) this.#chunks[this.#seen] = now
    }
  }

  /** Their turn has come. */
  async *results(): AsyncIterable<ChunkResult> {
    await this.#showing
    for (let k = 0; k < this.#chunks.length; k++) {
      const held = this.#chunks[k]!
      const result = Buffer.isBuffer(held) ? decodeResult(held) : held
      // Not held any longer than whoever takes it does.
      this.#chunks[k] = GONE
      yield k < this.#seen || this.#arrived === undefined ? result : await this.#arrived(result, true)
    }
  }
}

const GONE = Buffer.alloc(0)
