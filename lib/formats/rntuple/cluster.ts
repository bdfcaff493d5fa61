/** One table as the bytes of a cluster: its pages, each ZSTD compressed and with its checksum behind it, after the key of a record
 *  "RBlob". The part of writing that costs time, so it runs where the table is (in a worker). */
import { xxh3, zstdCompress } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { BEGIN, keyBytes, keyLength, zstdPacking } from '../root-file/index.js'
import type { EncodedGroup, Rows } from '../table-format.js'
import { encodePage } from './encode-page.js'
import type { Layout } from './layout.js'

/** The pages of all columns, one after the other in the columns' order. */
export interface Cluster extends EncodedGroup {
  /** Of each column. */
  readonly pageCounts: Int32Array
  /** Of each page: its elements, and its bytes without the checksum. */
  readonly elements: Int32Array
  readonly sizes: Int32Array
  /** Hash of the pages, in hexadecimal digits. */
  readonly digest: string
}

const LEVEL = 1
export const PACKING = zstdPacking(bytes => zstdCompress(bytes, LEVEL), LEVEL)
/** Before compression, at most: as ROOT has it. */
const PAGE_BYTES = 2 ** 20
export const CHECKSUM_BYTES = 8
/** Of records with pages and envelopes, which nobody looks up by name. */
export const BLOB = { className: 'RBlob', name: '', title: '' }
/** Before the first page. */
export const KEY_BYTES = keyLength(BLOB, true)
/** What a record's key can tell. */
const MAX_BYTES = 2 ** 31 - 1

/** Of the head of a compressed block: its tag and two lengths of three bytes. No page is too long for one block. */
const BLOCK_HEAD_BYTES = 9

/** A page as it is stored: expanded null: as it is. */
interface StoredPage {
  readonly bytes: Uint8Array
  readonly expanded: number | null
}

let scratch = new Uint8Array(0)

/** Throws BugError where a column is missing or of another type, DataError where the cluster would exceed 2 GiB. */
export function encodeCluster(rows: Rows, { columns }: Layout): Cluster {
  const pageCounts = new Int32Array(columns.length)
  const elements: number[] = []
  const pages: StoredPage[] = []
  let length = KEY_BYTES
  if (rows.length > 0) {
    if (scratch.length === 0) scratch = new Uint8Array(PAGE_BYTES)
    for (const [k, { type, elements: elementsOf }] of columns.entries()) {
      const values = elementsOf(rows)
      const size = pageSize(values.length, type.bits)
      for (let from = 0; from < values.length; from += size) {
        const to = Math.min(from + size, values.length)
        const page = packed(scratch.subarray(0, encodePage(type.encoding, values, from, to, scratch)))
        elements.push(to - from)
        pages.push(page)
        pageCounts[k]!++
        length += storedBytes(page) + CHECKSUM_BYTES
        if (length > MAX_BYTES) throw tooLarge()
      }
    }
  }
  const bytes = rows.length === 0 ? new Uint8Array(0) : joined(pages, length)
  const digest = xxh3(bytes.subarray(KEY_BYTES)).toString(16).padStart(16, '0')
  const facts = { pageCounts, elements: Int32Array.from(elements), sizes: Int32Array.from(pages, storedBytes) }
  return { rows: rows.length, bytes, ...facts, digest }
}

/** Elements of a page: pages of a column are about equal, so that none is tiny. */
function pageSize(count: number, bits: number): number {
  const most = Math.floor((8 * PAGE_BYTES) / bits)
  return Math.max(1, Math.ceil(count / Math.ceil(count / most)))
}

/** page: memory that is used again. */
function packed(page: Uint8Array): StoredPage {
  const bytes = PACKING.pack(page)
  // Readers tell by the length whether a page is compressed.
  if (bytes.length + BLOCK_HEAD_BYTES < page.length) return { bytes, expanded: page.length }
  return { bytes: page.slice(), expanded: null }
}

function storedBytes({ bytes, expanded }: StoredPage): number {
  return bytes.length + (expanded === null ? 0 : BLOCK_HEAD_BYTES)
}

function joined(pages: readonly StoredPage[], length: number): Uint8Array<ArrayBuffer> {
  const out = Buffer.from(new ArrayBuffer(length))
  const payloadBytes = length - KEY_BYTES
  const place = { seek: 0, payloadBytes, objectBytes: payloadBytes, big: true }
  out.set(keyBytes({ ...BLOB, folderSeek: BEGIN }, place))
  let at = KEY_BYTES
  for (const page of pages) {
    const start = at
    if (page.expanded !== null) {
      out.write(PACKING.tag, at, 'latin1')
      out.writeUIntLE(page.bytes.length, at + 3, 3)
      out.writeUIntLE(page.expanded, at + 6, 3)
      at += BLOCK_HEAD_BYTES
    }
    out.set(page.bytes, at)
    at += page.bytes.length
    out.writeBigUInt64LE(xxh3(out.subarray(start, at)), at)
    at += CHECKSUM_BYTES
  }
  return new Uint8Array(out.buffer as ArrayBuffer)
}

function tooLarge(): DataError {
  return new DataError(
    'ValueError',
    'RNTuple: the columns of one cluster exceed 2 GiB. Read the files in smaller steps.',
  )
}
