/** Reads entry ranges of branches: one read plan over all baskets of all branches, counters first, in batches of which the
 *  next is fetched while one is decoded. Baskets need not be aligned between branches.
 *
 *      names -> ColumnReader (and their counters') -> pieces (baskets) -> batches: readv, decode, place -> Column
 */
import type { ByteSource } from '../bytes/source.js'
import { isFloat } from '../core/dtype.js'
import { DataError } from '../core/errors.js'
import type { Column } from '../core/types.js'
import { readBasket, readEmbeddedBasket } from './basket.js'
import type { ReadableBranch } from './branch.js'
import { ColumnReader } from './column-reader.js'
import { offsetsFrom, SharedOffsets } from './offsets.js'
import type { ReadBuffers } from './read-buffers.js'
import { fetchedBytes, type Piece, planPieces, position, splitBatches } from './read-plan.js'
import type { RestCache } from './rest-cache.js'

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

/** Columns of entries [start, stop), by branch name. */
export async function readColumns(
  tree: TreeAccess,
  names: readonly string[],
  start: number,
  stop: number,
  signal?: AbortSignal,
): Promise<Map<string, Column>> {
  const readers = createReaders(tree, names, start, stop)
  const counters = new Set<ColumnReader>()
  for (const reader of readers.values()) if (reader.counter !== null) counters.add(reader.counter)
  const pieces = planPieces(readers.values(), counters, tree.rests, tree.record.length)
  await readPieces(tree, pieces, signal)
  const shared = new SharedOffsets()
  const offsets = new Map<ColumnReader, Int32Array>()
  for (const counter of counters) offsets.set(counter, shared.share(offsetsFrom(counter.sums(), start - counter.start)))
  const columns = new Map<string, Column>()
  for (const name of names) {
    const reader = readers.get(name)!
    columns.set(name, reader.column(start, reader.counter === null ? undefined : offsets.get(reader.counter)))
  }
  return columns
}

/** Readers for the named branches and for the counters that they need. */
function createReaders(
  tree: TreeAccess,
  names: readonly string[],
  start: number,
  stop: number,
): Map<string, ColumnReader> {
  const readers = new Map<string, ColumnReader>()
  const reader = (branch: ReadableBranch, counter: ColumnReader | null): ColumnReader => {
    const known = readers.get(branch.info.name)
    if (known !== undefined) return known
    const created = new ColumnReader(branch, start, stop, counter)
    readers.set(branch.info.name, created)
    return created
  }
  for (const name of names) {
    const branch = tree.readable(name)
    const counterName = branch.info.counter
    const counter = counterName === null ? null : reader(counterBranch(tree, counterName, branch), null)
    reader(branch, counter)
  }
  return readers
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

/** Fetches and places all pieces, in their order. */
async function readPieces(tree: TreeAccess, pieces: readonly Piece[], signal: AbortSignal | undefined): Promise<void> {
  const batches = splitBatches(pieces)
  let coming: Promise<Fetched> | null = null
  for (let k = 0; k < batches.length; k++) {
    signal?.throwIfAborted()
    const { records, buffer } = await (coming ?? fetchBatch(tree, batches[k]!))
    coming = k + 1 < batches.length ? fetchBatch(tree, batches[k + 1]!) : null
    // Where decoding throws, nobody will await the next batch, and its failure must not end the process.
    coming?.catch(() => {})
    batches[k]!.forEach((piece, j) => {
      placePiece(tree, piece, records[j]!)
    })
    if (buffer !== null) tree.buffers.give(buffer)
  }
}

interface Fetched {
  /** One a piece; empty where its values are at hand. */
  readonly records: readonly Uint8Array[]
  readonly buffer: Buffer | null
}

async function fetchBatch(tree: TreeAccess, pieces: readonly Piece[]): Promise<Fetched> {
  const wanted = pieces.filter(piece => fetchedBytes(piece) > 0)
  let buffer: Buffer | null = null
  const ranges = wanted.map(piece => ({ position: position(piece), length: fetchedBytes(piece) }))
  const fetched = await tree.source.readv(ranges, length => (buffer = tree.buffers.take(length)))
  let next = 0
  const records = pieces.map(piece => (fetchedBytes(piece) > 0 ? fetched[next++]! : NOTHING))
  return { records, buffer }
}

/** Decodes a piece, puts its values into its column, and keeps what the range after this one will begin with. */
function placePiece(tree: TreeAccess, piece: Piece, record: Uint8Array): void {
  const { column, basket, first, rest } = piece
  const { info, baskets, place } = column.branch
  const end = baskets.firstEntry[basket + 1]!
  const from = Math.max(first, column.start)
  const to = Math.min(end, column.stop)
  const embedded = baskets.seek[basket] === 0
  let values: Uint8Array
  if (rest !== null) values = rest.values
  else if (embedded) values = readEmbeddedBasket(tree.record, baskets.embedded.get(basket)!, place)
  else values = readBasket(record, place)
  const used = column.add(values, { first, from, to, end })
  if (to < end && !embedded) {
    const left = values.subarray(used)
    // The values of a fresh basket lie where the next one will be decoded.
    tree.rests.set(info.name, { basket, first: to, values: rest === null ? new Uint8Array(left) : left })
  } else if (rest !== null) {
    tree.rests.delete(info.name)
  }
}
