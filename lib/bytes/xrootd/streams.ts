/** The numbers that tie answers to requests. One whose request was given up is not used again until its late answer has come: it
 *  would be taken for that of another request. */

const LAST = 0xffff
/** So many requests without an answer, and the server is hung. */
const MOST_LOST = 8

export class StreamNumbers {
  readonly #free: number[] = []
  readonly #lost = new Set<number>()
  #next = 1

  /** A number that is in use nowhere; null where there is none left. */
  take(): number | null {
    const free = this.#free.pop()
    if (free !== undefined) return free
    return this.#next > LAST ? null : this.#next++
  }

  give(stream: number): void {
    this.#free.push(stream)
  }

  /** The request was given up. Gives false where too many were: the connection should be left. */
  lose(stream: number): boolean {
    this.#lost.add(stream)
    return this.#lost.size <= MOST_LOST
  }

  /** The last answer of a request has come that had been given up. Gives false where there was none of that number. */
  found(stream: number): boolean {
    if (!this.#lost.delete(stream)) return false
    this.#free.push(stream)
    return true
  }

  isLost(stream: number): boolean {
    return this.#lost.has(stream)
  }
}
