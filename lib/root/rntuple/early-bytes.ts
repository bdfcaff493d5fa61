/** Bytes of pages that have been asked for before they are needed: those of the next range, and of a distant file all that may be
 *  needed, in one round trip. Which they are may have to be read itself. */
import type { ByteSource, Range } from '../../bytes/source.js'
import type { ReadCost } from '../../core/types.js'
import { ReadAhead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'

export class EarlyBytes {
  readonly #asked: Promise<ReadAhead>

  /** ranges: settles with those that are wanted, the most wanted first. */
  constructor(source: ByteSource, buffers: ReadBuffers, ranges: Promise<readonly Range[]>) {
    this.#asked = ranges.then(wanted => new ReadAhead(source, buffers, wanted))
    // Whatever reads the range meets the failure; nobody may.
    this.#asked.catch(() => {})
  }

  /** Bytes by position in the file; adds what they cost. Throws what the source threw. */
  async take(cost: ReadCost): Promise<ReadonlyMap<number, Uint8Array>> {
    return (await this.#asked).take(cost)
  }

  /** They are not needed any more. */
  release(): void {
    this.#asked.then(
      asked => asked.release(),
      () => {},
    )
  }
}
