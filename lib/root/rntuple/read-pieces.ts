/** Fetches pages and puts them in place, batch after batch: the next batch is fetched while one is decoded. */
import type { ByteSource, Range } from '../../bytes/source.js'
import type { ReadCost } from '../../core/types.js'
import { countedRead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'
import type { PageCache } from './page-cache.js'
import { checkPiece, type Piece, placePiece, position, storedBytes } from './pieces.js'

/** Compressed bytes that are fetched in one go: large enough for a slow link, small enough for two in memory. */
const BATCH_BYTES = 4 * 1024 * 1024

/** What reading pages needs. */
export interface PageAccess {
  readonly source: ByteSource
  readonly buffers: ReadBuffers
  readonly cache: PageCache
}

interface Fetched {
  readonly bytes: ReadonlyMap<number, Uint8Array>
  readonly buffer: Buffer | null
}

/** early: bytes that are there already, by position. Throws DataError, and what `signal` gives. */
export async function readPieces(
  access: PageAccess,
  pieces: readonly Piece[],
  early: ReadonlyMap<number, Uint8Array>,
  cost: ReadCost,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { cache, buffers } = access
  const isCached = ({ cluster, column, page }: Piece) => cache.get(column.record.id, cluster.start, page) !== undefined
  for (const piece of pieces) checkPiece(piece)
  // A page in the cache may go when another of its column comes: looked at once, and placed first.
  const [cached, missing] = [pieces.filter(isCached), pieces.filter(piece => !isCached(piece))]
  for (const piece of cached) placePiece(piece, null, cache, cost)
  const batches = splitBatches(missing, early)
  let coming: Promise<Fetched> | null = null
  for (let k = 0; k < batches.length; k++) {
    signal?.throwIfAborted()
    const began = performance.now()
    const { bytes, buffer } = await (coming ?? fetchBatch(access, batches[k]!, early, cost))
    coming = k + 1 < batches.length ? fetchBatch(access, batches[k + 1]!, early, cost) : null
    // Where decoding throws, nobody will await the next batch, and its failure must not end the process.
    coming?.catch(() => {})
    const fetched = performance.now()
    const unpacked = cost.decompressing
    for (const piece of batches[k]!) {
      const at = position(piece)
      placePiece(piece, (early.get(at) ?? bytes.get(at))!, cache, cost)
    }
    if (buffer !== null) buffers.give(buffer)
    cost.waiting += (fetched - began) / 1000
    cost.placing += (performance.now() - fetched) / 1000 - (cost.decompressing - unpacked)
  }
}

function splitBatches(pieces: readonly Piece[], early: ReadonlyMap<number, Uint8Array>): Piece[][] {
  const sorted = [...pieces].sort((a, b) => position(a) - position(b))
  const batches: Piece[][] = []
  let room = 0
  for (const piece of sorted) {
    const bytes = early.has(position(piece)) ? 0 : storedBytes(piece)
    if (batches.length === 0 || bytes > room) {
      batches.push([])
      room = BATCH_BYTES
    }
    batches.at(-1)!.push(piece)
    room -= bytes
  }
  return batches
}

async function fetchBatch(
  { source, buffers }: PageAccess,
  pieces: readonly Piece[],
  early: ReadonlyMap<number, Uint8Array>,
  cost: ReadCost,
): Promise<Fetched> {
  const ranges: Range[] = []
  for (const piece of pieces) {
    const at = position(piece)
    // Pages of equal values may be stored once.
    if (early.has(at) || ranges.at(-1)?.position === at) continue
    ranges.push({ position: at, length: storedBytes(piece) })
  }
  let buffer: Buffer | null = null
  const allocate = (length: number) => (buffer = buffers.take(length))
  const records = ranges.length === 0 ? [] : await countedRead(source, ranges, allocate, cost)
  return { bytes: new Map(records.map((record, k) => [ranges[k]!.position, record])), buffer }
}
