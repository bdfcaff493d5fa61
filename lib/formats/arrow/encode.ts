/** Schemas and record batches as messages of Arrow's IPC stream format (Message.fbs and Schema.fbs, metadata version V5):
 *
 *    stream   = schema, record batch ..., end
 *    message  = FF FF FF FF, int32 length of the metadata, metadata (FlatBuffers, padded to 8), body (buffers, padded to 8)
 *    end      = FF FF FF FF 00 00 00 00
 *
 *  The buffers of a body are the columns' own memory: only booleans are packed. Written here rather than by apache-arrow, whose
 *  import takes 120 to 370 ms, several times what a stage of a pipe needs to start, and which takes a stream that was cut off
 *  for a whole one. */
import type { DType, Values } from '../../core/types.js'
import { FlatBufferBuilder, type Reference, type Slot } from '../parquet/flatbuffer.js'
import {
  type ArrowBatch,
  type ArrowData,
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  HEADER,
  MESSAGE_VERSION,
  TYPE_ID,
} from './types.js'

export const END_OF_STREAM: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

/** The message that begins a stream. */
export function schemaMessage({ fields, metadata }: ArrowSchema): Uint8Array {
  const b = new FlatBufferBuilder()
  const entries = Array.from(metadata, ([key, value]) => b.table([{ to: b.string(key) }, { to: b.string(value) }]))
  const fieldVector = b.vector(fields.map(field => fieldTable(b, field)))
  const schema = b.table([undefined, { to: fieldVector }, { to: b.vector(entries) }])
  return framed(b, HEADER.schema, schema, 0)
}

/** One record batch in pieces, to be written one after the other. Columns must be those of the schema. */
export function batchMessage(schema: ArrowSchema, { length, columns }: ArrowBatch): Uint8Array[] {
  const body = new BodyWriter()
  for (const [i, field] of schema.fields.entries()) body.column(field.type, columns[i]!)
  const b = new FlatBufferBuilder()
  const buffers = b.pairs(body.places)
  const nodes = b.pairs(body.nodes)
  const batch = b.table([{ bytes: 8, value: length }, { to: nodes }, { to: buffers }])
  return [framed(b, HEADER.batch, batch, body.size), ...body.pieces]
}

function framed(b: FlatBufferBuilder, headerType: number, header: Reference, bodyLength: number): Uint8Array {
  const metadata = b.finish(
    b.table([
      { bytes: 2, value: MESSAGE_VERSION },
      { bytes: 1, value: headerType },
      { to: header },
      { bytes: 8, value: bodyLength },
    ]),
  )
  const prefix = Buffer.alloc(8, 0xff)
  prefix.writeInt32LE(metadata.length, 4)
  return Buffer.concat([prefix, metadata])
}

function fieldTable(b: FlatBufferBuilder, { name, nullable, type }: ArrowField): Reference {
  const children = b.vector(childrenOf(type).map(child => fieldTable(b, child)))
  const { id, slots } = typeSlots(type)
  const typeTable = b.table(slots)
  return b.table([
    { to: b.string(name) },
    { bytes: 1, value: nullable ? 1 : 0 },
    { bytes: 1, value: id },
    { to: typeTable },
    undefined,
    { to: children },
  ])
}

export function childrenOf(type: ArrowType): readonly ArrowField[] {
  if (type.kind === 'struct') return type.members
  return type.kind === 'list' || type.kind === 'fixed' ? [type.item] : []
}

function typeSlots(type: ArrowType): { readonly id: number; readonly slots: readonly Slot[] } {
  switch (type.kind) {
    case 'values':
      return valueSlots(type.dtype)
    case 'list':
      return { id: TYPE_ID.list, slots: [] }
    case 'fixed':
      return { id: TYPE_ID.fixedSizeList, slots: [{ bytes: 4, value: type.width }] }
    case 'struct':
      return { id: TYPE_ID.struct, slots: [] }
    case 'other':
      throw new TypeError(`Arrow: columns of ${type.what} cannot be written`)
  }
}

function valueSlots(dtype: DType): { readonly id: number; readonly slots: readonly Slot[] } {
  if (dtype === 'bool') return { id: TYPE_ID.bool, slots: [] }
  if (dtype === 'float32') return { id: TYPE_ID.float, slots: [{ bytes: 2, value: 1 }] }
  if (dtype === 'float64') return { id: TYPE_ID.float, slots: [{ bytes: 2, value: 2 }] }
  const bits = Number(dtype.replace(/^u?int/, ''))
  const signed = dtype.startsWith('u') ? 0 : 1
  const slots = [{ bytes: 4, value: bits } as const, { bytes: 1, value: signed } as const]
  return { id: TYPE_ID.int, slots }
}

/** Collects the buffers of a body, depth first, as the format wants them. */
class BodyWriter {
  readonly pieces: Uint8Array[] = []
  /** Offset and length of each buffer. */
  readonly places: number[] = []
  /** Length and null count of each field, children after their parents. */
  readonly nodes: number[] = []
  size = 0

  column(type: ArrowType, data: ArrowData): void {
    const nulls = data.valid === null ? 0 : count(data.valid, 0)
    this.nodes.push(data.length, nulls)
    this.buffer(nulls === 0 ? EMPTY : packBits(data.valid!))
    if (type.kind === 'values') this.buffer(type.dtype === 'bool' ? packBits(data.values!) : bytesOf(data.values!))
    if (type.kind === 'list') this.buffer(bytesOf(data.offsets!))
    for (const [i, child] of childrenOf(type).entries()) this.column(child.type, data.children[i]!)
  }

  private buffer(bytes: Uint8Array): void {
    this.places.push(this.size, bytes.length)
    if (bytes.length === 0) return
    this.pieces.push(bytes)
    const padding = (8 - (bytes.length % 8)) % 8
    if (padding > 0) this.pieces.push(PADDING.subarray(0, padding))
    this.size += bytes.length + padding
  }
}

const EMPTY = new Uint8Array(0)
const PADDING = new Uint8Array(8)

function bytesOf({ buffer, byteOffset, byteLength }: Values): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function count(bytes: Uint8Array, wanted: number): number {
  let n = 0
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === wanted) n++
  return n
}

/** Bit i of the result is whether values[i] is other than 0. */
function packBits(values: Values): Uint8Array {
  const bytes = values as Uint8Array
  const bits = new Uint8Array((bytes.length + 7) >> 3)
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) bits[i >> 3]! |= 1 << (i & 7)
  return bits
}
