/** Bytes of pages that have been asked for before they are needed: those of the next range, and of a distant file all that may be
 *  needed, in one round trip. */
import type { ByteSource, Range } from '../../bytes/source.js'
import type { ReadCost } from '../../core/types.js'
import { countedRead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'

/** Compressed bytes that are held for a range to come. */
const MOST_BYTES = 8 * 1024 * 1024
/** And for all ranges to come, in this thread: once so much is under way, nothing more is asked for. */
const MOST_BYTES_IN_ALL = 24 * 1024 * 1024
let heldBytes = 0

export class EarlyBytes {
  readonly #buffers: ReadBuffers
  readonly #asked: Promise<ReadonlyMap<number, Uint8Array>>
  #buffer: Buffer | null = null
  #cost = { bytes: 0, requests: 0 }

  static hasRoom(): boolean {
    return heldBytes < MOST_BYTES_IN_ALL
  }

  /** ranges: settles with those that are wanted, the most wanted first. */
  constructor(source: ByteSource, buffers: ReadBuffers, ranges: Promise<readonly Range[]>) {
    this.#buffers = buffers
    this.#asked = this.#ask(source, ranges)
    // Whatever reads the range meets the failure; nobody may.
    this.#asked.catch(() => {})
  }

  /** Bytes by position in the file; adds what they cost. Throws what the source threw. */
  async take(cost: ReadCost): Promise<ReadonlyMap<number, Uint8Array>> {
    const found = await this.#asked
    cost.bytes += this.#cost.bytes
    cost.requests += this.#cost.requests
    this.#cost = { bytes: 0, requests: 0 }
    return found
  }

  /** They are not needed any more. */
  release(): void {
    const give = () => {
      if (this.#buffer === null) return
      heldBytes -= this.#buffer.length
      this.#buffers.give(this.#buffer)
      this.#buffer = null
    }
    // Not before the source has done with it.
    this.#asked.then(give, give)
  }

  async #ask(source: ByteSource, wanted: Promise<readonly Range[]>): Promise<ReadonlyMap<number, Uint8Array>> {
    const ranges: Range[] = []
    let room = MOST_BYTES
    for (const range of await wanted) {
      if (range.length > room) break
      ranges.push(range)
      room -= range.length
    }
    const allocate = (length: number) => {
      this.#buffer = this.#buffers.take(length)
      heldBytes += this.#buffer.length
      return this.#buffer
    }
    const records = await countedRead(source, ranges, allocate, this.#cost)
    return new Map(records.map((record, k) => [ranges[k]!.position, record]))
  }
}
