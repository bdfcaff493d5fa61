/** TTree (versions 5 to 20): its counts and, without looking into them, where each of its branches is. Reading names only,
 *  by byte counts, opens a tree of thousands of branches in milliseconds. */
import { DataError } from '../../core/errors.js'
import type { Cursor } from '../cursor.js'
import { type NameTable, nameTable } from '../name-table.js'
import { readNamed } from '../named.js'
import { type ObjectBuffer, openObjArray } from '../object-buffer.js'
import { memberBytes } from '../stl-names.js'
import type { StreamerInfos } from '../streamers.js'
import { type FriendName, NO_RELATIONS, readRelations } from './tree-relations.js'

const OLDEST_VERSION = 5
/** Of older ones the members are those that the file's own list of classes names. */
const OLDEST_KNOWN = 16
const NEWEST_VERSION = 20

export interface TreeRecord {
  readonly title: string
  readonly entries: number
  /** Of the top-level branches. */
  readonly table: NameTable
  /** Position of each branch's class tag in the record, by its number in the table. */
  readonly positions: Int32Array
  /** Number of each branch that is of a class derived from TBranch. */
  readonly derived: readonly number[]
  /** Its entries may be meant to be looked up by a value rather than by their number. */
  readonly hasIndex: boolean
  readonly friends: readonly FriendName[]
  /** Leaves of all branches; more than branches where some have several. */
  readonly leaves: number
}

/** Classes of trees, and how many bytes of a record stand before those of TTree: byte count and version of a derived class. */
export const TREE_CLASSES: ReadonlyMap<string, number> = new Map([
  ['TTree', 0],
  ['TNtuple', 6],
  ['TNtupleD', 6],
])

/** The tree is of a version of which it must be looked up what it consists of. */
export function needsStreamers(objects: ObjectBuffer, start: number): boolean {
  return objects.cursor(start).header().version < OLDEST_KNOWN
}

/** Reads the tree that `objects` holds from `start` on. streamers: only used where the tree needs them. */
export function readTree(objects: ObjectBuffer, start: number, streamers: StreamerInfos | null): TreeRecord {
  const cursor = objects.cursor(start)
  const { version } = cursor.header()
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    throw new DataError('NotImplementedError', `${cursor.place}: TTree version ${version} cannot be read (${known}).`)
  }
  const { title } = readNamed(cursor)
  let entries: number
  if (version < OLDEST_KNOWN) {
    entries = readOldMembers(cursor, version, streamers)
  } else {
    for (let base = 0; base < 3; base++) cursor.skipCounted() // TAttLine, TAttFill, TAttMarker
    entries = cursor.i64()
    skipMembers(cursor, version)
  }
  if (entries < 0) cursor.fail(`${entries} entries`)
  const names = readBranchNames(objects, cursor)
  const { slots: leaves, end } = openObjArray(cursor)
  const relations = version < OLDEST_KNOWN ? NO_RELATIONS : readRelations(objects, cursor.at(end))
  return { title, entries, ...names, leaves, ...relations }
}

/** Types of members, as TVirtualStreamerInfo numbers them. */
const DOUBLE = 8
const TEXT = 65

/** Passes over the members up to fBranches, as the file describes them; gives fEntries. */
function readOldMembers(cursor: Cursor, version: number, streamers: StreamerInfos | null): number {
  const members = streamers?.members('TTree', version)
  const last = members?.findIndex(member => member.name === 'fBranches') ?? -1
  if (last < 0) {
    const problem = `TTree version ${version} cannot be read: the file does not say what it consists of.`
    throw new DataError('NotImplementedError', `${cursor.place}: ${problem}`)
  }
  let entries = -1
  // The first is TNamed.
  for (const { name, type } of members!.slice(1, last)) {
    const bytes = memberBytes(type)
    if (name === 'fEntries') entries = type === DOUBLE ? cursor.wholeF64() : cursor.i64()
    else if (bytes !== undefined) cursor.skip(bytes)
    else if (type === TEXT) cursor.skipString()
    else cursor.skipCounted() // a base or an object
  }
  return entries
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
function readBranchNames(objects: ObjectBuffer, cursor: Cursor): Pick<TreeRecord, 'table' | 'positions' | 'derived'> {
  const { slots } = openObjArray(cursor)
  const { bytes } = cursor
  const positions = new Int32Array(slots)
  const starts = new Int32Array(slots)
  const lengths = new Int32Array(slots)
  const derived: number[] = []
  let count = 0
  let lastTag = 0
  let headerBytes = 0
  let isDerived = false
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
        isDerived = className !== 'TBranch'
        headerBytes = data - at + (isDerived ? DERIVED_HEADER_BYTES : PLAIN_HEADER_BYTES)
        lastTag = tag
      }
      at += headerBytes
      if (isDerived) derived.push(count)
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
  return { table, positions, derived }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}
