/** A growing little-endian buffer with RNTuple's frames: records and lists that say how long they are. */
import { ByteWriter } from '../byte-writer.js'

export class FrameWriter extends ByteWriter {
  constructor() {
    super(4096)
  }

  u16(value: number): void {
    const at = this.take(2)
    this.bytes.writeUInt16LE(value, at)
  }

  /** A whole number from 0 to 2^53. */
  u64(value: number): void {
    const at = this.take(8)
    this.bytes.writeUInt32LE(value % 2 ** 32, at)
    this.bytes.writeUInt32LE(Math.floor(value / 2 ** 32), at + 4)
  }

  bits64(value: bigint): void {
    const at = this.take(8)
    this.bytes.writeBigUInt64LE(value, at)
  }

  patch64(at: number, value: bigint): void {
    this.bytes.writeBigUInt64LE(value, at)
  }

  string(text: string): void {
    const utf8 = Buffer.from(text, 'utf8')
    this.uint32(utf8.length)
    this.raw(utf8)
  }

  /** A byte range of the file, of less than 2 GiB. */
  locator(length: number, position: number): void {
    this.int32(length)
    this.u64(position)
  }

  record(body: () => void): void {
    const at = this.take(8)
    body()
    this.patch64(at, BigInt(this.length - at))
  }

  /** end: what the frame has behind its items. */
  list<T>(items: ArrayLike<T>, item: (item: T, index: number) => void, end: () => void = () => {}): void {
    const at = this.take(8)
    this.uint32(items.length)
    for (let i = 0; i < items.length; i++) item(items[i]!, i)
    end()
    this.bytes.writeBigInt64LE(BigInt(at - this.length), at)
  }
}
