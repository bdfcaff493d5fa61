/** Events over time. Times in seconds since the beginning. */
import type { LiveLine } from './state.js'

/** Intervals of the whole run: when it outgrows them, two become one. */
const MOST_INTERVALS = 240
const FIRST_WIDTH = 0.5
/** What counts as now. */
const NOW_SECONDS = 5
const NOW_INTERVAL = 0.5
const NOW_INTERVALS = NOW_SECONDS / NOW_INTERVAL + 1

export class RateLine {
  #width = FIRST_WIDTH
  #events: number[] = []
  /** The last intervals, each at its number modulo the length. */
  readonly #recent = new Float64Array(NOW_INTERVALS)
  #interval = 0

  add(seconds: number, events: number): void {
    let k = Math.floor(seconds / this.#width)
    while (k >= MOST_INTERVALS) {
      this.#double()
      k = Math.floor(seconds / this.#width)
    }
    while (this.#events.length <= k) this.#events.push(0)
    this.#events[k]! += events
    this.#forget(seconds)
    this.#recent[this.#interval % NOW_INTERVALS]! += events
  }

  /** Events a second, of the last five seconds. */
  now(seconds: number): number {
    this.#forget(seconds)
    const began = Math.max(0, (this.#interval - NOW_INTERVALS + 1) * NOW_INTERVAL)
    const sum = this.#recent.reduce((total, events) => total + events, 0)
    return seconds > began ? sum / (seconds - began) : 0
  }

  line(): LiveLine {
    return { width: this.#width, events: [...this.#events] }
  }

  #forget(seconds: number): void {
    const interval = Math.max(this.#interval, Math.floor(seconds / NOW_INTERVAL))
    const many = Math.min(interval - this.#interval, NOW_INTERVALS)
    for (let k = 0; k < many; k++) this.#recent[(interval - k) % NOW_INTERVALS] = 0
    this.#interval = interval
  }

  #double(): void {
    this.#width *= 2
    const half = Math.ceil(this.#events.length / 2)
    this.#events = Array.from({ length: half }, (_, k) => this.#events[2 * k]! + (this.#events[2 * k + 1] ?? 0))
  }
}
