/** The end of a Parquet file: parquet.thrift FileMetaData with the schema, the row groups and the Arrow schema. What pyarrow
 *  writes for the reference (format version "2.6"), but for created_by and size statistics. */
import { asciiJsonString } from '../python-text.js'
import { type Field, isRecord, type Leaf, type LeafField, listLevels, type TableSchema } from '../table-schema.js'
import { arrowSchema } from './arrow-schema.js'
import type { EncodedChunk, EncodedRowGroup } from './row-group.js'
import { BYTE_ARRAY, STORED } from './stored-types.js'
import { ITEM, ThriftWriter } from './thrift.js'

/** "PAR1", at both ends of a file. */
export const MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31)

/** A row group without its bytes, and where they stand in the file. */
export interface PlacedRowGroup extends Omit<EncodedRowGroup, 'bytes'> {
  readonly start: number
}

/** Footer, its length and the magic. */
export function footerBytes(schema: TableSchema, rowGroups: readonly PlacedRowGroup[]): Uint8Array {
  const t = new ThriftWriter()
  t.i32(1, FORMAT_VERSION_2)
  t.list(2, ITEM.STRUCT, schemaElements(schema), element => t.structItem(() => writeElement(t, element)))
  t.i64(
    3,
    rowGroups.reduce((rows, group) => rows + group.rows, 0),
  )
  t.list(4, ITEM.STRUCT, rowGroups, group => t.structItem(() => writeRowGroup(t, schema, group)))
  t.list(5, ITEM.STRUCT, keyValues(schema), ([key, value]) =>
    t.structItem(() => {
      t.binary(1, key)
      t.binary(2, value)
    }),
  )
  t.binary(6, 'tnp-pipe')
  // Without the order of each column, readers ignore its minimum and maximum.
  t.list(7, ITEM.STRUCT, schema.leaves, () => t.structItem(() => t.struct(TYPE_ORDER, () => {})))
  const metadata = t.finish()
  const bytes = Buffer.alloc(metadata.length + 8)
  bytes.set(metadata)
  bytes.writeUInt32LE(metadata.length, metadata.length)
  bytes.set(MAGIC, metadata.length + 4)
  return bytes
}

const FORMAT_VERSION_2 = 2
const TYPE_ORDER = 1
const REQUIRED = 0
const OPTIONAL = 1
const REPEATED = 2
const CONVERTED_UTF8 = 0
const CONVERTED_LIST = 3
const LOGICAL_STRING = 1
const LOGICAL_LIST = 3
const LOGICAL_INTEGER = 10
const UNCOMPRESSED = 0
const ZSTD = 6
const PLAIN = 0
const RLE = 3
const DATA_PAGE = 0

/** One node of the schema tree, which the footer lists depth first. */
interface Element {
  readonly name: string
  readonly repetition: number
  readonly children?: number
  readonly isList?: boolean
  readonly leaf?: LeafField
}

function schemaElements(schema: TableSchema): Element[] {
  const root = { name: 'schema', repetition: REQUIRED, children: schema.fields.length }
  return [root, ...schema.fields.flatMap(fieldElements)]
}

function fieldElements(field: Field): Element[] {
  const levels = listLevels(field)
  return [
    ...levels.flatMap((_, k) => [
      { name: k === 0 ? field.name : 'item', repetition: REQUIRED, children: 1, isList: true },
      { name: 'list', repetition: REPEATED, children: 1 },
    ]),
    ...innerElements(field, levels.length === 0 ? field.name : 'item'),
  ]
}

function innerElements(field: Field, name: string): Element[] {
  if (!isRecord(field)) return [{ name, repetition: field.nullable ? OPTIONAL : REQUIRED, leaf: field }]
  return [{ name, repetition: REQUIRED, children: field.members.length }, ...field.members.flatMap(fieldElements)]
}

function writeElement(t: ThriftWriter, { name, repetition, children, isList, leaf }: Element): void {
  const stored = leaf && STORED[leaf.dtype]
  const isText = leaf?.text === true
  if (stored) t.i32(1, isText ? BYTE_ARRAY : stored.physical)
  t.i32(3, repetition)
  t.binary(4, name)
  if (children !== undefined) t.i32(5, children)
  if (isList) {
    t.i32(6, CONVERTED_LIST)
    t.struct(10, () => t.struct(LOGICAL_LIST, () => {}))
  }
  if (isText) {
    t.i32(6, CONVERTED_UTF8)
    t.struct(10, () => t.struct(LOGICAL_STRING, () => {}))
    return
  }
  const integer = stored?.integer
  if (integer) {
    t.i32(6, integer.converted)
    t.struct(10, () =>
      t.struct(LOGICAL_INTEGER, () => {
        t.i8(1, integer.bits)
        t.bool(2, integer.signed)
      }),
    )
  }
}

function writeRowGroup(t: ThriftWriter, schema: TableSchema, group: PlacedRowGroup): void {
  const columns = schema.leaves.map((leaf, i) => ({ leaf, chunk: group.chunks[i]! }))
  const start = group.rows === 0 ? 0 : group.start
  t.list(1, ITEM.STRUCT, columns, ({ leaf, chunk }) =>
    t.structItem(() => {
      t.i64(2, 0)
      t.struct(3, () => writeColumn(t, leaf, chunk, start, group))
    }),
  )
  t.i64(
    2,
    sum(group.chunks, chunk => chunk.uncompressedBytes),
  )
  t.i64(3, group.rows)
  t.i64(5, start)
  t.i64(
    6,
    sum(group.chunks, chunk => chunk.compressedBytes),
  )
}

function writeColumn(t: ThriftWriter, leaf: Leaf, chunk: EncodedChunk, start: number, group: PlacedRowGroup): void {
  const pages = group.rows === 0 ? 0 : 1
  t.i32(1, leaf.text ? BYTE_ARRAY : STORED[leaf.dtype].physical)
  t.list(2, ITEM.I32, pages === 0 ? [RLE] : [RLE, PLAIN], encoding => t.i32Item(encoding))
  t.list(3, ITEM.BINARY, leaf.path, name => t.binaryItem(name))
  t.i32(4, group.compressed ? ZSTD : UNCOMPRESSED)
  t.i64(5, chunk.count)
  t.i64(6, chunk.uncompressedBytes)
  t.i64(7, chunk.compressedBytes)
  t.i64(9, start + chunk.offset)
  if (pages > 0) t.struct(12, () => writeStatistics(t, leaf, chunk))
  t.list(13, ITEM.STRUCT, pages === 0 ? [] : [pages], count =>
    t.structItem(() => {
      t.i32(1, DATA_PAGE)
      t.i32(2, PLAIN)
      t.i32(3, count)
    }),
  )
}

function writeStatistics(t: ThriftWriter, leaf: Leaf, { min, max, nullCount }: EncodedChunk): void {
  // Fields 1 and 2 are of an older format, which knew signed order only.
  const signed = !leaf.dtype.startsWith('uint')
  if (max && signed) t.binary(1, max)
  if (min && signed) t.binary(2, min)
  t.i64(3, nullCount)
  if (max) t.binary(5, max)
  if (min) t.binary(6, min)
  if (max && min) {
    t.bool(7, true)
    t.bool(8, true)
  }
}

/** "ak:parameters" is what awkward leaves for an array of records, with the names of its columns that may hold nulls. Where all
 *  may, the reference's records themselves were optional, and awkward then reads them so again. */
function keyValues(schema: TableSchema): [string, string][] {
  const nullable = schema.fields.filter(field => !isRecord(field) && listLevels(field).length === 0 && field.nullable)
  const names = nullable.map(field => asciiJsonString(field.name)).join(', ')
  const wrapper = nullable.length === schema.fields.length ? 'IndexedOptionArray' : 'IndexedArray'
  const parameters = `[{"optiontype_fields": [${names}]}, {"record_is_scalar": false}, {"${wrapper}": null}, {"RecordArray": null}]`
  const own: [string, string] = ['ak:parameters', parameters]
  return [own, ['ARROW:schema', arrowSchema(schema.fields, [own])]]
}

function sum<T>(items: readonly T[], number: (item: T) => number): number {
  return items.reduce((total, item) => total + number(item), 0)
}
