/** Room for compressed bytes, used again and again: fresh memory costs a page fault every 4 kB (5 ms of 45 in the benchmark). */

/** Buffers at rest; a larger one than asked for may be given. */
export class ReadBuffers {
  readonly #free: Buffer[] = []

  take(length: number): Buffer {
    const k = this.#free.findIndex(buffer => buffer.length >= length)
    if (k >= 0) return this.#free.splice(k, 1)[0]!
    // One that was too small will be too small again.
    this.#free.pop()
    return Buffer.allocUnsafeSlow(Math.ceil(length * 1.25))
  }

  give(buffer: Buffer): void {
    this.#free.push(buffer)
  }
}
