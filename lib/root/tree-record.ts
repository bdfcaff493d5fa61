/** TTree (versions 16 to 20): its counts and, without looking into them, where each of its branches is. Reading names only,
 *  by byte counts, opens a tree of thousands of branches in milliseconds. */
import { DataError } from '../core/errors.js'
import type { Cursor } from './cursor.js'
import { type ObjectBuffer, openObjArray } from './object-buffer.js'

const OLDEST_VERSION = 16
const NEWEST_VERSION = 20

export interface TreeRecord {
  readonly entries: number
  /** Position of each top-level branch's class tag in the record, by name, in the tree's order. */
  readonly branches: ReadonlyMap<string, number>
}

/** Reads the tree that `objects` holds. `derived`: the object is of a class derived from TTree (TNtuple). */
export function readTree(objects: ObjectBuffer, derived: boolean): TreeRecord {
  const cursor = objects.cursor(0)
  if (derived) cursor.header()
  const { version } = cursor.header()
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    throw new DataError('NotImplementedError', `${cursor.place}: TTree version ${version} cannot be read (${known}).`)
  }
  for (let base = 0; base < 4; base++) cursor.skipCounted() // TNamed, TAttLine, TAttFill, TAttMarker
  const entries = cursor.i64()
  if (entries < 0) cursor.fail(`${entries} entries`)
  skipMembers(cursor, version)
  return { entries, branches: readBranchNames(objects, cursor) }
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

function readBranchNames(objects: ObjectBuffer, cursor: Cursor): Map<string, number> {
  const { slots } = openObjArray(cursor)
  const branches = new Map<string, number>()
  for (let k = 0; k < slots; k++) {
    if (cursor.u32() === 0) continue
    cursor.position -= 4
    const end = cursor.countedEnd()
    const tagAt = cursor.position
    const { className } = objects.objectHead(cursor)
    if (className !== 'TBranch') cursor.header() // of the derived class
    cursor.header() // TBranch
    cursor.header() // TNamed
    cursor.skipTObject()
    const name = cursor.string()
    // As in ROOT and uproot, the first of several branches of one name is the one that the name means.
    if (!branches.has(name)) branches.set(name, tagAt)
    cursor.position = end
  }
  return branches
}
