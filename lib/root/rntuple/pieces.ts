/** Which pages a range of elements needs, and what is done with one of them once its bytes are there. */
import { matchesXxh3 } from '../../codecs/index.js'
import { newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { DType, ReadCost, Values } from '../../core/types.js'
import { firstAbove } from '../entries.js'
import { expandRecord, MAX_EXPANSION } from '../record.js'
import type { Cluster, ColumnInCluster } from './clusters.js'
import { pageBytes } from './column-types.js'
import { decodePage } from './decode-page.js'
import type { PageCache } from './page-cache.js'

/** A page of which elements are wanted. */
export interface Piece {
  readonly wanted: Wanted
  readonly page: number
  /** Elements of the page. */
  readonly count: number
  /** Wanted elements of the page, counted in it: [from, to). */
  readonly from: number
  readonly to: number
  /** Place of the first of them in the wanted values. */
  readonly at: number
  /** In the file. */
  readonly position: number
  /** Bytes of the page, and of the checksum behind it. */
  readonly length: number
  readonly checksumBytes: number
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
export function piecesOf(wanted: Wanted): Piece[] {
  const { cluster, stored, from, to, front, at, place } = wanted
  const { pages } = stored
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
    pieces.push({
      wanted,
      page,
      count: starts[page + 1]! - start,
      from: begin - start,
      to: end - start,
      at: at + begin + front - from,
      position: pages.positions[page]!,
      length: pages.lengths[page]!,
      checksumBytes: pages.checksumBytes[page]!,
    })
  }
  return pieces
}

/** Throws where a page cannot expand to what it is said to hold, before its bytes are read. */
export function checkPiece({ wanted, page, count, length }: Piece): void {
  const { stored, cluster, place } = wanted
  const expanded = pageBytes(count, stored.column.bits)
  if (length <= expanded && expanded <= length * MAX_EXPANSION) return
  throw damaged(place, `page ${page} of the cluster at entry ${cluster.start} has ${length} bytes for ${expanded}`)
}

/** Decodes the page and puts its wanted elements in place. bytes: as they are in the file. What the next range may want goes into the
 *  cache. */
export function placePiece(piece: Piece, bytes: Uint8Array, cache: PageCache, cost: ReadCost): void {
  const { wanted, page, count, from, to, at } = piece
  const { cluster, stored, values, dtype } = wanted
  const { column } = stored
  if (from === 0 && to === count && dtype === column.type.dtype) {
    decodePage(expandPage(piece, bytes, cost), column, values.subarray(at, at + count))
    return
  }
  const decoded = newValues(column.type.dtype!, count)
  decodePage(expandPage(piece, bytes, cost), column, decoded)
  put(decoded.subarray(from, to), values, at)
  if (to < count) cache.set(column.record.id, { cluster: cluster.start, page, values: decoded })
}

/** The same for a page that is in the cache. */
export function placeKnown({ wanted, count, from, to, at }: Piece, page: Values, cache: PageCache): void {
  put(page.subarray(from, to), wanted.values, at)
  if (to === count) cache.delete(wanted.stored.column.record.id)
}

/** Numbers of one type into an array of another. */
function put(from: Values, to: Values, at: number): void {
  const is64 = (values: Values) => values instanceof BigInt64Array || values instanceof BigUint64Array
  if (is64(from) === is64(to)) (to as Float64Array).set(from as Float64Array, at)
  else if (is64(to)) for (let i = 0; i < from.length; i++) to[at + i] = BigInt(from[i]!)
  else for (let i = 0; i < from.length; i++) to[at + i] = Number(from[i])
}

/** The expanded page; a view that the next one may overwrite. */
function expandPage(piece: Piece, bytes: Uint8Array, cost: ReadCost): Uint8Array {
  const { wanted, page, count, length, checksumBytes } = piece
  const { stored, place, cluster } = wanted
  const began = performance.now()
  if (checksumBytes !== 0 && !matchesXxh3(bytes.subarray(0, length), bytes, length)) {
    throw damaged(place, `the checksum of page ${page} of the cluster at entry ${cluster.start} differs`)
  }
  const expanded = expandRecord(bytes, 0, length, pageBytes(count, stored.column.bits), place)
  cost.decompressing += (performance.now() - began) / 1000
  cost.unpackedBytes += expanded.length
  return expanded
}

export function damaged(place: string, problem: string): DataError {
  return new DataError('DeserializationError', `${place}: ${problem}. The file is damaged.`)
}
