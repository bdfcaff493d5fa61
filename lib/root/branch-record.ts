/** TBranch (versions 10 to 13) out of a tree's record: sizes, its leaf, and where each of its baskets is. */

import { DataError } from '../core/errors.js'
import type { Cursor } from './cursor.js'
import { type Leaf, readLeaf } from './leaf.js'
import { readNamed } from './named.js'
import { type ObjectBuffer, openObjArray } from './object-buffer.js'

const OLDEST_VERSION = 10
const NEWEST_VERSION = 13

/** Where the baskets of a branch are. Basket i holds entries [firstEntry[i], firstEntry[i + 1]). */
export interface BasketIndex {
  readonly count: number
  /** Length of the record in the file, in bytes. */
  readonly bytes: Int32Array
  /** count + 1 elements. Not an integer array: entry numbers may pass 2^31. */
  readonly firstEntry: Float64Array
  /** Position in the file; 0: the basket is embedded in the tree's record. */
  readonly seek: Float64Array
  /** Basket number to the position of its data in the tree's record, for baskets that were never flushed to the file. */
  readonly embedded: ReadonlyMap<number, number>
}

export interface BranchRecord {
  readonly name: string
  readonly title: string
  readonly className: string
  readonly totalBytes: number
  readonly zipBytes: number
  readonly leaves: readonly Leaf[]
  readonly subBranches: number
  readonly baskets: BasketIndex
}

/** Reads the branch whose class tag stands at `position`. */
export function readBranch(objects: ObjectBuffer, position: number, name: string): BranchRecord {
  const place = `${objects.place}: branch ${JSON.stringify(name)}`
  const cursor = objects.cursor(position, place)
  const { className } = objects.objectHead(cursor)
  if (className !== 'TBranch') cursor.header() // a derived class; its own members follow TBranch's
  const { version, title } = openBranch(cursor)
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
  const branches = openObjArray(cursor)
  cursor.position = branches.end
  const leaves = readLeaves(objects, cursor)
  const embedded = readEmbedded(objects, cursor)
  const count = Math.max(written, ...[...embedded.keys()].map(k => k + 1))
  if (count < 0 || count > maxBaskets) cursor.fail(`${count} baskets in an index of ${maxBaskets}`)
  const baskets = readIndex(cursor, count, maxBaskets, firstEntry + entries, embedded)
  return { name, title, className, totalBytes, zipBytes, leaves, subBranches: branches.slots, baskets }
}

function openBranch(cursor: Cursor): { version: number; title: string } {
  const { version } = cursor.header()
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    throw new DataError('NotImplementedError', `${cursor.place}: TBranch version ${version} cannot be read (${known}).`)
  }
  const { title } = readNamed(cursor)
  cursor.skipCounted() // TAttFill
  return { version, title }
}

function readLeaves(objects: ObjectBuffer, cursor: Cursor): Leaf[] {
  const { slots, end } = openObjArray(cursor)
  const leaves: Leaf[] = []
  for (let k = 0; k < slots; k++) {
    const at = objects.pointer(cursor)
    if (at !== null) leaves.push(readLeaf(objects, at, cursor.place))
  }
  cursor.position = end
  return leaves
}

function readEmbedded(objects: ObjectBuffer, cursor: Cursor): Map<number, number> {
  const { slots, end } = openObjArray(cursor)
  const embedded = new Map<number, number>()
  for (let k = 0; k < slots; k++) {
    const at = objects.pointer(cursor)
    if (at === null) continue
    const { className, data } = objects.objectHead(cursor.at(at))
    if (className === 'TBasket') embedded.set(k, data)
  }
  cursor.position = end
  return embedded
}

/** Three arrays of `maxBaskets` slots, each behind one byte that says whether it is there. */
function readIndex(
  cursor: Cursor,
  count: number,
  maxBaskets: number,
  lastEntry: number,
  embedded: ReadonlyMap<number, number>,
): BasketIndex {
  const bytesAt = cursor.skip(1 + 4 * maxBaskets) + 1
  const entryAt = cursor.skip(1 + 8 * maxBaskets) + 1
  const seekAt = cursor.skip(1 + 8 * maxBaskets) + 1
  const bytes = new Int32Array(count)
  const firstEntry = new Float64Array(count + 1)
  const seek = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    bytes[i] = cursor.bytes.readInt32BE(bytesAt + 4 * i)
    firstEntry[i] = readWord(cursor.bytes, entryAt + 8 * i)
    seek[i] = readWord(cursor.bytes, seekAt + 8 * i)
  }
  firstEntry[count] = lastEntry
  for (let i = 0; i < count; i++) {
    const inOrder = firstEntry[i]! >= 0 && firstEntry[i]! <= firstEntry[i + 1]!
    const somewhere = seek[i]! > 0 ? bytes[i]! > 0 : seek[i] === 0 && embedded.has(i)
    if (!inOrder) cursor.fail(`basket ${i} begins at entry ${firstEntry[i]}, the next one at ${firstEntry[i + 1]}`)
    if (!somewhere && firstEntry[i] !== firstEntry[i + 1])
      cursor.fail(`basket ${i} is neither in the file nor embedded`)
  }
  return { count, bytes, firstEntry, seek, embedded }
}

function readWord(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
}
