/** The bytes of a pickle, read from the front: the numbers and texts that follow its opcodes. */
import { DataError } from '../../core/errors.js'

export class PickleReader {
  private readonly bytes: Buffer
  private readonly place: string
  private at = 0

  /** place: the file, for errors. */
  constructor(bytes: Uint8Array, place: string) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.place = place
  }

  error(what: string, at = this.at): DataError {
    return new DataError('ValueError', `${this.place}: ${what} (at byte ${at} of the pickle).`)
  }

  /** Position of the next `count` bytes, which are passed over. */
  private take(count: number): number {
    const start = this.at
    if (count > this.bytes.length - start) {
      throw this.error(`ends too early: ${count} more bytes wanted, ${this.bytes.length - start} are left`)
    }
    this.at += count
    return start
  }

  uint8(): number {
    return this.bytes.readUInt8(this.take(1))
  }

  uint16(): number {
    return this.bytes.readUInt16LE(this.take(2))
  }

  uint32(): number {
    return this.bytes.readUInt32LE(this.take(4))
  }

  int32(): number {
    return this.bytes.readInt32LE(this.take(4))
  }

  /** A length; one that no file can have is found when its bytes are asked for. */
  uint64(): number {
    return Number(this.bytes.readBigUInt64LE(this.take(8)))
  }

  /** Big-endian, which pickle uses for floats alone. */
  float64(): number {
    return this.bytes.readDoubleBE(this.take(8))
  }

  /** A signed little-endian number of `count` bytes. Throws DataError beyond 2^53. */
  long(count: number): number {
    const digits = this.bytesOf(count)
    let value = 0n
    for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(digits[i]!)
    const signed = Number(BigInt.asIntN(8 * count, value))
    if (!Number.isSafeInteger(signed)) throw this.error('a whole number beyond 2^53')
    return signed
  }

  /** A view of the next `count` bytes. */
  bytesOf(count: number): Uint8Array {
    const start = this.take(count)
    return this.bytes.subarray(start, start + count)
  }

  text(count: number): string {
    const start = this.take(count)
    return this.bytes.toString('utf8', start, start + count)
  }

  /** Up to the next newline, which is passed over. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at)
    if (end < 0) throw this.error('ends within a line')
    const start = this.at
    this.at = end + 1
    return this.bytes.toString('utf8', start, end)
  }
}
