/** One table as the bytes of one Parquet row group: the part of writing that costs time, so it runs where the table is (in a
 *  worker). What is sent on is plain and transferable; writer.ts puts row groups into files. */
import { DataError } from '../../core/errors.js'
import type { Columns } from '../../core/types.js'
import { columnOf } from '../table-columns.js'
import type { EncodedGroup } from '../table-format.js'
import type { Leaf, TableSchema } from '../table-schema.js'
import { type Page, PageEncoder } from './page.js'
import { ThriftWriter } from './thrift.js'

/** Zstandard: one frame of the given bytes, in memory of its own. */
export type Compress = (bytes: Uint8Array) => Uint8Array

/** One column of the row group. Sizes in bytes, page header included. */
export interface EncodedChunk {
  /** From the start of the row group. */
  readonly offset: number
  /** Number of levels: values, nulls and empty lists. */
  readonly count: number
  readonly nullCount: number
  readonly uncompressedBytes: number
  readonly compressedBytes: number
  readonly min: Uint8Array | null
  readonly max: Uint8Array | null
}

export interface EncodedRowGroup extends EncodedGroup {
  /** ZSTD, else uncompressed. */
  readonly compressed: boolean
  /** One per leaf of the schema. */
  readonly chunks: readonly EncodedChunk[]
}

/** Encodes the columns that the schema names; compress null: uncompressed. 200 k rows of 150 columns take 0.9 s,
 *  of which ZSTD at level 1 (wasm) 0.7. Throws BugError where a column is missing or of another type, DataError where one exceeds 2 GiB. */
export function encodeRowGroup(
  table: { readonly length: number; readonly columns: Columns },
  schema: TableSchema,
  compress: Compress | null,
): EncodedRowGroup {
  const compressed = compress !== null
  if (table.length === 0) return emptyRowGroup(schema, compressed)
  const encoder = new PageEncoder()
  const parts: Uint8Array[] = []
  let offset = 0
  const chunks = schema.leaves.map(leaf => {
    const page = encoder.encode(leaf, columnOf(table.columns, leaf, 'Parquet'), table.length)
    const stored = compress === null ? page.body.slice() : compress(page.body)
    const header = pageHeader(page, stored.length)
    parts.push(header, stored)
    const { count, nullCount, min, max } = page
    const uncompressedBytes = header.length + page.body.length
    const compressedBytes = header.length + stored.length
    const chunk = { offset, count, nullCount, uncompressedBytes, compressedBytes, min, max }
    offset += compressedBytes
    checkSize(leaf, offset)
    return chunk
  })
  return { rows: table.length, compressed, bytes: joined(parts, offset), chunks }
}

/** One buffer carries the row group to its file, and buffers have limits. */
function checkSize(leaf: Leaf, bytes: number): void {
  if (bytes < 2 ** 31) return
  const what = 'the columns of one row group exceed 2 GiB'
  throw new DataError('ValueError', `Parquet column ${leaf.column}: ${what}. Read the files in smaller steps.`)
}

/** No rows, no pages: what the reference's writer (pyarrow) leaves for an empty table. */
export function emptyRowGroup(schema: TableSchema, compressed: boolean): EncodedRowGroup {
  const chunk = { offset: 0, count: 0, nullCount: 0, uncompressedBytes: 0, compressedBytes: 0, min: null, max: null }
  return { rows: 0, compressed, bytes: new Uint8Array(0), chunks: schema.leaves.map(() => chunk) }
}

/** parquet.thrift PageHeader with a version 1 data page. */
function pageHeader(page: Page, storedBytes: number): Uint8Array {
  const DATA_PAGE = 0
  const PLAIN = 0
  const RLE = 3
  const t = new ThriftWriter()
  t.i32(1, DATA_PAGE)
  t.i32(2, page.body.length)
  t.i32(3, storedBytes)
  t.struct(5, () => {
    t.i32(1, page.count)
    t.i32(2, PLAIN)
    t.i32(3, RLE)
    t.i32(4, RLE)
  })
  return t.finish()
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
