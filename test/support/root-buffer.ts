/** A growing big-endian buffer with the primitives of ROOT's serialisation (TBufferFile): strings, byte counts, class tags,
 *  object references. Part of the test-only ROOT writer. */
import type { Values } from '../../lib/core/types.js'

const BYTE_COUNT = 0x40000000
const NEW_CLASS = 0xffffffff
const CLASS_MASK = 0x80000000
/** ROOT numbers objects and classes from 2: 0 is null, 1 is unused. */
const MAP_OFFSET = 2

export class RootBuffer {
  length = 0
  private bytes = Buffer.alloc(1024)
  private readonly references = new Map<string, number>()

  private readonly origin: number

  /** origin: what stands before this buffer in its record (the key), which references count from. */
  constructor(origin = 0) {
    this.origin = origin
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  u8(...values: number[]): void {
    for (const value of values) this.grow(1).writeUInt8(value, this.advance(1))
  }

  u16(value: number): void {
    this.grow(2).writeUInt16BE(value, this.advance(2))
  }

  i32(...values: number[]): void {
    for (const value of values) this.grow(4).writeInt32BE(value, this.advance(4))
  }

  u32(value: number): void {
    this.grow(4).writeUInt32BE(value, this.advance(4))
  }

  i64(...values: number[]): void {
    for (const value of values) this.grow(8).writeBigInt64BE(BigInt(value), this.advance(8))
  }

  f64(value: number): void {
    this.grow(8).writeDoubleBE(value, this.advance(8))
  }

  raw(bytes: Uint8Array): void {
    this.grow(bytes.length).set(bytes, this.advance(bytes.length))
  }

  string(text: string): void {
    const bytes = Buffer.from(text, 'latin1')
    if (bytes.length < 255) this.u8(bytes.length)
    else {
      this.u8(255)
      this.i32(bytes.length)
    }
    this.raw(bytes)
  }

  patchI32(at: number, value: number): void {
    this.bytes.writeInt32BE(value, at)
  }

  patchI64(at: number, value: number): void {
    this.bytes.writeBigInt64BE(BigInt(value), at)
  }

  /** A byte count and a version, then what `body` writes. */
  counted(version: number, body: () => void): void {
    this.count(() => {
      this.u16(version)
      body()
    })
  }

  named(name: string, title: string): void {
    this.counted(1, () => {
      this.object()
      this.string(name)
      this.string(title)
    })
  }

  /** A TObject base: not counted, no bits but those that every object on the heap has. */
  object(): void {
    this.u16(1)
    this.i32(0, 0x03000000)
  }

  array(slots: number, body: () => void): void {
    this.counted(3, () => {
      this.object()
      this.string('')
      this.i32(slots, 0)
      body()
    })
  }

  /** The object `id`: a reference where it is written already, else its class (by reference where known) and its body. */
  pointer(id: string, className: string, body: () => void): void {
    const known = this.references.get(id)
    if (known !== undefined) {
      this.u32(known)
      return
    }
    this.references.set(id, this.origin + this.length + MAP_OFFSET)
    this.count(() => {
      const tag = this.references.get(`class ${className}`)
      if (tag !== undefined) this.u32((tag | CLASS_MASK) >>> 0)
      else {
        this.references.set(`class ${className}`, this.origin + this.length + MAP_OFFSET)
        this.u32(NEW_CLASS)
        this.raw(Buffer.from(`${className}\0`, 'latin1'))
      }
      body()
    })
  }

  private count(body: () => void): void {
    const at = this.length
    this.u32(0)
    body()
    this.bytes.writeUInt32BE(BYTE_COUNT | (this.length - at - 4), at)
  }

  private grow(n: number): Buffer {
    if (this.length + n > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(2 * this.bytes.length, this.length + n))
      this.bytes.copy(larger)
      this.bytes = larger
    }
    return this.bytes
  }

  private advance(n: number): number {
    this.length += n
    return this.length - n
  }
}

/** The values' bytes in ROOT's order. */
export function bigEndian(values: Values): Buffer {
  const bytes = Buffer.from(
    Uint8Array.prototype.slice.call(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  )
  if (values.BYTES_PER_ELEMENT === 2) bytes.swap16()
  if (values.BYTES_PER_ELEMENT === 4) bytes.swap32()
  if (values.BYTES_PER_ELEMENT === 8) bytes.swap64()
  return bytes
}
