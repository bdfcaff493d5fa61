/** Thrift's compact protocol, as far as Parquet's page headers and footer need it. A field is written with its id, in
 *  ascending order within its struct. */
import { ByteWriter } from '../byte-writer.js'

const TYPE = { TRUE: 1, FALSE: 2, BYTE: 3, I32: 5, I64: 6, BINARY: 8, LIST: 9, STRUCT: 12 } as const

/** Types of list items. */
export const ITEM = { I32: TYPE.I32, BINARY: TYPE.BINARY, STRUCT: TYPE.STRUCT } as const

export class ThriftWriter {
  private readonly out = new ByteWriter()
  /** Last field id of each open struct. */
  private readonly lastIds = [0]

  private field(id: number, type: number): void {
    const depth = this.lastIds.length - 1
    const step = id - this.lastIds[depth]!
    this.lastIds[depth] = id
    if (step > 0 && step < 16) {
      this.out.byte((step << 4) | type)
    } else {
      this.out.byte(type)
      this.out.varint(2 * id)
    }
  }

  /** An i32 or enum that is not negative. */
  i32(id: number, value: number): void {
    this.field(id, TYPE.I32)
    this.out.varint(2 * value)
  }

  /** An i64 that is not negative, up to 2^52. */
  i64(id: number, value: number): void {
    this.field(id, TYPE.I64)
    this.out.varint(2 * value)
  }

  /** An i8. */
  i8(id: number, value: number): void {
    this.field(id, TYPE.BYTE)
    this.out.byte(value)
  }

  bool(id: number, value: boolean): void {
    this.field(id, value ? TYPE.TRUE : TYPE.FALSE)
  }

  binary(id: number, value: Uint8Array | string): void {
    this.field(id, TYPE.BINARY)
    this.binaryItem(value)
  }

  struct(id: number, members: () => void): void {
    this.field(id, TYPE.STRUCT)
    this.structItem(members)
  }

  /** A list field; `write` writes one item. */
  list<T>(id: number, type: number, items: readonly T[], write: (item: T) => void): void {
    this.field(id, TYPE.LIST)
    if (items.length < 15) {
      this.out.byte((items.length << 4) | type)
    } else {
      this.out.byte(0xf0 | type)
      this.out.varint(items.length)
    }
    for (const item of items) write(item)
  }

  i32Item(value: number): void {
    this.out.varint(2 * value)
  }

  binaryItem(value: Uint8Array | string): void {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
    this.out.varint(bytes.length)
    this.out.raw(bytes)
  }

  structItem(members: () => void): void {
    this.lastIds.push(0)
    members()
    this.lastIds.pop()
    this.out.byte(0)
  }

  /** The bytes, with the end of the outermost struct. */
  finish(): Uint8Array {
    this.out.byte(0)
    return this.out.finish()
  }
}
