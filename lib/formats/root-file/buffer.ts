/** A growing big-endian buffer with the primitives of ROOT's serialisation (TBufferFile): strings, byte counts, class tags. What
 *  the writers of ROOT files build their records in. */

const BYTE_COUNT = 0x40000000
const NEW_CLASS = 0xffffffff
const CLASS_MASK = 0x80000000
/** ROOT counts the places of classes and objects from 2 on: 0 is the null pointer, 1 is unused. */
const MAP_OFFSET = 2
/** Bits of a TObject that was made with `new` and is alive. */
const OBJECT_BITS = 0x03000000

export class RootBuffer {
  length = 0
  private bytes = Buffer.alloc(1024)
  private readonly origin: number
  private readonly classes = new Map<string, number>()

  /** origin: bytes of the record before this buffer (its key), from which references to classes and objects count. */
  constructor(origin = 0) {
    this.origin = origin
  }

  /** The bytes so far; valid until more are written. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  u8(value: number): void {
    this.take(1).writeUInt8(value)
  }

  i16(...values: readonly number[]): void {
    for (const value of values) this.take(2).writeInt16BE(value)
  }

  i32(...values: readonly number[]): void {
    for (const value of values) this.take(4).writeInt32BE(value)
  }

  u32(...values: readonly number[]): void {
    for (const value of values) this.take(4).writeUInt32BE(value)
  }

  /** Integers up to 2^53. */
  i64(...values: readonly number[]): void {
    for (const value of values) {
      const room = this.take(8)
      room.writeInt32BE(Math.floor(value / 2 ** 32))
      room.writeUInt32BE(((value % 2 ** 32) + 2 ** 32) % 2 ** 32, 4)
    }
  }

  f32(...values: readonly number[]): void {
    for (const value of values) this.take(4).writeFloatBE(value)
  }

  f64(...values: readonly number[]): void {
    for (const value of values) this.take(8).writeDoubleBE(value)
  }

  raw(bytes: Uint8Array): void {
    this.take(bytes.length).set(bytes)
  }

  /** A TString: a byte of length, or 255 and four bytes. */
  string(text: string): void {
    this.raw(stringBytes(text))
  }

  /** A TArrayD without a header: the number of values, then the values. */
  arrayD(values: Float64Array): void {
    this.i32(values.length)
    const room = this.take(8 * values.length)
    for (let i = 0; i < values.length; i++) room.writeDoubleBE(values[i]!, 8 * i)
  }

  /** The same as a TArrayF, rounded to single precision. */
  arrayF(values: Float64Array): void {
    this.i32(values.length)
    const room = this.take(4 * values.length)
    for (let i = 0; i < values.length; i++) room.writeFloatBE(values[i]!, 4 * i)
  }

  /** A version with the byte count that most classes have in front of it, then what `body` writes. */
  counted(version: number, body: () => void): void {
    this.count(() => {
      this.i16(version)
      body()
    })
  }

  /** A TObject as a base or member. bits: in addition to those of every object. */
  object(bits = 0): void {
    this.i16(1)
    this.u32(0, OBJECT_BITS | bits)
  }

  named(name: string, title: string, bits = 0): void {
    this.counted(1, () => {
      this.object(bits)
      this.string(name)
      this.string(title)
    })
  }

  /** A pointer to an object that is written here for the first and only time: its class (by reference where it was named
   *  before), then its body. */
  pointer(className: string, body: () => void): void {
    this.count(() => {
      const known = this.classes.get(className)
      if (known !== undefined) this.u32((known | CLASS_MASK) >>> 0)
      else {
        this.classes.set(className, this.origin + this.length + MAP_OFFSET)
        this.u32(NEW_CLASS)
        this.raw(Buffer.from(`${className}\0`, 'latin1'))
      }
      body()
    })
  }

  nullPointer(): void {
    this.u32(0)
  }

  /** A pointer to an object of this record that was written before. at: what `length` was before its `pointer`. */
  reference(at: number): void {
    this.u32(this.origin + at + MAP_OFFSET)
  }

  patchI32(at: number, value: number): void {
    this.bytes.writeInt32BE(value, at)
  }

  private count(body: () => void): void {
    const at = this.length
    this.u32(0)
    body()
    this.bytes.writeUInt32BE(BYTE_COUNT | (this.length - at - 4), at)
  }

  /** The next `n` bytes, to be written at once: the buffer moves when it grows. */
  private take(n: number): Buffer {
    const start = this.length
    this.length += n
    if (this.length > this.bytes.length) {
      const grown = Buffer.alloc(Math.max(2 * this.bytes.length, this.length))
      this.bytes.copy(grown, 0, 0, start)
      this.bytes = grown
    }
    return this.bytes.subarray(start, this.length)
  }
}

/** A TString's bytes. ROOT takes them as they are; UTF-8 is what its readers expect. */
export function stringBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length < 255) return Buffer.concat([Buffer.of(bytes.length), bytes])
  const length = Buffer.alloc(5, 255)
  length.writeInt32BE(bytes.length, 1)
  return Buffer.concat([length, bytes])
}
