/** A growing byte buffer with little-endian numbers: what the writers of pickles, Parquet and RNTuples build their headers in. */
export class ByteWriter {
  /** 0 where nothing has been written. */
  protected bytes: Buffer
  private written = 0

  /** capacity: bytes that will be written, where that is known. */
  constructor(capacity = 256) {
    this.bytes = Buffer.alloc(capacity)
  }

  /** Bytes so far. */
  get length(): number {
    return this.written
  }

  /** Room for `count` more bytes; returns where they start. */
  protected take(count: number): number {
    const start = this.written
    this.written += count
    if (this.written > this.bytes.length) {
      const grown = Buffer.alloc(Math.max(this.written, 2 * this.bytes.length))
      this.bytes.copy(grown, 0, 0, start)
      this.bytes = grown
    }
    return start
  }

  byte(value: number): void {
    const at = this.take(1)
    this.bytes[at] = value
  }

  raw(bytes: Uint8Array): void {
    const at = this.take(bytes.length)
    this.bytes.set(bytes, at)
  }

  /** `count` bytes that are 0, to be written into before anything more is written. */
  zeros(count: number): Buffer {
    const at = this.take(count)
    return this.bytes.subarray(at, at + count)
  }

  int32(value: number): void {
    const at = this.take(4)
    this.bytes.writeInt32LE(value, at)
  }

  uint32(value: number): void {
    const at = this.take(4)
    this.bytes.writeUInt32LE(value, at)
  }

  /** A non-negative whole number up to 2^53 in groups of seven bits, lowest first (LEB128). */
  varint(value: number): void {
    while (value >= 128) {
      this.byte((value % 128) + 128)
      value = Math.floor(value / 128)
    }
    this.byte(value)
  }

  /** Big-endian, which pickle uses for floats alone. */
  float64BigEndian(value: number): void {
    const at = this.take(8)
    this.bytes.writeDoubleBE(value, at)
  }

  /** The bytes written so far, where they stand: to be used before anything more is written. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.written)
  }

  /** The bytes written so far, as a copy of exactly that size. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.subarray(0, this.written))
  }
}
