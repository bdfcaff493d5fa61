/** Fetches pages and puts them in place. */
import type { ByteSource, Range } from '../../bytes/source.js'
import type { ReadCost } from '../../core/types.js'
import { type BatchReading, type Fetched, readBatches } from '../batches.js'
import { countedRead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'
import type { PageCache } from './page-cache.js'
import { checkPiece, type Piece, placeKnown, placePiece } from './pieces.js'

/** What reading pages needs. */
export interface PageAccess {
  readonly source: ByteSource
  readonly buffers: ReadBuffers
  readonly cache: PageCache
}

/** By position. */
type Records = ReadonlyMap<number, Uint8Array>

/** early: bytes that are there already, by position. Throws DataError, and what `signal` gives. */
export async function readPieces(
  access: PageAccess,
  pieces: readonly Piece[],
  early: Records,
  cost: ReadCost,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { cache, buffers } = access
  for (const piece of pieces) checkPiece(piece)
  const missing: Piece[] = []
  const known = pieces.map(({ wanted, page }) => cache.find(wanted.stored.column.record.id, wanted.cluster.start, page))
  for (const [k, piece] of pieces.entries()) {
    if (known[k] === undefined) missing.push(piece)
    else placeKnown(piece, known[k], cache)
  }
  missing.sort((a, b) => a.position - b.position)
  const reading: BatchReading<Piece, Records> = {
    bytesOf: ({ position, length, checksumBytes }) => (early.has(position) ? 0 : length + checksumBytes),
    fetch: batch => fetchBatch(access, batch, early, cost),
    place: (batch, records) => {
      for (const piece of batch) {
        placePiece(piece, (early.get(piece.position) ?? records.get(piece.position))!, cache, cost)
      }
    },
  }
  await readBatches(missing, reading, buffers, cost, signal)
}

async function fetchBatch(
  { source, buffers }: PageAccess,
  pieces: readonly Piece[],
  early: Records,
  cost: ReadCost,
): Promise<Fetched<Records>> {
  const ranges: Range[] = []
  for (const { position, length, checksumBytes } of pieces) {
    // Pages of equal values may be stored once.
    if (early.has(position) || ranges.at(-1)?.position === position) continue
    ranges.push({ position, length: length + checksumBytes })
  }
  let buffer: Buffer | null = null
  const allocate = (length: number) => (buffer = buffers.take(length))
  const records = ranges.length === 0 ? [] : await countedRead(source, ranges, allocate, cost)
  return { records: new Map(records.map((record, k) => [ranges[k]!.position, record])), buffer }
}
