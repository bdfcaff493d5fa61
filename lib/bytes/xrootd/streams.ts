/** The numbers that tie answers to requests. One whose request was given up is not used again until its late answer has come: it
 *  would be taken for that of another request. */

const LAST = 0xffff
/** So many requests without an answer, and the server is hung. */
const MOST_LOST = 8

export class StreamNumbers {
  readonly #free: number[] = []
  readonly #lost = new Map<number, 'unwanted' | 'late'>()
  #late = 0
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

  /** The request was given up: nobody wants its answer, or it is late. Gives false where too many were late: the connection should be
   *  left. */
  lose(stream: number, why: 'unwanted' | 'late'): boolean {
    this.#lost.set(stream, why)
    if (why === 'late') this.#late++
    return this.#late <= MOST_LOST
  }

  /** The last answer of a request has come that had been given up. Gives false where there was none of that number. */
  found(stream: number): boolean {
    const why = this.#lost.get(stream)
    if (why === undefined) return false
    this.#lost.delete(stream)
    if (why === 'late') this.#late--
    this.#free.push(stream)
    return true
  }

  isLost(stream: number): boolean {
    return this.#lost.has(stream)
  }
}
