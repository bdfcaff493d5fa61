/** Byte ranges to read requests: many small ranges in a vector, long ones by themselves; and what comes back into the places it was
 *  read for. */
import { FrameError } from './frames.js'
import { READV_HEAD_BYTES, type Request, readRequest, readvRequest } from './protocol.js'

/** A range of the file and where its bytes go: `room` is as long as the range. */
export interface Piece {
  readonly position: number
  readonly room: Uint8Array
}

export interface PlannedRead {
  readonly request: Request
  /** The next bytes of the answer's body. Throws FrameError where they are not what was asked for. */
  consume(bytes: Buffer): void
  /** The pieces, or parts of them, that have not come. */
  missing(): Piece[]
}

/** Of a vector: limits of the stock server (readv_ior_max, readv_iov_max). */
const MOST_ELEMENT_BYTES = 2097136
const MOST_ELEMENTS = 1024
/** A vector's answer is made in the server's memory. */
const MOST_VECTOR_BYTES = 16 * 1024 * 1024
/** Longer ones are cut: what must be read again after a failure is less. */
const MOST_READ_BYTES = 8 * 1024 * 1024

export function planRequests(
  pieces: readonly Piece[],
  handle: Buffer,
  { vectors }: { readonly vectors: boolean },
): PlannedRead[] {
  const reads: PlannedRead[] = []
  let vector: Piece[] = []
  let bytes = 0
  const flush = () => {
    if (vector.length > 1) reads.push(new VectorRead(handle, vector))
    else if (vector.length === 1) reads.push(new SingleRead(handle, vector[0]!))
    vector = []
    bytes = 0
  }
  for (const piece of pieces) {
    const { length } = piece.room
    if (length === 0) continue
    if (!vectors || length > MOST_ELEMENT_BYTES) {
      for (const part of cut(piece)) reads.push(new SingleRead(handle, part))
      continue
    }
    if (vector.length === MOST_ELEMENTS || bytes + length > MOST_VECTOR_BYTES) flush()
    vector.push(piece)
    bytes += length
  }
  flush()
  return reads
}

function* cut({ position, room }: Piece): Iterable<Piece> {
  for (let at = 0; at < room.length; at += MOST_READ_BYTES) {
    yield { position: position + at, room: room.subarray(at, at + MOST_READ_BYTES) }
  }
}

class SingleRead implements PlannedRead {
  readonly request: Request
  readonly #piece: Piece
  #done = 0

  constructor(handle: Buffer, piece: Piece) {
    this.#piece = piece
    this.request = readRequest(handle, piece.position, piece.room.length)
  }

  consume(bytes: Buffer): void {
    const { room } = this.#piece
    if (this.#done + bytes.length > room.length) throw new FrameError('more bytes than were asked for')
    room.set(bytes, this.#done)
    this.#done += bytes.length
  }

  missing(): Piece[] {
    const { position, room } = this.#piece
    return this.#done === room.length ? [] : [{ position: position + this.#done, room: room.subarray(this.#done) }]
  }
}

/** The answer repeats the head of each element in front of its bytes. */
class VectorRead implements PlannedRead {
  readonly request: Request
  readonly #handle: Buffer
  readonly #pieces: readonly Piece[]
  readonly #head = Buffer.alloc(READV_HEAD_BYTES)
  #headFilled = 0
  /** The element that is being filled, and how far it is. */
  #current = 0
  #done = 0

  constructor(handle: Buffer, pieces: readonly Piece[]) {
    this.#handle = handle
    this.#pieces = pieces
    this.request = readvRequest(
      handle,
      pieces.map(({ position, room }) => ({ position, length: room.length })),
    )
  }

  consume(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length) {
      const piece = this.#pieces[this.#current]
      if (piece === undefined) throw new FrameError('more bytes than were asked for')
      if (this.#headFilled < READV_HEAD_BYTES) {
        at += this.#fillHead(bytes, at, piece)
        continue
      }
      const count = Math.min(piece.room.length - this.#done, bytes.length - at)
      piece.room.set(bytes.subarray(at, at + count), this.#done)
      at += count
      this.#done += count
      if (this.#done < piece.room.length) continue
      this.#current++
      this.#done = 0
      this.#headFilled = 0
    }
  }

  missing(): Piece[] {
    return this.#pieces.slice(this.#current)
  }

  #fillHead(bytes: Buffer, at: number, { position, room }: Piece): number {
    const count = Math.min(READV_HEAD_BYTES - this.#headFilled, bytes.length - at)
    bytes.copy(this.#head, this.#headFilled, at, at + count)
    this.#headFilled += count
    if (this.#headFilled < READV_HEAD_BYTES) return count
    const length = this.#head.readInt32BE(4)
    const offset = Number(this.#head.readBigInt64BE(8))
    if (offset !== position || length !== room.length || !this.#head.subarray(0, 4).equals(this.#handle)) {
      const isOther = !this.#head.subarray(0, 4).equals(this.#handle)
      const got = isOther ? 'those of another file' : `${length} bytes at ${offset}`
      throw new FrameError(`other bytes than were asked for: ${got}, wanted ${room.length} at ${position}`)
    }
    return count
  }
}
