/** Where the baskets of a branch are: three arrays at the end of a TBranch. */
import type { Cursor } from '../cursor.js'

/** Basket i holds entries [firstEntry[i], firstEntry[i + 1]). */
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

/** Three arrays of `maxBaskets` slots, each behind one byte that says whether it is there. */
export function readIndex(
  cursor: Cursor,
  count: number,
  maxBaskets: number,
  lastEntry: number,
  embedded: ReadonlyMap<number, number>,
): BasketIndex {
  const bytesAt = cursor.skip(1 + 4 * maxBaskets) + 1
  const entryAt = cursor.skip(1 + 8 * maxBaskets) + 1
  const seekAt = cursor.skip(1 + 8 * maxBaskets) + 1
  return fillIndex(cursor, { count, bytesAt, entryAt, seekAt, wideEntries: true, wideSeeks: true }, lastEntry, embedded)
}

/** In place of the byte before old positions: they have 8 bytes. */
const BIG_FILE = 2

/** The same of ROOT 3 and 4: entries of 4 bytes, positions of 4 or 8. */
export function readOldIndex(
  cursor: Cursor,
  count: number,
  maxBaskets: number,
  lastEntry: number,
  embedded: ReadonlyMap<number, number>,
): BasketIndex {
  const bytesAt = cursor.skip(1 + 4 * maxBaskets) + 1
  const entryAt = cursor.skip(1 + 4 * maxBaskets) + 1
  const wideSeeks = cursor.u8() === BIG_FILE
  const seekAt = cursor.skip((wideSeeks ? 8 : 4) * maxBaskets)
  return fillIndex(cursor, { count, bytesAt, entryAt, seekAt, wideEntries: false, wideSeeks }, lastEntry, embedded)
}

interface Places {
  readonly count: number
  readonly bytesAt: number
  readonly entryAt: number
  readonly seekAt: number
  /** 8 bytes each, else 4. */
  readonly wideEntries: boolean
  readonly wideSeeks: boolean
}

function fillIndex(
  cursor: Cursor,
  { count, bytesAt, entryAt, seekAt, wideEntries, wideSeeks }: Places,
  lastEntry: number,
  embedded: ReadonlyMap<number, number>,
): BasketIndex {
  const source = cursor.bytes
  const bytes = new Int32Array(count)
  const firstEntry = new Float64Array(count + 1)
  const seek = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    bytes[i] = source.readInt32BE(bytesAt + 4 * i)
    firstEntry[i] = wideEntries ? readWord(source, entryAt + 8 * i) : source.readInt32BE(entryAt + 4 * i)
    seek[i] = wideSeeks ? readWord(source, seekAt + 8 * i) : source.readUInt32BE(seekAt + 4 * i)
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
