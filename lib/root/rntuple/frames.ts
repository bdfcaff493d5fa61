/** Little-endian reading of RNTuples' envelopes, with every step checked against the end: what is read may be damaged. */
import { DataError } from '../../core/errors.js'

/** A frame: a record, or a list of `items`. Its contents begin where the cursor stands; `end` is the byte behind it. */
export interface Frame {
  readonly end: number
  /** 0 for a record. */
  readonly items: number
}

/** A byte range of the file. */
export interface Locator {
  readonly position: number
  readonly length: number
}

/** Of a locator: the upper bit says that it is no plain one, the byte below which kind it is. */
const LARGE_LOCATOR = 1

/** Bytes [start, end) as text. Buffer.toString does the same, with checks that cost three times as much. */
export function utf8(bytes: Buffer, start: number, end: number): string {
  return (bytes as Buffer & { utf8Slice(start: number, end: number): string }).utf8Slice(start, end)
}

/** A position in an envelope that moves on as values are read. `place` begins the text of every error. */
export class FrameCursor {
  readonly bytes: Buffer
  readonly place: string
  /** Of `bytes`. */
  readonly view: DataView
  position: number

  /** view: of `bytes`, where there is one. */
  constructor(bytes: Buffer, position: number, place: string, view?: DataView) {
    this.bytes = bytes
    this.place = place
    this.position = position
    this.view = view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  fail(problem: string): never {
    const at = `at byte ${this.position}`
    throw new DataError('DeserializationError', `${this.place}: ${problem} ${at}. The file is damaged.`)
  }

  /** Of what may be right, but is not known here. */
  refuse(problem: string): never {
    throw new DataError('NotImplementedError', `${this.place}: ${problem}.`)
  }

  /** A further cursor on the same bytes. */
  at(position: number): FrameCursor {
    return new FrameCursor(this.bytes, position, this.place, this.view)
  }

  /** Moves on by `length` bytes and gives the position before. */
  skip(length: number): number {
    const at = this.position
    const end = at + length
    if (!(length >= 0 && at >= 0 && end <= this.bytes.length)) {
      this.fail(`${length} bytes wanted, the envelope has ${this.bytes.length}`)
    }
    this.position = end
    return at
  }

  u16(): number {
    return this.view.getUint16(this.skip(2), true)
  }

  u32(): number {
    return this.view.getUint32(this.skip(4), true)
  }

  i32(): number {
    return this.view.getInt32(this.skip(4), true)
  }

  f64(): number {
    return this.view.getFloat64(this.skip(8), true)
  }

  bits64(): bigint {
    return this.view.getBigUint64(this.skip(8), true)
  }

  /** A signed 64-bit integer that must be exact as a number. */
  i64(): number {
    const at = this.skip(8)
    const value = this.view.getInt32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true)
    if (!Number.isSafeInteger(value)) this.fail(`the number ${value} is nonsense`)
    return value
  }

  /** A signed 64-bit integer of which only the sign matters where it is negative: then -1. */
  offset(): number {
    const at = this.skip(8)
    if (this.view.getInt32(at + 4, true) < 0) return -1
    this.position = at
    return this.size()
  }

  /** The same for one that cannot be negative: sizes, positions and counts. */
  size(): number {
    const value = this.i64()
    if (value < 0) this.fail(`a size of ${value}`)
    return value
  }

  string(): string {
    const length = this.u32()
    const at = this.skip(length)
    return utf8(this.bytes, at, at + length)
  }

  skipString(): void {
    this.skip(this.u32())
  }

  /** The record that begins at the cursor, which moves to its contents. */
  record(): Frame {
    const start = this.position
    const size = this.i64()
    if (size < 8) this.fail(`a record frame of ${size} bytes`)
    return { end: this.#end(start, size), items: 0 }
  }

  /** minItemBytes: what an item takes at least, so that a nonsensical number of them is noticed before room is made for it. */
  list(minItemBytes: number): Frame {
    const start = this.position
    const size = -this.i64()
    if (size < 12) this.fail(`a list frame of ${size} bytes`)
    const items = this.u32()
    if (items * minItemBytes > size) this.fail(`a list frame of ${size} bytes with ${items} items`)
    return { end: this.#end(start, size), items }
  }

  /** Throws DataError 'NotImplementedError' for a kind of locator that is not known. */
  locator(): Locator {
    const start = this.position
    const head = this.i32()
    if (head >= 0) return { length: head, position: this.size() }
    const kind = (head >>> 24) & 0x7f
    if (kind !== LARGE_LOCATOR) {
      this.refuse(`data that are referred to by a locator of type ${kind} cannot be read. Those of types 0 and 1 can`)
    }
    const length = this.size()
    const position = this.size()
    this.position = this.#end(start, head & 0xffff)
    return { length, position }
  }

  #end(start: number, size: number): number {
    const end = start + size
    if (end > this.bytes.length) this.fail(`a frame of ${size} bytes passes the end`)
    return end
  }
}
