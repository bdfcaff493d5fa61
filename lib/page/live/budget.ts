/** How often the page may cost the run something. */

/** Of the calling thread's time. */
const SHARE = 0.01

/** After work that took t, no more of it for t / SHARE: it takes one percent of the time at most, however much of it there is. */
export class Budget {
  readonly #leastMs: number
  readonly #clock: () => number
  #nextAt = 0

  /** leastMs: between the beginnings of two works, however short. */
  constructor(leastMs: number, clock: () => number = () => performance.now()) {
    this.#leastMs = leastMs
    this.#clock = clock
  }

  /** Milliseconds until there may be work again; 0: now. */
  get waitMs(): number {
    return Math.max(0, this.#nextAt - this.#clock())
  }

  spend<T>(work: () => T): T {
    const began = this.#clock()
    try {
      return work()
    } finally {
      const took = this.#clock() - began
      this.#nextAt = began + Math.max(this.#leastMs, took / SHARE)
    }
  }
}
