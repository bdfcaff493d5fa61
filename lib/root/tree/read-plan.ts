/** Which baskets an entry range needs of each branch and in which order they are fetched. */
import type { Range } from '../../bytes/source.js'
import { DataError } from '../../core/errors.js'
import { type Entries, firstAbove } from '../entries.js'
import type { Rest, RestCache } from '../rest-cache.js'
import type { ColumnReader } from './column-reader.js'
import type { ListReader } from './list-reader.js'

export type AnyReader = ColumnReader | ListReader

/** One basket to be read, or its rest that is still there from the range before. */
export interface Piece {
  readonly column: AnyReader
  readonly basket: number
  /** Entry that the piece's values begin with. */
  readonly first: number
  readonly rest: Rest | null
}

/** The pieces of all readers: those of counters first, which the others need, and each group by position in the file.
 *  `recordBytes`: length of the tree's record, in which embedded baskets lie. `wanted`: ascending entries; baskets of branches
 *  that are no counters are left out where they hold none of them. */
export function planPieces(
  readers: Iterable<AnyReader>,
  counters: ReadonlySet<AnyReader>,
  rests: RestCache,
  recordBytes: number,
  wanted: Entries | null,
): Piece[] {
  const pieces: Piece[] = []
  for (const reader of readers) if (!counters.has(reader)) addPieces(reader, rests, recordBytes, pieces, wanted)
  pieces.sort(byPosition)
  // Only now is it known from where on counts are needed.
  const counterPieces: Piece[] = []
  for (const counter of counters) addPieces(counter, rests, recordBytes, counterPieces, null)
  counterPieces.sort(byPosition)
  return [...counterPieces, ...pieces]
}

/** The baskets that overlap the reader's range. A counted branch that begins within a basket needs its counts from there on. */
function addPieces(
  column: AnyReader,
  rests: RestCache,
  recordBytes: number,
  pieces: Piece[],
  wanted: Entries | null,
): void {
  const { start, stop, branch } = column
  const { firstEntry, count, bytes } = branch.baskets
  if (start === stop) return
  if (firstEntry[0]! > start || firstEntry[count]! < stop) {
    const has = `its baskets hold entries [${firstEntry[0]}, ${firstEntry[count]})`
    throw new DataError('ValueError', `${branch.place}: entries [${start}, ${stop}) wanted, ${has}.`)
  }
  for (let basket = firstAbove(firstEntry, start) - 1; basket < count && firstEntry[basket]! < stop; basket++) {
    const first = firstEntry[basket]!
    const end = firstEntry[basket + 1]!
    if (first === end) continue
    const rest = first < start ? rests.find(branch.info.name, basket, start) : undefined
    column.storedBytes += rest?.values.length ?? (branch.baskets.seek[basket] === 0 ? recordBytes : bytes[basket]!)
    if (!branch.countsItself && wanted?.hasNone(Math.max(first, start), Math.min(end, stop))) {
      column.isPartial = true
      continue
    }
    pieces.push({ column, basket, first: rest?.first ?? first, rest: rest ?? null })
    column.counter?.startFrom(rest?.first ?? first)
  }
}

export function position(piece: Piece): number {
  return piece.column.branch.baskets.seek[piece.basket]!
}

function byPosition(a: Piece, b: Piece): number {
  return position(a) - position(b)
}

/** Bytes to fetch for a piece; 0 where its values are at hand. */
export function fetchedBytes(piece: Piece): number {
  const { seek, bytes } = piece.column.branch.baskets
  return piece.rest !== null || seek[piece.basket] === 0 ? 0 : bytes[piece.basket]!
}

export function rangeOf(piece: Piece): Range {
  return { position: position(piece), length: fetchedBytes(piece) }
}
