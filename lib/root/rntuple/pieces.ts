/** Which pages a range of elements needs, and what is done with one of them once its bytes are there. */
import { matchesXxh3 } from '../../codecs/index.js'
import { newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { DType, ReadCost, Values } from '../../core/types.js'
import { expandRecord } from '../record.js'
import { type Cluster, type ColumnInCluster, firstAbove } from './clusters.js'
import { pageBytes } from './column-types.js'
import { decodePage } from './decode-page.js'
import type { StoredColumn } from './member.js'
import type { PageCache } from './page-cache.js'
import type { ColumnPages } from './page-list.js'

/** No codec makes more of its input than this. */
const MAX_EXPANSION = 2 ** 16

/** A page of which elements are wanted. */
export interface Piece {
  readonly cluster: Cluster
  readonly column: StoredColumn
  readonly pages: ColumnPages
  readonly page: number
  /** Wanted elements of the page, counted in it: [from, to). */
  readonly from: number
  readonly to: number
  /** Where they go: place `at` of `values`, which are of type `dtype`. */
  readonly values: Values
  readonly dtype: DType
  readonly at: number
  /** Begins error messages. */
  readonly place: string
}

/** Elements [from, to) of a column in a cluster, put into `values` from place `at` on. front: elements at the cluster's beginning
 *  that are not stored, since the column began later: they stay zero. */
export interface Wanted {
  readonly cluster: Cluster
  readonly stored: ColumnInCluster
  readonly from: number
  readonly to: number
  readonly front: number
  readonly values: Values
  readonly dtype: DType
  readonly at: number
  readonly place: string
}

/** The pages that hold wanted elements. Throws DataError where there are too few of them. */
export function piecesOf({ cluster, stored, from, to, front, values, dtype, at, place }: Wanted): Piece[] {
  const { column, pages } = stored
  const first = Math.max(from - front, 0)
  const last = to - front
  if (pages === null || last <= first) return []
  const { starts, count } = pages
  if (last > starts[count]!) {
    throw damaged(
      place,
      `elements up to ${to} are wanted, the pages of the cluster at entry ${cluster.start} have ${starts[count]}`,
    )
  }
  const pieces: Piece[] = []
  for (let page = firstAbove(starts, first) - 1; page < count && starts[page]! < last; page++) {
    const start = starts[page]!
    const begin = Math.max(first, start)
    const end = Math.min(last, starts[page + 1]!)
    if (end === begin) continue
    const piece = { cluster, column, pages, page, from: begin - start, to: end - start, values, dtype, place }
    pieces.push({ ...piece, at: at + begin + front - from })
  }
  return pieces
}

export function position({ pages, page }: Piece): number {
  return pages.positions[page]!
}

/** Bytes in the file, with the checksum. */
export function storedBytes({ pages, page }: Piece): number {
  return pages.lengths[page]! + pages.checksumBytes[page]!
}

/** Elements of the page. */
function elements({ pages, page }: Piece): number {
  return pages.starts[page + 1]! - pages.starts[page]!
}

/** Throws where a page cannot expand to what it is said to hold, before its bytes are read. */
export function checkPiece(piece: Piece): void {
  const { column, pages, page, place } = piece
  const length = pages.lengths[page]!
  const expanded = pageBytes(elements(piece), column.bits)
  if (length <= expanded && expanded <= length * MAX_EXPANSION) return
  throw damaged(
    place,
    `page ${page} of the cluster at entry ${piece.cluster.start} has ${length} bytes for ${expanded}`,
  )
}

/** Decodes the page and puts its wanted elements in place. bytes: as they are in the file; null: its values are in the cache, to
 *  which those are added that the next range may want. */
export function placePiece(piece: Piece, bytes: Uint8Array | null, cache: PageCache, cost: ReadCost): void {
  const { cluster, column, page, from, to, values, dtype, at } = piece
  const count = elements(piece)
  const { id } = column.record
  const whole = from === 0 && to === count
  const isSameType = dtype === column.type.dtype
  const known = bytes === null ? cache.get(id, cluster.start, page) : undefined
  if (known === undefined && whole && isSameType) {
    decodePage(expandPage(piece, bytes!, cost), column, values.subarray(at, at + count))
    return
  }
  let decoded = known
  if (decoded === undefined) {
    decoded = newValues(column.type.dtype!, count)
    decodePage(expandPage(piece, bytes!, cost), column, decoded)
  }
  put(from === 0 && to === count ? decoded : decoded.subarray(from, to), values, at)
  if (to === count) cache.delete(id)
  else if (known === undefined) cache.set(id, { cluster: cluster.start, page, values: decoded })
}

/** Numbers of one type into an array of another. */
function put(from: Values, to: Values, at: number): void {
  const is64 = (values: Values) => values instanceof BigInt64Array || values instanceof BigUint64Array
  if (is64(from) === is64(to)) (to as Float64Array).set(from as Float64Array, at)
  else if (is64(to)) for (let i = 0; i < from.length; i++) to[at + i] = BigInt(from[i]!)
  else for (let i = 0; i < from.length; i++) to[at + i] = Number(from[i])
}

/** The expanded page; a view that the next one may overwrite. */
export function expandPage(piece: Piece, bytes: Uint8Array, cost: ReadCost): Uint8Array {
  const { column, pages, page, place, cluster } = piece
  const began = performance.now()
  const length = pages.lengths[page]!
  if (pages.checksumBytes[page] !== 0 && !matchesXxh3(bytes.subarray(0, length), bytes, length)) {
    throw damaged(place, `the checksum of page ${page} of the cluster at entry ${cluster.start} differs`)
  }
  const expanded = expandRecord(bytes, 0, length, pageBytes(elements(piece), column.bits), place)
  cost.decompressing += (performance.now() - began) / 1000
  cost.unpackedBytes += expanded.length
  return expanded
}

export function damaged(place: string, problem: string): DataError {
  return new DataError('DeserializationError', `${place}: ${problem}. The file is damaged.`)
}
