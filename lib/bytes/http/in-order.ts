/** Bytes at positions, put in the order of a stream. */

export interface InOrder {
  /** Where the stream stands. */
  readonly next: number
  /** Bytes that wait for others before them. */
  readonly waiting: number
  /** What can be sent now, in order: `bytes` themselves, and copies of what had waited for them. Empty where `bytes` have to wait: they
   *  are copied then. null: they overlap what was there, or more than the limit would wait. */
  add(position: number, bytes: Uint8Array): readonly Uint8Array[] | null
}

export function inOrder(limit: number): InOrder {
  const early = new Map<number, Uint8Array>()
  let next = 0
  let waiting = 0
  return {
    get next() {
      return next
    },
    get waiting() {
      return waiting
    },
    add(position, bytes) {
      if (bytes.length === 0) return []
      if (position < next || early.has(position)) return null
      if (position > next) {
        if (waiting + bytes.length > limit) return null
        early.set(position, Uint8Array.from(bytes))
        waiting += bytes.length
        return []
      }
      const ready = [bytes]
      next += bytes.length
      for (let more = early.get(next); more !== undefined; more = early.get(next)) {
        early.delete(next)
        waiting -= more.length
        next += more.length
        ready.push(more)
      }
      return ready
    },
  }
}
