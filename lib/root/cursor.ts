/** Big-endian reading of ROOT's serialised objects (TBufferFile), with every step checked against the buffer's end: what is
 *  read may be damaged. */
import { DataError } from '../core/errors.js'

/** Set in a byte count, which precedes most versions. */
const BYTE_COUNT_MASK = 0x40000000
/** TObject's bit for "is referenced": two more bytes follow. */
const IS_REFERENCED = 0x10
/** A string of this length or longer has its length in the following four bytes. */
const LONG_STRING = 255

/** Bytes [start, end) as text. Buffer.toString does the same, with checks that cost three times as much. */
export function latin1(bytes: Buffer, start: number, end: number): string {
  return (bytes as Buffer & { latin1Slice(start: number, end: number): string }).latin1Slice(start, end)
}

/** A position in a buffer that moves on as values are read. `place` begins the text of every error. */
export class Cursor {
  readonly bytes: Buffer
  readonly place: string
  position: number

  constructor(bytes: Uint8Array, position: number, place: string) {
    this.bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.place = place
    this.position = position
  }

  /** A further cursor on the same buffer. */
  at(position: number): Cursor {
    return new Cursor(this.bytes, position, this.place)
  }

  fail(problem: string): never {
    throw new DataError(
      'DeserializationError',
      `${this.place}: ${problem} at byte ${this.position}. The file is damaged.`,
    )
  }

  /** Moves on by `length` bytes and gives the position before. */
  skip(length: number): number {
    const at = this.position
    const end = at + length
    if (!(length >= 0 && at >= 0 && end <= this.bytes.length)) {
      this.fail(`${length} bytes wanted, the object has ${this.bytes.length}`)
    }
    this.position = end
    return at
  }

  u8(): number {
    return this.bytes[this.skip(1)]!
  }

  u16(): number {
    const at = this.skip(2)
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!
  }

  i32(): number {
    const at = this.skip(4)
    const b = this.bytes
    return (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!
  }

  u32(): number {
    return this.i32() >>> 0
  }

  /** A 64-bit integer that must be exact as a number: sizes, positions and entry counts are. */
  i64(): number {
    const high = this.i32()
    const value = high * 2 ** 32 + this.u32()
    if (!Number.isSafeInteger(value)) this.fail(`the number ${value} is nonsense`)
    return value
  }

  /** A whole number that is stored as a double, as old files store sizes and counts. */
  wholeF64(): number {
    const value = this.bytes.readDoubleBE(this.skip(8))
    if (!Number.isSafeInteger(value)) this.fail(`the number ${value} is nonsense`)
    return value
  }

  /** A position or size in the file: 8 bytes where `big`, else 4. */
  seek(big: boolean): number {
    return big ? this.i64() : this.u32()
  }

  string(): string {
    const length = this.#stringLength()
    const at = this.skip(length)
    return latin1(this.bytes, at, at + length)
  }

  skipString(): void {
    this.skip(this.#stringLength())
  }

  /** Text up to a zero byte, which is passed over. */
  zeroTerminated(): string {
    const end = this.bytes.indexOf(0, this.position)
    if (end < 0) this.fail('a text without end')
    const text = latin1(this.bytes, this.position, end)
    this.position = end + 1
    return text
  }

  /** Reads a byte count; gives the position where its object ends. */
  countedEnd(): number {
    const count = this.u32()
    if ((count & BYTE_COUNT_MASK) === 0) this.fail('a byte count is missing')
    const end = this.position + (count & ~BYTE_COUNT_MASK)
    if (end > this.bytes.length) this.fail(`an object of ${count & ~BYTE_COUNT_MASK} bytes passes the end`)
    return end
  }

  /** Passes over an object that begins with a byte count. */
  skipCounted(): void {
    this.position = this.countedEnd()
  }

  /** Reads byte count and version of an object. */
  header(): { version: number; end: number } {
    const end = this.countedEnd()
    return { version: this.u16(), end }
  }

  /** Passes over the TObject part of an object. */
  skipTObject(): void {
    const version = this.u16()
    // Bit 14 says that a byte count stood here: the two bytes read were its upper half.
    if ((version & (BYTE_COUNT_MASK >>> 16)) !== 0) this.skip(4)
    this.skip(4)
    if ((this.u32() & IS_REFERENCED) !== 0) this.skip(2)
  }

  #stringLength(): number {
    const short = this.u8()
    if (short !== LONG_STRING) return short
    const length = this.i32()
    if (length < 0) this.fail('a text of negative length')
    return length
  }
}
