/** The Arrow schema that Parquet files carry under "ARROW:schema", so that readers restore large_list, fixed_size_list and
 *  not-null exactly: an encapsulated IPC Schema message (Arrow format, Schema.fbs and Message.fbs, metadata version V5).
 *  Built by flatbuffer.ts, because importing apache-arrow costs 120 to 370 ms of start-up and flatbuffers alone 13 ms. */
import type { DType } from '../../core/types.js'
import { type Field, isRecord, listLevels } from '../table-schema.js'
import { FlatBufferBuilder, type Reference, type Slot } from './flatbuffer.js'

const VERSION_V5 = 4
const HEADER_SCHEMA = 1
const TYPE = { Int: 2, FloatingPoint: 3, Utf8: 5, Bool: 6, Struct: 13, FixedSizeList: 16, LargeList: 21 } as const

/** Base64 of the message for the fields, with the given key-value metadata. */
export function arrowSchema(fields: readonly Field[], metadata: readonly (readonly [string, string])[]): string {
  const b = new FlatBufferBuilder()
  const keyValues = metadata.map(([key, value]) => b.table([{ to: b.string(key) }, { to: b.string(value) }]))
  const fieldVector = b.vector(fields.map(field => fieldTable(b, field)))
  const schema = b.table([undefined, { to: fieldVector }, { to: b.vector(keyValues) }])
  const header = { bytes: 1, value: HEADER_SCHEMA } as const
  const message = b.finish(b.table([{ bytes: 2, value: VERSION_V5 }, header, { to: schema }]))
  const prefix = Buffer.alloc(8, 0xff)
  prefix.writeInt32LE(message.length, 4)
  return Buffer.concat([prefix, message]).toString('base64')
}

interface FieldType {
  readonly id: number
  readonly slots: readonly Slot[]
}

function fieldTable(b: FlatBufferBuilder, field: Field): Reference {
  return levelField(b, field, field.name, listLevels(field))
}

/** levels: of lists around the value or record. */
function levelField(b: FlatBufferBuilder, field: Field, name: string, levels: readonly (number | null)[]): Reference {
  const [width, ...inner] = levels
  if (width === undefined) return innerField(b, field, name)
  const type =
    width === null
      ? { id: TYPE.LargeList, slots: [] }
      : { id: TYPE.FixedSizeList, slots: [{ bytes: 4, value: width } as const] }
  return namedField(b, { name, nullable: false, type, children: [levelField(b, field, 'item', inner)] })
}

/** The value or record itself, without the list around it. */
function innerField(b: FlatBufferBuilder, field: Field, name: string): Reference {
  if (isRecord(field)) {
    const children = field.members.map(member => fieldTable(b, member))
    return namedField(b, { name, nullable: false, type: { id: TYPE.Struct, slots: [] }, children })
  }
  return namedField(b, {
    name,
    nullable: field.nullable === true,
    type: field.text === true ? { id: TYPE.Utf8, slots: [] } : valueType(field.dtype),
    children: [],
  })
}

interface NamedField {
  readonly name: string
  readonly nullable: boolean
  readonly type: FieldType
  readonly children: readonly Reference[]
}

function namedField(b: FlatBufferBuilder, { name, nullable, type, children }: NamedField): Reference {
  const childVector = b.vector(children)
  const typeTable = b.table(type.slots)
  const flag = { bytes: 1, value: nullable ? 1 : 0 } as const
  const typeId = { bytes: 1, value: type.id } as const
  return b.table([{ to: b.string(name) }, flag, typeId, { to: typeTable }, undefined, { to: childVector }])
}

function valueType(dtype: DType): FieldType {
  if (dtype === 'bool') return { id: TYPE.Bool, slots: [] }
  if (dtype === 'float32') return { id: TYPE.FloatingPoint, slots: [{ bytes: 2, value: 1 }] }
  if (dtype === 'float64') return { id: TYPE.FloatingPoint, slots: [{ bytes: 2, value: 2 }] }
  const bits = Number(dtype.replace(/^u?int/, ''))
  const signed = dtype.startsWith('u') ? 0 : 1
  return {
    id: TYPE.Int,
    slots: [
      { bytes: 4, value: bits },
      { bytes: 1, value: signed },
    ],
  }
}
