/** TTree (versions 16 to 20): its counts and, without looking into them, where each of its branches is. Reading names only,
 *  by byte counts, opens a tree of thousands of branches in milliseconds. */
import { DataError } from '../core/errors.js'
import type { Cursor } from './cursor.js'
import { type NameTable, nameTable } from './name-table.js'
import { readNamed } from './named.js'
import { type ObjectBuffer, openObjArray } from './object-buffer.js'

const OLDEST_VERSION = 16
const NEWEST_VERSION = 20

export interface TreeRecord {
  readonly title: string
  readonly entries: number
  /** Of the top-level branches. */
  readonly table: NameTable
  /** Position of each branch's class tag in the record, by its number in the table. */
  readonly positions: Int32Array
}

/** Reads the tree that `objects` holds. */
export function readTree(objects: ObjectBuffer): TreeRecord {
  const cursor = objects.cursor(0)
  const { version } = cursor.header()
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    throw new DataError('NotImplementedError', `${cursor.place}: TTree version ${version} cannot be read (${known}).`)
  }
  const { title } = readNamed(cursor)
  for (let base = 0; base < 3; base++) cursor.skipCounted() // TAttLine, TAttFill, TAttMarker
  const entries = cursor.i64()
  if (entries < 0) cursor.fail(`${entries} entries`)
  skipMembers(cursor, version)
  return { title, entries, ...readBranchNames(objects, cursor) }
}

/** From fTotBytes up to fBranches. */
function skipMembers(cursor: Cursor, version: number): void {
  cursor.skip(3 * 8 + (version >= 18 ? 8 : 0)) // fTotBytes, fZipBytes, fSavedBytes, fFlushedBytes
  cursor.skip(8 + 3 * 4 + (version >= 17 ? 4 : 0)) // fWeight, fTimerInterval, fScanField, fUpdate, fDefaultEntryOffsetLen
  const clusterRanges = version >= 19 ? cursor.u32() : 0
  cursor.skip(4 * 8 + (version >= 18 ? 8 : 0) + 8) // fMaxEntries to fAutoSave, fAutoFlush, fEstimate
  if (version >= 19) cursor.skip(2 * (1 + 8 * clusterRanges)) // fClusterRangeEnd, fClusterSize
  if (version >= 20) cursor.skipCounted() // fIOFeatures
}

/** As a signed number: the name of a class follows. */
const NEW_CLASS = -1
/** "TBranch" and a zero byte, as two words. */
const TBRA = 0x54427261
const NCH0 = 0x6e636800
/** Byte counts and versions of TBranch and of its base TNamed, before TNamed's data. */
const PLAIN_HEADER_BYTES = 12
/** The same with those of a class derived from TBranch. */
const DERIVED_HEADER_BYTES = 18

/** Only what it takes to find the names, in plain index arithmetic: this loop is most of the time that opening takes, and in
 *  a fresh process it runs before it is compiled. A read outside the buffer gives 0; the checks of `end` catch what follows. */
function readBranchNames(objects: ObjectBuffer, cursor: Cursor): { table: NameTable; positions: Int32Array } {
  const { slots } = openObjArray(cursor)
  const { bytes } = cursor
  const positions = new Int32Array(slots)
  const starts = new Int32Array(slots)
  const lengths = new Int32Array(slots)
  let count = 0
  let lastTag = 0
  let headerBytes = 0
  for (let k = 0; k < slots; k++) {
    const start = cursor.position
    if (word(bytes, start) === 0) {
      cursor.skip(4)
      continue
    }
    const end = cursor.countedEnd()
    const tag = word(bytes, start + 4)
    let at = start + 8
    if (tag === NEW_CLASS && word(bytes, at) === TBRA && word(bytes, at + 4) === NCH0) {
      at += 8 + PLAIN_HEADER_BYTES
    } else {
      // Uproot writes the class's name with every branch, ROOT once, and then refers to it.
      if (tag !== lastTag || tag === NEW_CLASS) {
        const { className, data } = objects.objectHead(cursor)
        headerBytes = data - at + (className === 'TBranch' ? PLAIN_HEADER_BYTES : DERIVED_HEADER_BYTES)
        lastTag = tag
      }
      at += headerBytes
    }
    // TObject: version, with a byte count before it where bit 14 is set; id; bits, of which one adds two bytes.
    at += (bytes[at]! & 0x40) === 0 ? 2 : 6
    at += (bytes[at + 7]! & 0x10) === 0 ? 8 : 10
    const length = bytes[at]!
    const long = length === 255
    const nameAt = at + (long ? 5 : 1)
    const nameEnd = nameAt + (long ? word(bytes, at + 1) : length)
    if (nameEnd < nameAt || nameEnd > end) cursor.fail(`branch ${k} has no name`)
    positions[count] = start + 4
    starts[count] = nameAt
    lengths[count++] = nameEnd - nameAt
    cursor.position = end
  }
  const table = nameTable(bytes, starts.subarray(0, count), lengths.subarray(0, count))
  return { table, positions }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}
