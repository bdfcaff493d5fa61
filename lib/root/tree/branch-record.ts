/** TBranch (versions 6 to 13) and TBranchElement out of a tree's record: sizes, leaves, the branches inside, and where each of its
 *  baskets is. */

import { DataError } from '../../core/errors.js'
import type { Cursor } from '../cursor.js'
import { readNamed } from '../named.js'
import { type ObjectBuffer, openObjArray } from '../object-buffer.js'
import { type BasketIndex, readIndex, readOldIndex } from './basket-index.js'
import { type ElementMembers, readElementMembers } from './branch-element.js'
import { type Leaf, readLeaf } from './leaf.js'

const OLDEST_VERSION = 6
/** Before it, ROOT stored branches otherwise: 32-bit basket indices, sizes as doubles. */
const PRESENT_FORM = 10
const NEWEST_VERSION = 13

export interface BranchRecord {
  readonly name: string
  readonly title: string
  readonly className: string
  readonly totalBytes: number
  readonly zipBytes: number
  readonly leaves: readonly Leaf[]
  /** Positions of the class tags of the branches inside. */
  readonly subBranches: readonly number[]
  readonly baskets: BasketIndex
  /** What a TBranchElement says besides; null: of another class. */
  readonly element: ElementMembers | null
}

/** Reads the branch whose class tag stands at `position`. */
export function readBranch(objects: ObjectBuffer, position: number, name: string): BranchRecord {
  const place = `${objects.place}: branch ${JSON.stringify(name)}`
  const cursor = objects.cursor(position, place)
  const { className } = objects.objectHead(cursor)
  const derived = className === 'TBranch' ? 0 : cursor.header().version // its own members follow TBranch's
  const { version, end } = openBranch(cursor)
  const { title } = readNamed(cursor)
  const record = version < PRESENT_FORM ? readOld(objects, cursor, version) : readPresent(objects, cursor, version)
  const element = className === 'TBranchElement' ? readElementMembers(objects, cursor.at(end), derived) : null
  return { name, title, className, element, ...record }
}

function openBranch(cursor: Cursor): { version: number; end: number } {
  const { version, end } = cursor.header()
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    throw new DataError('NotImplementedError', `${cursor.place}: TBranch version ${version} cannot be read (${known}).`)
  }
  return { version, end }
}

type Rest = Pick<BranchRecord, 'totalBytes' | 'zipBytes' | 'leaves' | 'subBranches' | 'baskets'>

/** From TAttFill on. */
function readPresent(objects: ObjectBuffer, cursor: Cursor, version: number): Rest {
  cursor.skipCounted() // TAttFill
  cursor.skip(12) // fCompress, fBasketSize, fEntryOffsetLen
  const written = cursor.i32()
  cursor.skip(8) // fEntryNumber
  if (version >= 13) cursor.skipCounted() // fIOFeatures
  cursor.skip(4) // fOffset
  const maxBaskets = cursor.i32()
  cursor.skip(4) // fSplitLevel
  const entries = cursor.i64()
  const firstEntry = version > 10 ? cursor.i64() : 0
  const totalBytes = cursor.i64()
  const zipBytes = cursor.i64()
  const { subBranches, leaves, embedded } = readParts(objects, cursor)
  const count = countBaskets(cursor, written, maxBaskets, embedded)
  const baskets = readIndex(cursor, count, maxBaskets, firstEntry + entries, embedded)
  return { totalBytes, zipBytes, leaves, subBranches, baskets }
}

/** The same of ROOT 3 and 4 (TBranch::Streamer). */
function readOld(objects: ObjectBuffer, cursor: Cursor, version: number): Rest {
  if (version > 7) cursor.skipCounted() // TAttFill
  cursor.skip(12) // fCompress, fBasketSize, fEntryOffsetLen
  const written = cursor.i32()
  cursor.skip(8) // fEntryNumber, fOffset
  const maxBaskets = cursor.i32()
  if (version > 6) cursor.skip(4) // fSplitLevel
  const entries = cursor.wholeF64()
  const totalBytes = cursor.wholeF64()
  const zipBytes = cursor.wholeF64()
  const { subBranches, leaves, embedded } = readParts(objects, cursor)
  const count = countBaskets(cursor, written, maxBaskets, embedded)
  const baskets = readOldIndex(cursor, count, maxBaskets, entries, embedded)
  return { totalBytes, zipBytes, leaves, subBranches, baskets }
}

/** fBranches, fLeaves, fBaskets. Most branches have nothing in the first and the last: loops, since a file has thousands. */
function readParts(
  objects: ObjectBuffer,
  cursor: Cursor,
): { subBranches: readonly number[]; leaves: Leaf[]; embedded: ReadonlyMap<number, number> } {
  const subBranches = readPointers(objects, cursor)
  const leaves: Leaf[] = []
  for (const at of readPointers(objects, cursor)) if (at >= 0) leaves.push(readLeaf(objects, at, cursor.place))
  const baskets = readPointers(objects, cursor)
  const embedded = new Map<number, number>()
  for (let k = 0; k < baskets.length; k++) {
    if (baskets[k]! < 0) continue
    const { className, data } = objects.objectHead(cursor.at(baskets[k]!))
    if (className === 'TBasket') embedded.set(k, data)
  }
  return { subBranches: subBranches.length === 0 ? NOTHING : subBranches.filter(at => at >= 0), leaves, embedded }
}

const NOTHING: readonly number[] = []

/** The slots of a TObjArray; -1: an empty one. */
function readPointers(objects: ObjectBuffer, cursor: Cursor): readonly number[] {
  const { slots, end } = openObjArray(cursor)
  if (slots === 0) {
    cursor.position = end
    return NOTHING
  }
  const found: number[] = []
  for (let k = 0; k < slots; k++) found.push(objects.pointer(cursor) ?? -1)
  cursor.position = end
  return found
}

function countBaskets(
  cursor: Cursor,
  written: number,
  maxBaskets: number,
  embedded: ReadonlyMap<number, number>,
): number {
  // Of those that are embedded, the one that was being filled counts: ROOT looks for entries up to there, and may leave an empty one behind.
  const count = embedded.has(written) ? written + 1 : written
  if (count < 0 || count > maxBaskets) cursor.fail(`${count} baskets in an index of ${maxBaskets}`)
  return count
}
