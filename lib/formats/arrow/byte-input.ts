/** Bytes in pieces (a pipe) as blocks of the wanted sizes. */
import { DataError } from '../../core/errors.js'

/** Bytes that room is made for before they come: a damaged length may claim any number. */
const MOST_AHEAD = 2 ** 26

function grown(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length)
  out.set(bytes)
  return out
}

export class ByteInput {
  /** What names the input in messages: "stdin". */
  readonly name: string
  private readonly source: AsyncIterator<Uint8Array>
  private piece: Uint8Array = new Uint8Array(0)
  private used = 0
  private isEmpty = true

  constructor(source: AsyncIterable<Uint8Array>, name: string) {
    this.name = name
    this.source = source[Symbol.asyncIterator]()
  }

  /** The next byte, which stays; null at the end. */
  async peek(): Promise<number | null> {
    while (this.used === this.piece.length) {
      const next = await this.source.next()
      if (next.done) return null
      this.piece = next.value
      this.isEmpty &&= next.value.length === 0
      this.used = 0
    }
    return this.piece[this.used]!
  }

  /** Whether the next bytes are this text, which stays. Looks no further than the first piece of the input. */
  async startsWith(text: string): Promise<boolean> {
    await this.peek()
    return Buffer.from(this.piece.subarray(this.used, this.used + text.length)).toString('latin1') === text
  }

  /** `length` bytes in memory of their own, aligned for any number; null at the end. Throws DataError where the input ends
   *  among them. */
  async read(length: number): Promise<Uint8Array | null> {
    if (length > 0 && (await this.peek()) === null) return null
    let out = new Uint8Array(Math.min(length, MOST_AHEAD))
    for (let at = 0; at < length; ) {
      if ((await this.peek()) === null) throw this.cutOff()
      const part = this.piece.subarray(this.used, this.used + length - at)
      if (at + part.length > out.length) out = grown(out, Math.min(length, 2 * out.length + part.length))
      out.set(part, at)
      at += part.length
      this.used += part.length
    }
    return out
  }

  /** The same, where the input may not end. */
  async need(length: number): Promise<Uint8Array> {
    const bytes = await this.read(length)
    if (bytes === null) throw this.cutOff()
    return bytes
  }

  /** Lines of text without their ends. A last line without an end is given as well. */
  async *lines(): AsyncGenerator<string> {
    const parts: Uint8Array[] = []
    while ((await this.peek()) !== null) {
      const rest = this.piece.subarray(this.used)
      const end = rest.indexOf(10)
      parts.push(end < 0 ? rest : rest.subarray(0, end))
      this.used += end < 0 ? rest.length : end + 1
      if (end < 0) continue
      yield Buffer.concat(parts.splice(0)).toString('utf8')
    }
    if (parts.length > 0) yield Buffer.concat(parts).toString('utf8')
  }

  cutOff(): DataError {
    const message = this.isEmpty ? 'is empty' : 'ends early'
    return new DataError('ValueError', `${this.name} ${message}: the stage before has not finished. See its message.`)
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.source.return?.()
  }
}
