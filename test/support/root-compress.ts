/** ROOT's compressed blocks for the test-only writer: a 9-byte header, then at most 16 MB of the record, compressed. */
import { deflateSync } from 'node:zlib'
import { zstdCompress } from '../../lib/codecs/index.js'

export type Compression = 'none' | 'zlib' | 'zstd' | 'lz4'

/** The largest size that a block's three-byte fields can hold. */
export const MAX_BLOCK_BYTES = 0xffffff

/** The record as blocks, or as it is where that would not make it smaller: by its size readers tell the two apart.
 *  zstd needs loadZstdCompress() before. */
export function compress(record: Uint8Array, compression: Compression, blockBytes = MAX_BLOCK_BYTES): Uint8Array {
  if (compression === 'none' || record.length === 0) return record
  const parts: Uint8Array[] = []
  for (let start = 0; start < record.length; start += blockBytes) {
    parts.push(...block(record.subarray(start, start + blockBytes), compression))
  }
  const blocks = Buffer.concat(parts)
  return blocks.length < record.length ? blocks : record
}

function block(bytes: Uint8Array, compression: Exclude<Compression, 'none'>): [Uint8Array, Uint8Array] {
  if (compression === 'zlib') return withHeader('ZL', 8, bytes, deflateSync(bytes))
  if (compression === 'zstd') return withHeader('ZS', 1, bytes, zstdCompress(bytes, 5))
  const packed = lz4(bytes)
  const checksum = Buffer.alloc(8)
  checksum.writeBigUInt64BE(xxhash64(packed))
  return withHeader('L4', 1, bytes, Buffer.concat([checksum, packed]))
}

function withHeader(tag: string, method: number, bytes: Uint8Array, packed: Uint8Array): [Uint8Array, Uint8Array] {
  const header = Buffer.from(`${tag}\0\0\0\0\0\0\0`, 'latin1')
  header[2] = method
  header.writeUIntLE(packed.length, 3, 3)
  header.writeUIntLE(bytes.length, 6, 3)
  return [header, packed]
}

const MIN_MATCH = 4
/** An LZ4 block ends with at least 5 literals, and its last match begins at least 12 bytes before the end. */
const LAST_LITERALS = 5
const LAST_MATCH = 12
const MAX_DISTANCE = 0xffff

/** An LZ4 block, by greedy search of the last place where the next four bytes stood. */
function lz4(bytes: Uint8Array): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: Buffer[] = []
  const last = new Map<number, number>()
  let literalsAt = 0
  for (let at = 0; at + LAST_MATCH <= input.length; at++) {
    const word = input.readUInt32LE(at)
    const found = last.get(word)
    last.set(word, at)
    if (found === undefined || at - found > MAX_DISTANCE) continue
    let length = MIN_MATCH
    while (at + length < input.length - LAST_LITERALS && input[at + length] === input[found + length]) length++
    parts.push(
      sequence(input.subarray(literalsAt, at), length - MIN_MATCH),
      Buffer.of((at - found) & 255, (at - found) >> 8),
    )
    parts.push(lengthTail(length - MIN_MATCH))
    literalsAt = at + length
    at = literalsAt - 1
  }
  parts.push(sequence(input.subarray(literalsAt), 0))
  return Buffer.concat(parts)
}

/** A sequence's token and literals. */
function sequence(literals: Buffer, match: number): Buffer {
  const token = (Math.min(literals.length, 15) << 4) | Math.min(match, 15)
  return Buffer.concat([Buffer.of(token), lengthTail(literals.length), literals])
}

/** What a token's four bits cannot hold of a length. */
function lengthTail(length: number): Buffer {
  if (length < 15) return Buffer.alloc(0)
  const more = length - 15
  return Buffer.concat([Buffer.alloc(Math.floor(more / 255), 255), Buffer.of(more % 255)])
}

const P1 = 0x9e3779b185ebca87n
const P2 = 0xc2b2ae3d27d4eb4fn
const P3 = 0x165667b19e3779f9n
const P4 = 0x85ebca77c2b2ae63n
const P5 = 0x27d4eb2f165667c5n

/** xxHash64 with seed 0, the checksum in front of ROOT's LZ4 blocks. */
function xxhash64(input: Buffer): bigint {
  let at = 0
  let hash = P5
  if (input.length >= 32) {
    const lanes = [u64(P1 + P2), P2, 0n, u64(-P1)]
    for (; at + 32 <= input.length; at += 32) {
      for (let k = 0; k < 4; k++) lanes[k] = round(lanes[k]!, input.readBigUInt64LE(at + 8 * k))
    }
    hash = u64(rotate(lanes[0]!, 1n) + rotate(lanes[1]!, 7n) + rotate(lanes[2]!, 12n) + rotate(lanes[3]!, 18n))
    for (const lane of lanes) hash = u64((hash ^ round(0n, lane)) * P1 + P4)
  }
  hash = u64(hash + BigInt(input.length))
  for (; at + 8 <= input.length; at += 8) hash = u64(rotate(hash ^ round(0n, input.readBigUInt64LE(at)), 27n) * P1 + P4)
  for (; at + 4 <= input.length; at += 4)
    hash = u64(rotate(hash ^ u64(BigInt(input.readUInt32LE(at)) * P1), 23n) * P2 + P3)
  for (; at < input.length; at++) hash = u64(rotate(hash ^ u64(BigInt(input[at]!) * P5), 11n) * P1)
  hash = u64((hash ^ (hash >> 33n)) * P2)
  hash = u64((hash ^ (hash >> 29n)) * P3)
  return hash ^ (hash >> 32n)
}

function round(lane: bigint, word: bigint): bigint {
  return u64(rotate(u64(lane + word * P2), 31n) * P1)
}

function rotate(value: bigint, by: bigint): bigint {
  return u64((value << by) | (value >> (64n - by)))
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}
