/** A column of texts: each entry is a length and that many bytes, behind a header where the text is a member of a class. */
import type { ReadableBranch } from './branch.js'
import { ListReader } from './list-reader.js'

/** In place of a length of one byte: four bytes follow. */
const LONG = 255

export class TextReader extends ListReader {
  readonly #header: number

  constructor(branch: ReadableBranch, start: number, stop: number) {
    super(branch, start, stop)
    this.#header = branch.textHeader ?? 0
  }

  protected override get leastBytes(): number {
    return this.#header + 1
  }

  protected override skip(source: Buffer, at: number, from: number, to: number, lengths?: Int32Array): number {
    for (let entry = from; entry < to; entry++) {
      const text = this.#textAt(source, at)
      const length = text > source.length ? -1 : this.#length(source, at)
      if (length < 0 || text + length > source.length) {
        throw this.damaged(`entry ${entry} is a text of ${length} bytes that passes its basket's end`)
      }
      if (lengths !== undefined) lengths[entry - from] = length
      at = text + length
    }
    return at
  }

  protected override copy(source: Buffer, begin: number, end: number, lengths: Int32Array): Buffer {
    const bytes = Buffer.allocUnsafe(end - begin)
    let at = begin
    let put = 0
    for (const length of lengths) {
      at = this.#textAt(source, at)
      put += source.copy(bytes, put, at, at + length)
      at += length
    }
    return bytes.subarray(0, put)
  }

  /** Where the bytes of the entry at `at` begin. */
  #textAt(source: Buffer, at: number): number {
    return at + this.#header + (source[at + this.#header] === LONG ? 5 : 1)
  }

  #length(source: Buffer, at: number): number {
    const length = source[at + this.#header]!
    return length === LONG ? source.readInt32BE(at + this.#header + 1) : length
  }
}
