/** Pieces of a range of entries, baskets or pages, in batches: the next batch is fetched while one is decoded. */
import type { ReadCost } from '../core/types.js'
import type { ReadBuffers } from './read-buffers.js'

/** Compressed bytes that are fetched in one go: large enough for a slow link, small enough for two in memory. */
const BATCH_BYTES = 4 * 1024 * 1024

/** Consecutive runs of pieces of at most BATCH_BYTES to fetch, or of a single larger one. */
function splitBatches<Piece>(pieces: readonly Piece[], bytesOf: (piece: Piece) => number): Piece[][] {
  const batches: Piece[][] = []
  let room = 0
  for (const piece of pieces) {
    const bytes = bytesOf(piece)
    if (batches.length === 0 || bytes > room) {
      batches.push([])
      room = BATCH_BYTES
    }
    batches.at(-1)!.push(piece)
    room -= bytes
  }
  return batches
}

/** What has been read of a batch. */
export interface Fetched<Records> {
  readonly records: Records
  /** The room that they are in, for the next ones. */
  readonly buffer: Buffer | null
}

/** How pieces of a kind are read. */
export interface BatchReading<Piece, Records> {
  /** Bytes to fetch for a piece; 0 where they are at hand. */
  readonly bytesOf: (piece: Piece) => number
  readonly fetch: (batch: readonly Piece[]) => Promise<Fetched<Records>>
  /** Decodes the batch and puts its values in place; adds to the cost's time of decompressing. */
  readonly place: (batch: readonly Piece[], records: Records) => void
}

/** Fetches and places all pieces, in their order. Throws what `fetch`, `place` and `signal` throw. */
export async function readBatches<Piece, Records>(
  pieces: readonly Piece[],
  { bytesOf, fetch, place }: BatchReading<Piece, Records>,
  buffers: ReadBuffers,
  cost: ReadCost,
  signal: AbortSignal | undefined,
): Promise<void> {
  const batches = splitBatches(pieces, bytesOf)
  let coming: Promise<Fetched<Records>> | null = null
  for (let k = 0; k < batches.length; k++) {
    signal?.throwIfAborted()
    const began = performance.now()
    const { records, buffer }: Fetched<Records> = await (coming ?? fetch(batches[k]!))
    coming = k + 1 < batches.length ? fetch(batches[k + 1]!) : null
    // Where decoding throws, nobody will await the next batch, and its failure must not end the process.
    coming?.catch(() => {})
    const fetched = performance.now()
    const unpacked = cost.decompressing
    place(batches[k]!, records)
    if (buffer !== null) buffers.give(buffer)
    cost.waiting += (fetched - began) / 1000
    cost.placing += (performance.now() - fetched) / 1000 - (cost.decompressing - unpacked)
  }
}
