/** How often the page may cost the run something. */

/** Of the calling thread's time. */
const SHARE = 0.005
/** What may be spent at once: the first works take ten times as long as those that follow, until they are compiled. */
const MOST_MS = 20

/** Clocks in milliseconds. */
export interface Clocks {
  readonly wall: () => number
  /** What work costs: the thread's time on a processor. Time in which others had the processor is no cost. */
  readonly cost: () => number
}

/** Work may take half a percent of the time that goes by, however much of it there is, and 20 ms more. */
export class Budget {
  readonly #leastMs: number
  readonly #clocks: Clocks
  /** What may be spent, as of then. */
  #left = MOST_MS
  #at: number
  #nextAt: number

  /** leastMs: between the beginnings of two works, however short. */
  constructor(leastMs: number, clocks: Clocks) {
    this.#leastMs = leastMs
    this.#clocks = clocks
    this.#at = clocks.wall()
    this.#nextAt = this.#at
  }

  /** Milliseconds until there may be work again; 0: now. */
  get waitMs(): number {
    const debt = Math.max(0, -this.#leftNow())
    return Math.max(0, this.#nextAt - this.#clocks.wall(), debt / SHARE)
  }

  spend<T>(work: () => T): T {
    const { wall, cost } = this.#clocks
    const began = wall()
    const before = cost()
    try {
      return work()
    } finally {
      this.#left = this.#leftNow() - (cost() - before)
      this.#at = wall()
      this.#nextAt = began + this.#leastMs
    }
  }

  #leftNow(): number {
    return Math.min(MOST_MS, this.#left + SHARE * (this.#clocks.wall() - this.#at))
  }
}
