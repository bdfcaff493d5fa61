/** The compressed blocks of ROOT's records: each holds up to 16 MiB and says in nine bytes how it is packed and its two lengths. */
import { deflateSync } from 'node:zlib'

/** How the content of a block is made. */
export interface Packing {
  /** ROOT's number of algorithm and level: 101 is ZLIB, 505 ZSTD. */
  readonly setting: number
  /** Two letters and the method's byte. */
  readonly tag: string
  readonly pack: (bytes: Uint8Array) => Uint8Array
}

/** What every reader of ROOT files has, and Node without loading anything: for records that are small. */
export const ZLIB: Packing = {
  setting: 101,
  tag: 'ZL\x08',
  pack: bytes => deflateSync(bytes, { level: 1 }),
}

/** pack: one Zstandard frame, of this level. */
export function zstdPacking(pack: (bytes: Uint8Array) => Uint8Array, level: number): Packing {
  return { setting: 500 + level, tag: 'ZS\x01', pack }
}

/** The largest size that a block's header can tell: three bytes. */
const MAX_BLOCK_BYTES = 0xffffff
const HEADER_BYTES = 9

/** The record as blocks, or as it is where they would not be smaller: readers tell the two apart by the length. */
export function packRecord(record: Uint8Array, { tag, pack }: Packing = ZLIB): Uint8Array {
  const parts: Uint8Array[] = []
  for (let start = 0; start < record.length; start += MAX_BLOCK_BYTES) {
    const bytes = record.subarray(start, start + MAX_BLOCK_BYTES)
    const packed = pack(bytes)
    if (packed.length >= bytes.length) return record
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(tag, 'latin1')
    header.writeUIntLE(packed.length, 3, 3)
    header.writeUIntLE(bytes.length, 6, 3)
    parts.push(header, packed)
  }
  const blocks = parts.length === 0 ? record : Buffer.concat(parts)
  return blocks.length < record.length ? blocks : record
}
