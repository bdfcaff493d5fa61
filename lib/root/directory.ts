/** The file header (TFile) and directories with their lists of keys (TDirectoryFile). */
import type { ByteSource } from '../bytes/source.js'
import { DataError } from '../core/errors.js'
import { Cursor } from './cursor.js'
import { type Key, readKey } from './key.js'
import type { InfoPlace } from './streamers.js'

/** Files from this version on have 8-byte positions in the header; directories have a version of their own. */
const BIG_FILE = 1_000_000
const BIG_DIRECTORY = 1000
/** The longest header: 8-byte positions and the UUID. */
const HEADER_BYTES = 75
/** Enough for header and first record of nearly every file, so that opening takes one read less. */
const FIRST_READ_BYTES = 1024
/** The longest TDirectory without its UUID: version, two times, two lengths, three positions of 8 bytes. */
const DIRECTORY_BYTES = 42

export interface FileHeader {
  /** Of ROOT, as in 6.24/06: 62406. */
  readonly version: number
  /** As text: 8-4-4-4-12 hexadecimal digits. */
  readonly uuid: string
  /** Where the root directory's object is. */
  readonly directoryAt: number
  /** Where the first record is: that of the root directory. */
  readonly begin: number
  /** Where the list of the classes' members is. */
  readonly streamers: InfoPlace
}

/** Throws DataError: 'OSError' for a file too short to be any, 'ValueError' for one that is not ROOT's. */
export async function readFileHeader(source: ByteSource): Promise<{ header: FileHeader; head: Uint8Array }> {
  const size = await source.size()
  if (size < HEADER_BYTES) {
    throw new DataError(
      'OSError',
      `${source.name}: ${size} bytes are too short for a ROOT file. It is truncated or empty.`,
    )
  }
  const head = await source.readAt(0, Math.min(size, FIRST_READ_BYTES))
  const cursor = new Cursor(head, 4, source.name)
  const magic = cursor.bytes.toString('latin1', 0, 4)
  if (magic !== 'root') {
    throw new DataError(
      'ValueError',
      `${source.name}: not a ROOT file: its first four bytes are ${JSON.stringify(magic)}.`,
    )
  }
  // Signed, as in ROOT: there are files with negative versions, and their positions have 4 bytes.
  const stored = cursor.i32()
  const big = stored >= BIG_FILE
  const begin = cursor.u32()
  cursor.seek(big) // fEND
  cursor.seek(big) // fSeekFree
  cursor.skip(8) // fNbytesFree, nfree
  const nameBytes = cursor.u32()
  cursor.skip(5) // fUnits, fCompress
  const streamers = { at: cursor.seek(big), bytes: cursor.u32() }
  cursor.skip(2) // version of the UUID
  const uuid = cursor.bytes.toString('hex', cursor.skip(16), cursor.position)
  const header = {
    version: big ? stored - BIG_FILE : stored,
    uuid: uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    directoryAt: begin + nameBytes,
    begin,
    streamers,
  }
  return { header, head }
}

/** The keys of the directory whose object is at `position` in the file; null: it has no list of them. `head`: the file's first bytes,
 *  if at hand. */
export async function readDirectory(
  source: ByteSource,
  position: number,
  place: string,
  head: Uint8Array = new Uint8Array(0),
): Promise<Key[] | null> {
  const near = position + DIRECTORY_BYTES <= head.length
  // The record of a small directory may be shorter than the longest one, but a list of keys follows it in any closed file.
  const object = near ? head.subarray(position) : await source.readAt(position, DIRECTORY_BYTES)
  const cursor = new Cursor(object, 0, place)
  const big = cursor.u16() > BIG_DIRECTORY
  cursor.skip(8) // fDatimeC, fDatimeM
  const keysBytes = cursor.i32()
  cursor.skip(4) // fNbytesName
  cursor.seek(big) // fSeekDir
  cursor.seek(big) // fSeekParent
  const keysAt = cursor.seek(big)
  if (keysAt === 0 || keysBytes <= 0) return null
  return readKeyList(new Cursor(await source.readAt(keysAt, keysBytes), 0, place))
}

function readKeyList(cursor: Cursor): Key[] {
  readKey(cursor)
  const count = cursor.i32()
  if (count < 0) cursor.fail(`a list of ${count} keys`)
  const keys: Key[] = []
  for (let k = 0; k < count; k++) keys.push(readKey(cursor))
  return keys
}
