/** How often the page may cost the run something. */

/** Of the calling thread's time. */
const SHARE = 0.01
/** What may be spent at once: the first works take ten times as long as those that follow, until they are compiled. */
const MOST_MS = 30

/** Work may take one percent of the time that goes by, however much of it there is, and 30 ms more. */
export class Budget {
  readonly #leastMs: number
  readonly #clock: () => number
  /** What may be spent, as of then. */
  #left = MOST_MS
  #at: number
  #nextAt: number

  /** leastMs: between the beginnings of two works, however short. */
  constructor(leastMs: number, clock: () => number = () => performance.now()) {
    this.#leastMs = leastMs
    this.#clock = clock
    this.#at = clock()
    this.#nextAt = this.#at
  }

  /** Milliseconds until there may be work again; 0: now. */
  get waitMs(): number {
    const debt = Math.max(0, -this.#leftNow())
    return Math.max(0, this.#nextAt - this.#clock(), debt / SHARE)
  }

  spend<T>(work: () => T): T {
    const began = this.#clock()
    try {
      return work()
    } finally {
      const left = this.#leftNow()
      const now = this.#clock()
      this.#left = left - (now - began)
      this.#at = now
      this.#nextAt = began + this.#leastMs
    }
  }

  #leftNow(): number {
    return Math.min(MOST_MS, this.#left + SHARE * (this.#clock() - this.#at))
  }
}
