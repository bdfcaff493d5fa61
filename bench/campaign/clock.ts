/** Simulated time. */

interface Entry {
  readonly at: number
  /** Of two at the same time the one that was asked for first comes first. */
  readonly order: number
  readonly act: () => void
}

export class Clock {
  now = 0
  #order = 0
  /** A heap: the next entry is the first. */
  readonly #heap: Entry[] = []

  after(seconds: number, act: () => void): void {
    const entry = { at: this.now + seconds, order: this.#order++, act }
    let at = this.#heap.push(entry) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(entry, this.#heap[parent]!)) break
      this.#heap[at] = this.#heap[parent]!
      at = parent
    }
    this.#heap[at] = entry
  }

  /** Until `isDone`. Throws where nothing is left to happen before. */
  run(isDone: () => boolean): void {
    while (!isDone()) {
      const entry = this.#take()
      if (entry === undefined) throw new Error(`the simulation stands still at ${this.now} s`)
      this.now = entry.at
      entry.act()
    }
  }

  #take(): Entry | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (first === undefined || last === undefined || this.#heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.#heap.length) break
      if (child + 1 < this.#heap.length && before(this.#heap[child + 1]!, this.#heap[child]!)) child++
      if (!before(this.#heap[child]!, last)) break
      this.#heap[at] = this.#heap[child]!
      at = child
    }
    this.#heap[at] = last
    return first
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** Does one thing at a time, first come first served. */
export class Station {
  readonly #clock: Clock
  #free = 0
  busy = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** When a thing that takes so long would be done if it were asked for now; it is. */
  reserve(seconds: number): number {
    this.#free = Math.max(this.#free, this.#clock.now) + seconds
    this.busy += seconds
    return this.#free
  }

  serve(seconds: number, act: () => void): void {
    this.#clock.after(this.reserve(seconds) - this.#clock.now, act)
  }
}
