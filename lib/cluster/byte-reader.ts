/** Bytes of a stream by the number: frames of known length, and lines. */
import type { Readable } from 'node:stream'

export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer[] = []
  #heldBytes = 0
  #ended = false

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** The next `length` bytes; null where the stream ends before. */
  async read(length: number): Promise<Buffer | null> {
    if (this.#heldBytes >= length) return this.#take(length)
    // Straight to its place: pieces that wait to be joined would take as much room again.
    const whole = Buffer.allocUnsafeSlow(length)
    let at = this.#heldBytes
    this.#take(at).copy(whole)
    while (at < length) {
      if (!(await this.#more())) return null
      const part = this.#take(Math.min(this.#heldBytes, length - at))
      part.copy(whole, at)
      at += part.length
    }
    return whole
  }

  /** Up to the next line feed, without it; null at the end. */
  async line(): Promise<string | null> {
    let searched = 0
    for (;;) {
      let before = 0
      for (const part of this.#held) {
        const at = before + part.length > searched ? part.indexOf(10, Math.max(0, searched - before)) : -1
        if (at !== -1) return this.#take(before + at + 1)!.toString('utf8', 0, before + at)
        before += part.length
      }
      searched = before
      if (!(await this.#more())) return null
    }
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false
    const { done, value } = await this.#chunks.next()
    if (done) this.#ended = true
    else {
      this.#held.push(value)
      this.#heldBytes += value.length
    }
    return !done
  }

  #take(length: number): Buffer {
    this.#heldBytes -= length
    const first = this.#held[0]
    if (first !== undefined && first.length >= length) {
      if (first.length === length) this.#held.shift()
      else this.#held[0] = first.subarray(length)
      return first.subarray(0, length)
    }
    const all = Buffer.concat(this.#held)
    this.#held = all.length === length ? [] : [all.subarray(length)]
    return all.subarray(0, length)
  }
}
