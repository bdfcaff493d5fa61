/** Results as bytes: as v8 serializes them, but for large typed arrays, which follow it as they are in memory. So nothing is
 *  copied: copies would wait outside the heap for the next collection, 20 MB and more of them in a long run.
 *
 *    u32 length | serialized | bytes of the large arrays */
import { Deserializer, Serializer } from 'node:v8'

/** Shorter arrays are copied: a piece of its own costs more. */
const LARGE_BYTES = 1024

const KINDS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const satisfies readonly (new (
  buffer: ArrayBuffer,
) => ArrayBufferView)[]

class Writer extends Serializer {
  readonly pieces: Uint8Array[] = []

  // Names and meaning are those of node:v8.
  _writeHostObject(view: ArrayBufferView): void {
    const kind = KINDS.findIndex(k => view instanceof k)
    if (kind < 0) throw new TypeError(`a ${view.constructor.name} cannot be written down`)
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    const apart = bytes.length >= LARGE_BYTES
    this.writeUint32(kind)
    this.writeUint32(apart ? 1 : 0)
    this.writeUint32(bytes.length)
    if (apart) this.pieces.push(bytes)
    else this.writeRawBytes(bytes)
  }
}

class Reader extends Deserializer {
  private readonly apart: (length: number) => Uint8Array

  constructor(serialized: Uint8Array, apart: (length: number) => Uint8Array) {
    super(serialized)
    this.apart = apart
  }

  _readHostObject(): ArrayBufferView {
    const Kind = KINDS[this.readUint32()] as new (buffer: ArrayBuffer) => ArrayBufferView
    const isApart = this.readUint32() === 1
    const length = this.readUint32()
    const bytes = isApart ? this.apart(length) : this.readRawBytes(length)
    // A copy of its own: element sizes ask for aligned bytes.
    return new Kind(new Uint8Array(bytes).buffer)
  }
}

/** Pieces that refer to the value's arrays: to be written before these change. */
export function encodeBody(value: unknown): Uint8Array[] {
  const writer = new Writer() as Writer & { _setTreatArrayBufferViewsAsHostObjects(on: boolean): void }
  writer._setTreatArrayBufferViewsAsHostObjects(true)
  writer.writeHeader()
  writer.writeValue(value)
  const serialized = writer.releaseBuffer()
  const length = Buffer.alloc(4)
  length.writeUInt32LE(serialized.length)
  return [length, serialized, ...writer.pieces]
}

export function decodeBody(bytes: Buffer): unknown {
  const end = 4 + bytes.readUInt32LE(0)
  let at = end
  return decodeParts(bytes.subarray(4, end), length => bytes.subarray(at, (at += length)))
}

/** Of what `encodeBody` gives: the serialized part, and what gives the bytes of each large array, one after the other. They are copied
 *  before the next ones are asked for. */
export function decodeParts(serialized: Uint8Array, apart: (length: number) => Uint8Array): unknown {
  const reader = new Reader(serialized, apart)
  reader.readHeader()
  return reader.readValue()
}
