/** Thrift's compact protocol as a tree of fields, read and written without knowing what they mean: footers are copied with all
 *  that is in them, also what newer writers put there. The writer of our own footers is thrift.ts. */

/** Types of fields and list items, by their numbers in the protocol. */
export const THRIFT = {
  TRUE: 1,
  FALSE: 2,
  BYTE: 3,
  I16: 4,
  I32: 5,
  I64: 6,
  DOUBLE: 7,
  BINARY: 8,
  LIST: 9,
  STRUCT: 12,
} as const
const SET = 10

export interface ThriftField {
  readonly id: number
  /** TRUE and FALSE carry their value; such a field's own value is not looked at. */
  readonly type: number
  readonly value: ThriftValue
}

/** Integers as bigint, doubles and binaries as their bytes, structs as their fields. */
export type ThriftValue = bigint | Uint8Array | ThriftList | ThriftStruct
export type ThriftStruct = readonly ThriftField[]

export interface ThriftList {
  readonly itemType: number
  /** Structs may be given encoded already. */
  readonly items: readonly ThriftValue[]
}

/** The struct that `bytes` begin with. Throws Error where they end early or are of another protocol. */
export function readThrift(bytes: Uint8Array): ThriftStruct {
  return new Reader(bytes).struct()
}

/** The bytes of a struct, with its end. */
export function thriftBytes(struct: ThriftStruct): Uint8Array {
  const out: Uint8Array[] = []
  writeStruct(out, struct)
  return Buffer.concat(out)
}

/** The struct with some fields replaced, added (undefined: left out), in the order of their ids. */
export function withFields(
  struct: ThriftStruct,
  fields: Readonly<Record<number, ThriftField | undefined>>,
): ThriftStruct {
  const kept = struct.filter(field => !Object.hasOwn(fields, field.id))
  const added = Object.values(fields).filter(field => field !== undefined)
  return [...kept, ...added].sort((a, b) => a.id - b.id)
}

export function fieldOf(struct: ThriftStruct, id: number): ThriftField | undefined {
  return struct.find(field => field.id === id)
}

/** An integer field's value; undefined where it is absent or of another type. */
export function integerOf(struct: ThriftStruct, id: number): number | undefined {
  const value = fieldOf(struct, id)?.value
  return typeof value === 'bigint' ? Number(value) : undefined
}

export function structOf(struct: ThriftStruct, id: number): ThriftStruct | undefined {
  const value = fieldOf(struct, id)?.value
  return Array.isArray(value) ? (value as ThriftStruct) : undefined
}

/** The structs of a list field; [] where it is absent. */
export function structsOf(struct: ThriftStruct, id: number): ThriftStruct[] {
  const value = fieldOf(struct, id)?.value
  if (value === undefined || typeof value === 'bigint' || !('itemType' in value)) return []
  return value.items.filter((item): item is ThriftStruct => Array.isArray(item))
}

export function textOf(struct: ThriftStruct, id: number): string | undefined {
  const value = fieldOf(struct, id)?.value
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : undefined
}

class Reader {
  private at = 0
  private readonly bytes: Buffer

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  struct(): ThriftStruct {
    const fields: ThriftField[] = []
    let id = 0
    for (;;) {
      const head = this.byte()
      if (head === 0) return fields
      const type = head & 15
      id = head >> 4 === 0 ? Number(this.zigzag()) : id + (head >> 4)
      fields.push({ id, type, value: this.value(type, false) })
    }
  }

  private value(type: number, inList: boolean): ThriftValue {
    switch (type) {
      case THRIFT.TRUE:
      case THRIFT.FALSE:
        return inList ? BigInt(this.byte()) : 0n
      case THRIFT.BYTE:
        return BigInt(this.take(1).readInt8())
      case THRIFT.I16:
      case THRIFT.I32:
      case THRIFT.I64:
        return this.zigzag()
      case THRIFT.DOUBLE:
        return this.take(8)
      case THRIFT.BINARY:
        return this.take(Number(this.varint()))
      case THRIFT.LIST:
      case SET:
        return this.list()
      case THRIFT.STRUCT:
        return this.struct()
      default:
        throw new Error(`the footer has a field of type ${type}`)
    }
  }

  private list(): ThriftList {
    const head = this.byte()
    const itemType = head & 15
    const size = head >> 4 === 15 ? Number(this.varint()) : head >> 4
    // Every item takes a byte at least, so nonsense is found before room is made for it.
    if (size > this.bytes.length - this.at) throw new Error('a list in the footer is longer than the footer')
    return { itemType, items: Array.from({ length: size }, () => this.value(itemType, true)) }
  }

  private zigzag(): bigint {
    const n = this.varint()
    return (n & 1n) === 0n ? n >> 1n : -((n + 1n) >> 1n)
  }

  private varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw new Error('a number in the footer is too long')
  }

  private byte(): number {
    return this.take(1)[0]!
  }

  private take(n: number): Buffer {
    if (this.at + n > this.bytes.length) throw new Error('the footer ends early')
    this.at += n
    return this.bytes.subarray(this.at - n, this.at)
  }
}

function writeStruct(out: Uint8Array[], struct: ThriftStruct): void {
  let last = 0
  for (const { id, type, value } of struct) {
    const step = id - last
    last = id
    if (step > 0 && step < 16) out.push(Uint8Array.of((step << 4) | type))
    else out.push(Uint8Array.of(type), zigzagBytes(BigInt(id)))
    if (type !== THRIFT.TRUE && type !== THRIFT.FALSE) writeValue(out, type, value)
  }
  out.push(Uint8Array.of(0))
}

function writeValue(out: Uint8Array[], type: number, value: ThriftValue): void {
  if (value instanceof Uint8Array) {
    if (type === THRIFT.BINARY) out.push(varintBytes(BigInt(value.length)))
    out.push(value)
  } else if (typeof value === 'bigint') {
    const isByte = type === THRIFT.BYTE || type === THRIFT.TRUE || type === THRIFT.FALSE
    out.push(isByte ? Uint8Array.of(Number(BigInt.asUintN(8, value))) : zigzagBytes(value))
  } else if ('itemType' in value) {
    const { itemType, items } = value
    if (items.length < 15) out.push(Uint8Array.of((items.length << 4) | itemType))
    else out.push(Uint8Array.of(0xf0 | itemType), varintBytes(BigInt(items.length)))
    for (const item of items) writeValue(out, itemType, item)
  } else writeStruct(out, value)
}

function zigzagBytes(value: bigint): Uint8Array {
  return varintBytes(value < 0n ? -2n * value - 1n : 2n * value)
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}
