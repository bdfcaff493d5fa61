/** One table as the bytes of a cluster: its pages, each ZSTD compressed and with its checksum behind it, after the key of a record
 *  "RBlob". The part of writing that costs time, so it runs where the table is (in a worker). */
import { xxh3, zstdCompress } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { BEGIN, keyBytes, keyLength, packRecord, zstdPacking } from '../root-file/index.js'
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

let scratch = new Uint8Array(0)

/** Throws BugError where a column is missing or of another type, DataError where the cluster would exceed 2 GiB. */
export function encodeCluster(rows: Rows, { columns }: Layout): Cluster {
  const pageCounts = new Int32Array(columns.length)
  const elements: number[] = []
  const sizes: number[] = []
  const parts: Uint8Array[] = []
  let length = KEY_BYTES
  if (rows.length > 0) {
    scratch = scratch.length === 0 ? new Uint8Array(PAGE_BYTES) : scratch
    for (const [k, { type, elements: elementsOf }] of columns.entries()) {
      const values = elementsOf(rows)
      const { pages, size } = pagination(values.length, type.bits)
      pageCounts[k] = pages
      for (let from = 0; from < values.length; from += size) {
        const to = Math.min(from + size, values.length)
        const bytes = encodePage(type.encoding, values, from, to, scratch)
        const page = sealed(scratch.subarray(0, bytes))
        elements.push(to - from)
        sizes.push(page.length - CHECKSUM_BYTES)
        parts.push(page)
        length += page.length
        if (length > MAX_BYTES) throw tooLarge()
      }
    }
  }
  const bytes = rows.length === 0 ? new Uint8Array(0) : joined(parts, length)
  const digest = xxh3(bytes.subarray(KEY_BYTES)).toString(16).padStart(16, '0')
  const facts = { pageCounts, elements: Int32Array.from(elements), sizes: Int32Array.from(sizes) }
  return { rows: rows.length, bytes, ...facts, digest }
}

/** Pages of about the same size, so that none is tiny. */
function pagination(count: number, bits: number): { readonly pages: number; readonly size: number } {
  const most = Math.floor((8 * PAGE_BYTES) / bits)
  const pages = Math.ceil(count / most)
  return { pages, size: pages === 0 ? 1 : Math.ceil(count / pages) }
}

/** The page as it is stored. */
function sealed(page: Uint8Array): Uint8Array {
  const stored = packRecord(page, PACKING)
  const out = new Uint8Array(stored.length + CHECKSUM_BYTES)
  out.set(stored)
  new DataView(out.buffer).setBigUint64(stored.length, xxh3(stored), true)
  return out
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  const payloadBytes = length - KEY_BYTES
  const place = { seek: 0, payloadBytes, objectBytes: payloadBytes, big: true }
  bytes.set(keyBytes({ ...BLOB, folderSeek: BEGIN }, place))
  let at = KEY_BYTES
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function tooLarge(): DataError {
  return new DataError(
    'ValueError',
    'RNTuple: the columns of one cluster exceed 2 GiB. Read the files in smaller steps.',
  )
}
