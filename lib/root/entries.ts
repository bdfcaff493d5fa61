/** Entries of a tree: ranges of them, and the few of a range that are wanted. */
import { DataError } from '../core/errors.js'

/** Throws DataError where a tree of so many entries has no range [start, stop). place: the tree's. */
export function checkRange(start: number, stop: number, entries: number, place: string): void {
  const whole = Number.isInteger(start) && Number.isInteger(stop)
  if (whole && start >= 0 && start <= stop && stop <= entries) return
  throw new DataError('ValueError', `${place}: entries [${start}, ${stop}) wanted, the tree has [0, ${entries}).`)
}

/** Entries of a tree that are wanted. events: ascending positions, counted from entry `start`. */
export class Entries {
  readonly #events: Int32Array
  readonly #start: number

  constructor(events: Int32Array, start: number) {
    this.#events = events
    this.#start = start
  }

  /** None of entries [from, to) is wanted. */
  hasNone(from: number, to: number): boolean {
    const first = firstAbove(this.#events, from - this.#start - 1)
    return first === this.#events.length || this.#events[first]! + this.#start >= to
  }
}

/** Position of the first number that is larger than `value`. */
export function firstAbove(ascending: ArrayLike<number>, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
