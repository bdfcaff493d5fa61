/** The bytes that a range of entries begins with, asked for before the range is read: on a disk or a network they come while
 *  the range before is still being decoded. */
import type { Allocate, ByteSource, Range } from '../bytes/source.js'
import type { ReadCost } from '../core/types.js'
import type { ReadBuffers } from './read-buffers.js'

/** Reads ranges and adds what that asks of the source to `cost`: at once, since sources count when they are asked, so that other
 *  reads of the same file do not mix in. */
export function countedRead(
  source: ByteSource,
  ranges: readonly Range[],
  allocate: Allocate,
  cost: Pick<ReadCost, 'bytes' | 'requests'>,
): Promise<Uint8Array[]> {
  const { bytes, requests } = source.counters
  const reading = source.readv(ranges, allocate)
  cost.bytes += source.counters.bytes - bytes
  cost.requests += source.counters.requests - requests
  return reading
}

/** Compressed bytes that are held for a range to come. */
const MOST_BYTES = 8 * 1024 * 1024
/** And for all ranges to come, in this thread: once so much is under way, nothing more is asked for. */
const MOST_BYTES_IN_ALL = 24 * 1024 * 1024
let heldBytes = 0

/** Records under way, by their position in the file. */
export class ReadAhead {
  readonly #positions: ReadonlySet<number>
  readonly #records: Promise<ReadonlyMap<number, Uint8Array>>
  readonly #buffers: ReadBuffers
  #buffer: Buffer | null = null
  #held = 0
  #cost = { bytes: 0, requests: 0 }

  static hasRoom(): boolean {
    return heldBytes < MOST_BYTES_IN_ALL
  }

  /** wanted: the most wanted first; what follows one for which there is no room is not asked for. */
  constructor(source: ByteSource, buffers: ReadBuffers, wanted: readonly Range[]) {
    const ranges: Range[] = []
    let room = MOST_BYTES
    for (const range of wanted) {
      if (range.length > room) break
      ranges.push(range)
      room -= range.length
    }
    this.#buffers = buffers
    this.#positions = new Set(ranges.map(range => range.position))
    const take = (length: number) => {
      this.#held = length
      heldBytes += length
      this.#buffer = buffers.take(length)
      return this.#buffer
    }
    const reading = countedRead(source, ranges, take, this.#cost)
    this.#records = reading.then(records => new Map(records.map((record, k) => [ranges[k]!.position, record])))
    // Whatever reads the range meets the failure; nobody may.
    this.#records.catch(() => {})
  }

  has(position: number): boolean {
    return this.#positions.has(position)
  }

  /** The records by position; adds what they cost. Throws what the source threw. */
  async take(cost: ReadCost): Promise<ReadonlyMap<number, Uint8Array>> {
    cost.bytes += this.#cost.bytes
    cost.requests += this.#cost.requests
    this.#cost = { bytes: 0, requests: 0 }
    return this.#records
  }

  /** The records are not needed any more. */
  release(): void {
    const give = () => {
      if (this.#buffer === null) return
      heldBytes -= this.#held
      this.#buffers.give(this.#buffer)
      this.#buffer = null
    }
    // Not before the source has done with it.
    this.#records.then(give, give)
  }
}
