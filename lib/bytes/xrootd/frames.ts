/** A connection's bytes to response frames, however they are cut: a frame may come in single bytes, and one packet may hold many. */

export interface FrameHead {
  readonly stream: number
  readonly status: number
  /** Of the body, in bytes; not negative. */
  readonly length: number
}

export interface FrameReceiver {
  /** A frame begins. Gives what takes the body's bytes as they come, which are its own only during the call; null: they are gathered
   *  for `end`. */
  begin(head: FrameHead): ((bytes: Buffer) => void) | null
  /** The most bytes that may be gathered of a body: announcements beyond it are refused before room for them is made. */
  mostGathered(head: FrameHead): number
  /** The frame is complete. body: empty where it was taken as it came. */
  end(head: FrameHead, body: Buffer): void
}

const HEAD_BYTES = 8
const NOTHING = Buffer.alloc(0)

/** What is wrong with the peer's bytes: the connection is of no use any more. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

export class FrameReader {
  readonly #receiver: FrameReceiver
  readonly #headBytes = Buffer.alloc(HEAD_BYTES)
  #headFilled = 0
  #head: FrameHead | null = null
  #take: ((bytes: Buffer) => void) | null = null
  #body: Buffer = NOTHING
  #done = 0

  constructor(receiver: FrameReceiver) {
    this.#receiver = receiver
  }

  /** No frame has begun that is not over. */
  get isBetween(): boolean {
    return this.#head === null && this.#headFilled === 0
  }

  /** Throws FrameError, and what the receiver throws. */
  feed(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length)
      at = this.#head === null ? this.#feedHead(bytes, at) : this.#feedBody(this.#head, bytes, at)
  }

  #feedHead(bytes: Buffer, at: number): number {
    const count = Math.min(HEAD_BYTES - this.#headFilled, bytes.length - at)
    bytes.copy(this.#headBytes, this.#headFilled, at, at + count)
    this.#headFilled += count
    if (this.#headFilled < HEAD_BYTES) return at + count
    this.#headFilled = 0
    const head = {
      stream: this.#headBytes.readUInt16BE(0),
      status: this.#headBytes.readUInt16BE(2),
      length: this.#headBytes.readInt32BE(4),
    }
    if (head.length < 0) throw new FrameError(`the server announced ${head.length} bytes`)
    this.#take = this.#receiver.begin(head)
    if (this.#take === null && head.length > this.#receiver.mostGathered(head)) {
      throw new FrameError(`the server announced an answer of ${head.length} bytes`)
    }
    this.#body = this.#take === null && head.length > 0 ? Buffer.allocUnsafeSlow(head.length) : NOTHING
    this.#done = 0
    this.#head = head
    if (head.length === 0) this.#end(head)
    return at + count
  }

  #feedBody(head: FrameHead, bytes: Buffer, at: number): number {
    const count = Math.min(head.length - this.#done, bytes.length - at)
    if (this.#take === null) bytes.copy(this.#body, this.#done, at, at + count)
    else this.#take(bytes.subarray(at, at + count))
    this.#done += count
    if (this.#done === head.length) this.#end(head)
    return at + count
  }

  #end(head: FrameHead): void {
    const body = this.#body
    this.#head = null
    this.#take = null
    this.#body = NOTHING
    this.#receiver.end(head, body)
  }
}
