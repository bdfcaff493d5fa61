/** The messages of an Arrow IPC stream as schemas and batches. Values are views on the message's memory; booleans are unpacked
 *  to bytes. */
import { byteSize, viewValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { DType } from '../../core/types.js'
import { childrenOf } from './encode.js'
import type { TableView } from './flatbuffer-view.js'
import {
  type ArrowBatch,
  type ArrowData,
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  OTHER_TYPES,
  TYPE_ID,
} from './types.js'

/** table: a Schema. Throws DataError where it is big-endian, and where two columns have one name. */
export function readSchema(table: TableView, place: string): ArrowSchema {
  if (table.int16(0) !== 0)
    throw new DataError('ValueError', `${place}: Arrow data in big-endian order cannot be read.`)
  const fields = table.tables(1).map(readField)
  checkNames(fields, '', place)
  return { fields, metadata: new Map(table.tables(2).map(entry => [entry.string(0), entry.string(1)])) }
}

/** Whoever looks for a column by its name would find one of two. */
function checkNames(fields: readonly ArrowField[], prefix: string, place: string): void {
  const seen = new Set<string>()
  for (const { name, type } of fields) {
    if (seen.has(name)) {
      throw new DataError('ValueError', `${place}: two columns are called "${prefix}${name}". Rename one of them.`)
    }
    seen.add(name)
    const item = type.kind === 'list' || type.kind === 'fixed' ? type.item.type : type
    if (item.kind === 'struct') checkNames(item.members, `${prefix}${name}.`, place)
  }
}

function readField(table: TableView): ArrowField {
  const name = table.string(0)
  const type = table.has(4) ? { kind: 'other' as const, what: 'dictionary' } : readType(table)
  return { name, nullable: table.uint8(1) !== 0, type }
}

function readType(field: TableView): ArrowType {
  const type = field.table(3)
  const children = field.tables(5)
  switch (field.uint8(2)) {
    case TYPE_ID.int: {
      const bits = type?.int32(0) ?? 0
      if (![8, 16, 32, 64].includes(bits)) return { kind: 'other', what: `integers of ${bits} bits` }
      return { kind: 'values', dtype: `${type?.uint8(1) ? '' : 'u'}int${bits}` as DType }
    }
    case TYPE_ID.float: {
      const precision = type?.int16(0) ?? 0
      if (precision === 0) return { kind: 'other', what: 'half-precision numbers' }
      return { kind: 'values', dtype: precision === 1 ? 'float32' : 'float64' }
    }
    case TYPE_ID.bool:
      return { kind: 'values', dtype: 'bool' }
    case TYPE_ID.list:
      return { kind: 'list', item: readField(children[0]!) }
    case TYPE_ID.largeList:
      return { kind: 'list', item: readField(children[0]!), large: true }
    case TYPE_ID.fixedSizeList:
      return { kind: 'fixed', width: type?.int32(0) ?? 0, item: readField(children[0]!) }
    case TYPE_ID.struct:
      return { kind: 'struct', members: children.map(readField) }
    default:
      return { kind: 'other', what: OTHER_TYPES[field.uint8(2)] ?? `type ${field.uint8(2)}` }
  }
}

/** table: a RecordBatch; body: its buffers. Throws DataError where a column cannot be read. */
export function readBatch(schema: ArrowSchema, table: TableView, body: Uint8Array, place: string): ArrowBatch {
  if (table.has(3)) {
    throw new DataError(
      'ValueError',
      `${place}: compressed Arrow batches cannot be read. Write them without compression.`,
    )
  }
  const reader = new BodyReader(body, table.pairs(1), table.pairs(2), place)
  const columns = schema.fields.map(field => reader.column(field.name, field.type))
  const length = table.int64(0)
  const other = columns.findIndex(column => column.length !== length)
  if (other >= 0) {
    const problem = `column "${schema.fields[other]!.name}" has ${columns[other]!.length} rows of ${length}`
    throw new DataError('ValueError', `${place}: damaged Arrow batch (${problem}).`)
  }
  return { length, columns }
}

class BodyReader {
  private readonly body: Uint8Array
  private readonly nodes: readonly number[]
  private readonly places: readonly number[]
  private readonly place: string
  private node = 0
  private buffer = 0

  constructor(body: Uint8Array, nodes: readonly number[], places: readonly number[], place: string) {
    this.body = body
    this.nodes = nodes
    this.places = places
    this.place = place
  }

  column(name: string, type: ArrowType): ArrowData {
    if (type.kind === 'other') {
      const message = `${this.place}: column "${name}" is of ${type.what}, which cannot be read. Drop it, or make numbers of it.`
      throw new DataError('ValueError', message)
    }
    const length = this.nodes[this.node++]!
    const nulls = this.nodes[this.node++]!
    const bitmap = this.next()
    if (!(length >= 0)) throw this.damaged(`column "${name}" has ${length} rows`)
    const valid = nulls === 0 || bitmap.length === 0 ? null : this.bits(bitmap, length)
    if (type.kind === 'values') return { length, valid, values: this.values(type.dtype, length), children: [] }
    const offsets = type.kind === 'list' ? this.offsets(length, type.large === true) : undefined
    const children = childrenOf(type).map(child => this.column(`${name}.${child.name}`, child.type))
    if (offsets === undefined) {
      const width = type.kind === 'fixed' ? type.width : 1
      if (children.some(child => child.length < width * length)) {
        throw this.damaged(`column "${name}" lacks items`)
      }
      return { length, valid, children }
    }
    this.checkOffsets(name, offsets, children[0]!.length)
    return { length, valid, ...zeroBased(offsets, children[0]!) }
  }

  /** One pass, so that lists of a stage which is none of ours cannot lead outside. */
  private checkOffsets(name: string, offsets: Int32Array, items: number): void {
    let ordered = offsets[0]! >= 0 && offsets[offsets.length - 1]! <= items
    for (let i = 1; i < offsets.length; i++) if (offsets[i]! < offsets[i - 1]!) ordered = false
    if (ordered) return
    throw new DataError('ValueError', `${this.place}: the lists of column "${name}" do not fit their items.`)
  }

  private next(): Uint8Array {
    const start = this.places[this.buffer++]!
    const length = this.places[this.buffer++]!
    if (!(start >= 0 && length >= 0 && start + length <= this.body.length)) {
      throw this.damaged('a buffer lies outside of it')
    }
    return this.body.subarray(start, start + length)
  }

  private values(dtype: DType, length: number) {
    const bytes = this.next()
    if (dtype === 'bool') return this.bits(bytes, length)
    this.checkSize(bytes, byteSize(dtype) * length)
    return viewValues(dtype, bytes.buffer, bytes.byteOffset, length)
  }

  private bits(bytes: Uint8Array, length: number): Uint8Array {
    this.checkSize(bytes, length / 8)
    return unpackBits(bytes, length)
  }

  /** Before memory is taken, or what belongs to another column is read. */
  private checkSize(bytes: Uint8Array, wanted: number): void {
    if (wanted > bytes.length) throw this.damaged(`a buffer has ${bytes.length} bytes of ${Math.ceil(wanted)}`)
  }

  private damaged(what: string): DataError {
    return new DataError('ValueError', `${this.place}: damaged Arrow batch (${what}).`)
  }

  private offsets(length: number, large: boolean): Int32Array {
    const bytes = this.next()
    // No lists: writers may leave the only offset out.
    if (bytes.length === 0 && length === 0) return new Int32Array(1)
    this.checkSize(bytes, (large ? 8 : 4) * (length + 1))
    if (large) return Int32Array.from(new BigInt64Array(bytes.buffer, bytes.byteOffset, length + 1), Number)
    return new Int32Array(bytes.buffer, bytes.byteOffset, length + 1)
  }
}

/** Lists cut out of longer ones may begin later than at 0. */
function zeroBased(offsets: Int32Array, items: ArrowData): Pick<ArrowData, 'offsets' | 'children'> {
  const first = offsets[0]!
  const last = offsets[offsets.length - 1]!
  if (first === 0 && last === items.length) return { offsets, children: [items] }
  return { offsets: offsets.map(o => o - first), children: [cut(items, first, last)] }
}

function cut(data: ArrowData, first: number, last: number): ArrowData {
  const { offsets, values, children } = data
  const valid = data.valid?.subarray(first, last) ?? null
  const length = last - first
  if (values !== undefined) return { length, valid, values: values.subarray(first, last), children: [] }
  if (offsets !== undefined) {
    return { length, valid, ...zeroBased(offsets.subarray(first, last + 1), children[0]!) }
  }
  const width = data.length === 0 ? 1 : children[0]!.length / data.length
  return { length, valid, children: children.map(child => cut(child, first * width, last * width)) }
}

function unpackBits(bits: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i++) out[i] = (bits[i >> 3]! >> (i & 7)) & 1
  return out
}
