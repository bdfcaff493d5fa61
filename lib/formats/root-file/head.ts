/** The fixed places of a ROOT file: its header, the record of a folder (TDirectory 5) and the list of free segments. Where a
 *  position is beyond 2 GB, they take the form with positions of 8 bytes; both forms of header and folder are equally long. */
import { RootBuffer } from './buffer.js'
import { DATE, START_BIG } from './key.js'

/** Where the first record begins. */
export const BEGIN = 100
/** ROOT 6.22: the format has not changed since. */
const VERSION = 62206
const BIG_FILE = 1_000_000
const FOLDER_VERSION = 5
const BIG_VERSION = 1000
const POSITION_BYTES = 4
const BIG_POSITION_BYTES = 8
/** Of a UUID and the version before it. */
export const UUID_BYTES = 18

/** Where a record is, and its bytes with the key. */
export interface Place {
  readonly seek: number
  readonly bytes: number
}

export interface HeaderFields {
  /** Of the file. */
  readonly end: number
  readonly free: Place
  /** The list of the classes' members. */
  readonly info: Place
  /** Bytes of the top folder's record before the folder itself: key, name and title. */
  readonly nameBytes: number
  /** ROOT's number of the compression that new records are to have. */
  readonly compression: number
  readonly uuid: Uint8Array
}

/** The first bytes of the file; zeros follow up to BEGIN. */
export function fileHeader({ end, free, info, nameBytes, compression, uuid }: HeaderFields): Uint8Array {
  const big = end > START_BIG
  const out = new RootBuffer()
  const position = (value: number) => (big ? out.i64(value) : out.i32(value))
  out.raw(Buffer.from('root'))
  out.i32(big ? VERSION + BIG_FILE : VERSION, BEGIN)
  position(end)
  position(free.seek)
  out.i32(free.bytes, 1, nameBytes) // one free segment: what is behind the end
  out.u8(big ? BIG_POSITION_BYTES : POSITION_BYTES)
  out.i32(compression)
  position(info.seek)
  out.i32(info.bytes)
  out.raw(uuid)
  return out.written()
}

export interface FolderFields {
  readonly seek: number
  readonly parentSeek: number
  /** As HeaderFields has it. */
  readonly nameBytes: number
  /** The record with the keys of what is in the folder. */
  readonly keys: Place
  readonly uuid: Uint8Array
}

/** Of a folder, in either form. */
export const FOLDER_BYTES = 60

export function folderRecord({ seek, parentSeek, nameBytes, keys, uuid }: FolderFields): Uint8Array {
  const big = Math.max(seek, keys.seek) > START_BIG
  const out = new RootBuffer()
  out.i16(big ? FOLDER_VERSION + BIG_VERSION : FOLDER_VERSION)
  out.u32(DATE, DATE)
  out.i32(keys.bytes, nameBytes)
  if (big) out.i64(seek, parentSeek, keys.seek)
  else out.i32(seek, parentSeek, keys.seek)
  out.raw(uuid)
  if (!big) out.i32(0, 0, 0) // room for positions of 8 bytes
  return out.written()
}

/** What ROOT may extend files to, step by step. */
const GROWTH = 1_000_000_000

/** The segments that are free: from the end on. end: of the file, this record included, as the function of its length says. */
export function freeListRecord(end: (recordBytes: number) => number): Uint8Array {
  const out = new RootBuffer()
  const small = end(SMALL_FREE_BYTES)
  if (small <= START_BIG) {
    out.i16(1)
    out.i32(small, START_BIG)
  } else {
    const big = end(BIG_FREE_BYTES)
    out.i16(1 + BIG_VERSION)
    out.i64(big, (Math.floor(big / GROWTH) + 1) * GROWTH)
  }
  return out.written()
}

const SMALL_FREE_BYTES = 10
const BIG_FREE_BYTES = 18
