/** Reads entry ranges of an RNTuple's members: ends of lists first, which say which elements the lists of the range have, then values.
 *
 *      members -> Lists -> pieces (pages) -> batches: readv, decode, place -> Column
 */
import type { Range } from '../../bytes/source.js'
import { newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import { newReadCost } from '../../core/read-cost.js'
import type { Column, Values } from '../../core/types.js'
import { Entries, firstAbove } from '../entries.js'
import { SharedOffsets } from '../offsets.js'
import { MAX_EXPANSION } from '../record.js'
import type { ReadOptions } from '../tree-interface.js'
import { type Cluster, columnIn } from './clusters.js'
import type { EarlyBytes } from './early-bytes.js'
import { frontOf, Lists } from './lists.js'
import type { Member } from './member.js'
import type { ColumnPages } from './page-list.js'
import { damaged, type Piece, piecesOf } from './pieces.js'
import { type PageAccess, readPieces } from './read-pieces.js'

/** Of a cluster of which part is wanted: by so much the elements of that part may be elsewhere than their share says. */
const SHARE_MARGIN = 0.02

/** Columns of entries [start, stop), by name. clusters: those of the range. early: bytes that have been asked for. Throws DataError. */
export async function readMembers(
  access: PageAccess,
  members: ReadonlyMap<string, Member>,
  clusters: readonly Cluster[],
  start: number,
  stop: number,
  { signal, cost = newReadCost(), events, beside }: ReadOptions,
  early: EarlyBytes | null,
  place: string,
): Promise<Map<string, Column>> {
  const bytes = (await early?.take(cost)) ?? new Map<number, Uint8Array>()
  const lists = listsOf(members, start, stop, place)
  const endPieces = [...lists.values()].flatMap(list => list.pieces(clusters))
  await readPieces(access, endPieces, bytes, cost, signal)
  const shared = new SharedOffsets(beside)
  const offsets = new Map([...lists].map(([id, list]) => [id, shared.share(list.offsets)]))
  const wanted = events === undefined ? null : new Entries(events, start)
  const columns = new Map<string, Column>()
  const pieces: Piece[] = []
  for (const [name, member] of members) {
    const list = member.ends.length === 0 ? null : lists.get(member.ends[0]!.record.id)!
    const ownOffsets = list === null ? null : offsets.get(member.ends[0]!.record.id)!
    if (member.values.length === 0) {
      columns.set(name, lengths(member, ownOffsets!))
      continue
    }
    const plan = planMember(member, list, clusters, start, stop, `${place} > ${name}`)
    for (const piece of plan.pieces) {
      if (wanted === null || !isUnwanted(piece, member, ownOffsets, wanted, start)) pieces.push(piece)
    }
    columns.set(name, columnOf(member, plan.values, ownOffsets))
    cost.columnBytes += plan.values.byteLength
  }
  await readPieces(access, pieces, bytes, cost, signal)
  early?.release()
  return columns
}

function listsOf(members: ReadonlyMap<string, Member>, start: number, stop: number, place: string): Map<number, Lists> {
  const lists = new Map<number, Lists>()
  for (const [name, { ends }] of members) {
    const id = ends[0]?.record.id
    if (id !== undefined && !lists.has(id)) lists.set(id, new Lists(ends, start, stop, `${place} > ${name}`))
  }
  return lists
}

function columnOf({ dtype, width, isText }: Member, values: Values, offsets: Int32Array | null): Column {
  if (isText) return { dtype, values, offsets: offsets!, text: true }
  return { dtype, values, ...(offsets === null ? {} : { offsets }), ...(width === 1 ? {} : { width }) }
}

function lengths({ dtype }: Member, offsets: Int32Array): Column {
  const values = newValues(dtype, offsets.length - 1)
  if (values instanceof BigUint64Array) {
    for (let i = 0; i < values.length; i++) values[i] = BigInt(offsets[i + 1]! - offsets[i]!)
  } else {
    for (let i = 0; i < values.length; i++) values[i] = offsets[i + 1]! - offsets[i]!
  }
  return { dtype, values }
}

interface MemberPlan {
  readonly values: Values
  readonly pieces: readonly Piece[]
}

function planMember(
  member: Member,
  list: Lists | null,
  clusters: readonly Cluster[],
  start: number,
  stop: number,
  place: string,
): MemberPlan {
  const { dtype, width } = member
  const length = width * (list === null ? stop - start : list.offsets[stop - start]!)
  const stored = clusters.map(cluster => columnIn(cluster, member.values))
  checkLength(length, stored, place)
  const values = allocate(member, length, start, stop, place)
  const pieces: Piece[] = []
  let at = 0
  for (const [k, cluster] of clusters.entries()) {
    const { column, pages } = stored[k]!
    const first = Math.max(start, cluster.start) - cluster.start
    const last = Math.min(stop, cluster.stop) - cluster.start
    const { from, to, total } = list?.elements(cluster) ?? { from: first, to: last, total: null }
    const count = pages?.starts[pages.count]
    const front =
      list === null ? frontOf(column, count, cluster, width, place) : listFront(column.record.firstElement, pages)
    if (total !== null && count !== undefined && front + count !== total * width) {
      throw damaged(place, `${count} elements in place of ${total * width} in the cluster at entry ${cluster.start}`)
    }
    const elements = { from: from * width, to: to * width }
    pieces.push(...piecesOf({ cluster, stored: stored[k]!, ...elements, front, values, dtype, at, place }))
    at += (to - from) * width
  }
  return { values, pieces }
}

/** Of elements of lists, which are counted through all clusters. */
function listFront(firstElement: number, pages: ColumnPages | null): number {
  return pages === null ? Number.POSITIVE_INFINITY : Math.max(firstElement - pages.firstElement, 0)
}

function checkLength(length: number, stored: readonly { readonly pages: ColumnPages | null }[], place: string): void {
  let bytes = 0
  for (const { pages } of stored) {
    // What is not stored is zero, whatever there is of it.
    if (pages === null) return
    for (const pageBytes of pages.lengths) bytes += pageBytes
  }
  if (length > bytes * 8 * MAX_EXPANSION) throw damaged(place, `${length} elements are made of ${bytes} bytes`)
}

function allocate({ dtype }: Member, length: number, start: number, stop: number, place: string): Values {
  try {
    return newValues(dtype, length)
  } catch (cause) {
    const problem = `entries [${start}, ${stop}) have ${length} values, which is too much`
    throw new DataError('ValueError', `${place}: ${problem}. Read fewer entries at a time.`, { cause })
  }
}

/** None of the entries whose elements the piece holds matters. */
function isUnwanted(
  { at, from, to }: Piece,
  { width }: Member,
  offsets: Int32Array | null,
  wanted: Entries,
  start: number,
): boolean {
  const end = at + to - from
  const [first, last] = [Math.floor(at / width), Math.ceil(end / width)]
  if (offsets === null) return wanted.hasNone(start + first, start + last)
  return wanted.hasNone(start + firstAbove(offsets, first) - 1, start + firstAbove(offsets, last - 1))
}

/** The bytes that reading the range will need, and perhaps some more: where only part of a cluster is wanted, it is not known which
 *  elements lists have before their ends are read. Those that other columns need come first. */
export function likelyRanges(
  members: ReadonlyMap<string, Member>,
  clusters: readonly Cluster[],
  start: number,
  stop: number,
): Range[] {
  const ends = new Map<number, Range>()
  const values = new Map<number, Range>()
  for (const cluster of clusters) {
    const size = cluster.stop - cluster.start
    const first = (Math.max(start, cluster.start) - cluster.start) / size
    const last = (Math.min(stop, cluster.stop) - cluster.start) / size
    const one = 1 / size
    for (const member of members.values()) {
      if (member.ends.length > 0) addRanges(columnIn(cluster, member.ends).pages, first - one, last, ends)
      if (member.values.length === 0) continue
      const margin = member.ends.length === 0 || last - first === 1 ? 0 : SHARE_MARGIN
      addRanges(columnIn(cluster, member.values).pages, first - margin, last + margin, values)
    }
  }
  return [...ends.values(), ...[...values.values()].sort((a, b) => a.position - b.position)]
}

/** Pages with elements between two shares of all. */
function addRanges(pages: ColumnPages | null, first: number, last: number, into: Map<number, Range>): void {
  if (pages === null) return
  const total = pages.starts[pages.count]!
  for (let page = 0; page < pages.count; page++) {
    if (pages.starts[page + 1]! < first * total || pages.starts[page]! > last * total) continue
    const position = pages.positions[page]!
    into.set(position, { position, length: pages.lengths[page]! + pages.checksumBytes[page]! })
  }
}
