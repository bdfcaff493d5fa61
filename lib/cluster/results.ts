/** What a group of chunks gave, as bytes: a piece each chunk, compressed, so that a worker never holds more than one in full, and a
 *  driver expands one when its turn has come.
 *
 *    piece:  u32 length | u32 blocks | of each block: u32 bytes, u32 stored bytes | stored blocks
 *
 *  A block is the plain part of a result or one of its large arrays (lib/run/body.ts); stored as it is where it does not become smaller. */
import { decompress, loadZstdCompress, zstdCompress } from '../codecs/index.js'
import { asFold, type Cut } from '../graph/cut.js'
import type { ChunkResult } from '../graph/segment.js'
import { decodeParts, encodeBody } from '../run/body.js'

const LEVEL = 1
/** A few bytes are not worth the calls. */
const LEAST_BYTES = 256
/** Of a large block so much is tried first: 7 MB of Parquet would take 26 ms and stay as large. */
const TRIED_BYTES = 1 << 16
/** Worth it from here on. */
const MOST_STORED = 0.9
/** In the file formats' names of codecs. */
const ZSTD = 'ZS'

/** The result with the partials of its folds packed. */
export function packResult(cut: Cut, result: ChunkResult): ChunkResult {
  const items = new Map(result.items)
  for (const { node } of cut.leaves) {
    if (node.stage.kind !== 'fold' || !items.has(node.id)) continue
    const { pack } = asFold(node)
    if (pack !== undefined) items.set(node.id, pack(items.get(node.id)))
  }
  return { ...result, items }
}

/** Loads the codec: to be awaited before the first `encodeResult`. */
export const loadEncoder = loadZstdCompress

/** The parts of a piece, in order; they refer to the result's arrays. */
export function encodeResult(result: ChunkResult): Uint8Array[] {
  // The length of the serialized part, the first of them, stands in our own head.
  const blocks = encodeBody(result).slice(1)
  const stored = blocks.map(compressed)
  const head = Buffer.alloc(8 + 8 * blocks.length)
  head.writeUInt32LE(blocks.length, 4)
  let length = head.length
  for (const [k, block] of blocks.entries()) {
    head.writeUInt32LE(block.length, 8 + 8 * k)
    head.writeUInt32LE(stored[k]!.length, 12 + 8 * k)
    length += stored[k]!.length
  }
  head.writeUInt32LE(length, 0)
  return [head, ...stored]
}

function compressed(block: Uint8Array): Uint8Array {
  if (block.length < LEAST_BYTES) return block
  if (block.length > 2 * TRIED_BYTES) {
    const middle = (block.length - TRIED_BYTES) >>> 1
    const tried = zstdCompress(block.subarray(middle, middle + TRIED_BYTES), LEVEL)
    if (tried.length > MOST_STORED * TRIED_BYTES) return block
  }
  const stored = zstdCompress(block, LEVEL)
  return stored.length > MOST_STORED * block.length ? block : stored
}

/** The pieces of a group, in the order of its chunks; views of `payload`. */
export function piecesOf(payload: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < payload.length; ) {
    const length = payload.readUInt32LE(at)
    pieces.push(payload.subarray(at, at + length))
    at += length
  }
  return pieces
}

export function decodeResult(piece: Buffer): ChunkResult {
  const blocks = piece.readUInt32LE(4)
  let from = 8 + 8 * blocks
  let k = 0
  const next = (): Uint8Array => {
    const bytes = piece.readUInt32LE(8 + 8 * k)
    const storedBytes = piece.readUInt32LE(12 + 8 * k)
    k++
    const stored = piece.subarray(from, (from += storedBytes))
    return bytes === storedBytes ? stored : decompress(ZSTD, stored, bytes, 'a result from the cluster')
  }
  // A copy: the decoder writes the next block to the same place.
  return decodeParts(Uint8Array.from(next()), next) as ChunkResult
}
