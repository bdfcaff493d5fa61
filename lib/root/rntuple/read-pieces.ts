/** Fetches pages and puts them in place, batch after batch: the next batch is fetched while one is decoded. */
import type { ByteSource, Range } from '../../bytes/source.js'
import type { ReadCost } from '../../core/types.js'
import { countedRead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'
import type { PageCache } from './page-cache.js'
import { checkPiece, type Piece, placeKnown, placePiece } from './pieces.js'

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
  for (const piece of pieces) checkPiece(piece)
  const missing: Piece[] = []
  const known = pieces.map(({ wanted, page }) => cache.get(wanted.stored.column.record.id, wanted.cluster.start, page))
  for (const [k, piece] of pieces.entries()) {
    if (known[k] === undefined) missing.push(piece)
    else placeKnown(piece, known[k], cache)
  }
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
      placePiece(piece, (early.get(piece.position) ?? bytes.get(piece.position))!, cache, cost)
    }
    if (buffer !== null) buffers.give(buffer)
    cost.waiting += (fetched - began) / 1000
    cost.placing += (performance.now() - fetched) / 1000 - (cost.decompressing - unpacked)
  }
}

function splitBatches(pieces: readonly Piece[], early: ReadonlyMap<number, Uint8Array>): Piece[][] {
  const sorted = [...pieces].sort((a, b) => a.position - b.position)
  const batches: Piece[][] = []
  let room = 0
  for (const piece of sorted) {
    const bytes = early.has(piece.position) ? 0 : piece.length + piece.checksumBytes
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
  for (const { position, length, checksumBytes } of pieces) {
    // Pages of equal values may be stored once.
    if (early.has(position) || ranges.at(-1)?.position === position) continue
    ranges.push({ position, length: length + checksumBytes })
  }
  let buffer: Buffer | null = null
  const allocate = (length: number) => (buffer = buffers.take(length))
  const records = ranges.length === 0 ? [] : await countedRead(source, ranges, allocate, cost)
  return { bytes: new Map(records.map((record, k) => [ranges[k]!.position, record])), buffer }
}
