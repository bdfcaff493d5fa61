/** Knowing what comes next. */

/** Takes items from their source before they are asked for, up to `depth` of them, as they can be had. */
export class LookAhead<T> {
  readonly #iterator: AsyncIterator<T>
  readonly #depth: number
  readonly #queue: T[] = []
  #ended = false
  #pulling: Promise<void> | null = null

  constructor(items: AsyncIterable<T>, depth: number) {
    this.#iterator = items[Symbol.asyncIterator]()
    this.#depth = depth
  }

  /** The k-th of those that follow the item that was shifted last, from 0; undefined where it is not there yet, or there is none. */
  at(k: number): T | undefined {
    return this.#queue[k]
  }

  /** undefined at the end. Rejects with the source's failure. */
  async shift(): Promise<T | undefined> {
    while (this.#queue.length === 0 && !this.#ended) await this.#pull()
    const item = this.#queue.shift()
    // What goes wrong is met by whoever waits for the item.
    this.#pull().catch(() => {})
    return item
  }

  /** As many as fit have been taken. */
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
