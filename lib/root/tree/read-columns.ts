/** Reads entry ranges of branches: one read plan over all baskets of all branches, counters first, in batches of which the
 *  next is fetched while one is decoded. Baskets need not be aligned between branches.
 *
 *      names -> ColumnReader (and their counters') -> pieces (baskets) -> batches: readv, decode, place -> Column
 */
import type { ByteSource } from '../../bytes/source.js'
import { isFloat } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import { newReadCost } from '../../core/read-cost.js'
import type { Column, ReadCost } from '../../core/types.js'
import { type BatchReading, type Fetched, readBatches } from '../batches.js'
import { Entries } from '../entries.js'
import { offsetsFrom, SharedOffsets } from '../offsets.js'
import { countedRead, ReadAhead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'
import type { RestCache } from '../rest-cache.js'
import type { ReadOptions } from '../tree-interface.js'
import { readBasket, readEmbeddedBasket } from './basket.js'
import type { ReadableBranch } from './branch.js'
import { ColumnReader } from './column-reader.js'
import { ListReader } from './list-reader.js'
import { type AnyReader, fetchedBytes, type Piece, planPieces, position, rangeOf } from './read-plan.js'
import { TextReader } from './text-reader.js'

const NOTHING = new Uint8Array(0)

/** What reading needs of a tree. */
export interface TreeAccess {
  readonly source: ByteSource
  /** The tree's own record: holds the embedded baskets. */
  readonly record: Buffer
  has(name: string): boolean
  /** Throws DataError where there is no such branch or it cannot be read. */
  readable(name: string): ReadableBranch
  readonly rests: RestCache
  readonly buffers: ReadBuffers
}

/** Columns of entries [start, stop), by branch name. ahead: bytes that have been asked for already. */
export async function readColumns(
  tree: TreeAccess,
  names: readonly string[],
  start: number,
  stop: number,
  { signal, cost = newReadCost(), events, beside }: ReadOptions,
  ahead: ReadAhead | null,
): Promise<Map<string, Column>> {
  const { readers, counters } = createReaders(tree, names, start, stop)
  const wanted = events === undefined ? null : new Entries(events, start)
  const pieces = planPieces(readers.values(), counters, tree.rests, tree.record.length, wanted)
  const reading: BatchReading<Piece, readonly Uint8Array[]> = {
    bytesOf: fetchedBytes,
    fetch: batch => fetchBatch(tree, batch, cost, ahead),
    place: (batch, records) => {
      batch.forEach((piece, k) => {
        placePiece(tree, piece, records[k]!, cost)
      })
    },
  }
  await readBatches(pieces, reading, tree.buffers, cost, signal)
  ahead?.release()
  const placed = performance.now()
  const shared = new SharedOffsets(beside)
  const offsets = new Map<ColumnReader, Int32Array>()
  for (const counter of counters) offsets.set(counter, shared.share(offsetsFrom(counter.sums(), start - counter.start)))
  const columns = new Map<string, Column>()
  for (const name of names) {
    const reader = readers.get(name)!
    if (reader instanceof ListReader)
      columns.set(
        name,
        reader.listColumn(own => shared.share(own)),
      )
    else columns.set(name, reader.column(start, reader.counter === null ? undefined : offsets.get(reader.counter)))
  }
  for (const reader of readers.values()) cost.columnBytes += reader.placedBytes
  cost.placing += (performance.now() - placed) / 1000
  return columns
}

/** Asks for the bytes that entries [start, stop) begin with; null: enough is under way. */
export function readAhead(tree: TreeAccess, names: readonly string[], start: number, stop: number): ReadAhead | null {
  if (!ReadAhead.hasRoom()) return null
  const { readers, counters } = createReaders(tree, names, start, stop)
  const pieces = planPieces(readers.values(), counters, tree.rests, tree.record.length, null)
  // Of a basket that the range begins in the middle of, the range before leaves the rest.
  const fetched = pieces.filter(piece => piece.first >= start && fetchedBytes(piece) > 0)
  return new ReadAhead(tree.source, tree.buffers, fetched.map(rangeOf))
}

/** Readers for the named branches and for the counters that they need. */
function createReaders(
  tree: TreeAccess,
  names: readonly string[],
  start: number,
  stop: number,
): { readonly readers: ReadonlyMap<string, AnyReader>; readonly counters: ReadonlySet<ColumnReader> } {
  const readers = new Map<string, AnyReader>()
  const counters = new Set<ColumnReader>()
  const reader = (branch: ReadableBranch, counter: ColumnReader | null): ColumnReader => {
    const known = readers.get(branch.info.name)
    if (known instanceof ColumnReader) return known
    const created = new ColumnReader(branch, start, stop, counter)
    readers.set(branch.info.name, created)
    return created
  }
  for (const name of names) {
    const branch = tree.readable(name)
    if (branch.countsItself) {
      const Reader = branch.textHeader === null ? ListReader : TextReader
      if (!readers.has(name)) readers.set(name, new Reader(branch, start, stop))
      continue
    }
    const counterName = branch.info.counter
    const counter = counterName === null ? null : reader(counterBranch(tree, counterName, branch), null)
    if (counter !== null) counters.add(counter)
    reader(branch, counter)
  }
  return { readers, counters }
}

function counterBranch(tree: TreeAccess, name: string, counted: ReadableBranch): ReadableBranch {
  const problem = (what: string) =>
    new DataError('DeserializationError', `${counted.place}: its counter ${JSON.stringify(name)} ${what}.`)
  if (!tree.has(name)) throw problem('is not a branch of the tree')
  const branch = tree.readable(name)
  const { dtype, counter, width } = branch.info
  if (counter !== null || width !== 1 || isFloat(dtype)) throw problem('does not hold one whole number an entry')
  return branch
}

/** Records: one a piece, empty where its values are at hand. */
async function fetchBatch(
  tree: TreeAccess,
  pieces: readonly Piece[],
  cost: ReadCost,
  ahead: ReadAhead | null,
): Promise<Fetched<readonly Uint8Array[]>> {
  const { source, buffers } = tree
  const wanted = pieces.filter(piece => fetchedBytes(piece) > 0 && !ahead?.has(position(piece)))
  let buffer: Buffer | null = null
  const fetched = await countedRead(source, wanted.map(rangeOf), length => (buffer = buffers.take(length)), cost)
  const early = (await ahead?.take(cost)) ?? null
  let next = 0
  const records = pieces.map(piece => {
    if (fetchedBytes(piece) === 0) return NOTHING
    return early?.get(position(piece)) ?? fetched[next++]!
  })
  return { records, buffer }
}

/** Decodes a piece, puts its values into its column, and keeps what the range after this one will begin with. */
function placePiece(tree: TreeAccess, piece: Piece, record: Uint8Array, cost: ReadCost): void {
  const { column, basket, first, rest } = piece
  const { info, baskets } = column.branch
  const end = baskets.firstEntry[basket + 1]!
  const from = Math.max(first, column.start)
  const to = Math.min(end, column.stop)
  const embedded = baskets.seek[basket] === 0
  const values = rest === null ? unpack(tree, piece, record, cost) : rest.values
  const used = column.add(values, { first, from, to, end })
  if (to < end && !embedded) {
    const left = values.subarray(used)
    // The values of a fresh basket lie where the next one will be decoded.
    tree.rests.set(info.name, { basket, first: to, values: rest === null ? new Uint8Array(left) : left })
  } else if (rest !== null) {
    tree.rests.delete(info.name)
  }
}

function unpack(tree: TreeAccess, { column, basket }: Piece, record: Uint8Array, cost: ReadCost): Uint8Array {
  const { baskets, place } = column.branch
  const began = performance.now()
  const embedded = baskets.embedded.get(basket)
  const values =
    baskets.seek[basket] === 0 ? readEmbeddedBasket(tree.record, embedded!, place) : readBasket(record, place)
  cost.decompressing += (performance.now() - began) / 1000
  cost.unpackedBytes += values.length
  return values
}
