/** From counts an entry to offsets of jagged columns, with one shared array for every collection. */
import { sameBits } from '../core/bits.js'
import { DataError } from '../core/errors.js'
import type { Columns, Values } from '../core/types.js'

const MAX_ELEMENTS = 2 ** 31 - 1

/** offsets[i] = counts[0] + ... + counts[i - 1]; one element more than `counts`. Throws DataError for a negative count and
 *  for a sum beyond int32. */
export function prefixSums(counts: Values, place: string): Int32Array {
  const offsets = new Int32Array(counts.length + 1)
  let sum = 0
  for (let i = 0; i < counts.length; i++) {
    const count = Number(counts[i])
    sum += count
    if (count < 0) throw new DataError('DeserializationError', `${place}: entry ${i} has a count of ${count}.`)
    if (sum > MAX_ELEMENTS) {
      const problem = `the first ${i + 1} entries have ${sum} elements (at most ${MAX_ELEMENTS})`
      throw new DataError('ValueError', `${place}: ${problem}. Read fewer entries at a time.`)
    }
    offsets[i + 1] = sum
  }
  return offsets
}

/** The offsets of entries [from, end) out of those of more entries, beginning with 0 again. */
export function offsetsFrom(offsets: Int32Array, from: number): Int32Array {
  if (from === 0) return offsets
  const base = offsets[from]!
  const rest = offsets.slice(from)
  for (let i = 0; i < rest.length; i++) rest[i]! -= base
  return rest
}

/** Keeps one array of equal ones, so that "same collection" is an identity test also where every branch of a collection has
 *  a counter of its own (as uproot writes trees). */
export class SharedOffsets {
  /** By number of elements: arrays that differ there need no comparison. */
  readonly #byTotal = new Map<number, Int32Array[]>()

  /** known: columns whose offsets are taken in place of equal ones. */
  constructor(known: Columns = new Map()) {
    for (const offsets of new Set([...known.values()].map(column => column.offsets))) {
      if (offsets !== undefined) this.share(offsets)
    }
  }

  share(offsets: Int32Array): Int32Array {
    const total = offsets[offsets.length - 1]!
    const candidates = this.#byTotal.get(total)
    if (candidates === undefined) {
      this.#byTotal.set(total, [offsets])
      return offsets
    }
    const same = candidates.find(known => sameBits(known, offsets))
    if (same !== undefined) return same
    candidates.push(offsets)
    return offsets
  }
}
