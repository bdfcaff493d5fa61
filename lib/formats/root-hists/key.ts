/** TKey (version 4), which stands before every record of a ROOT file, and the ZLIB blocks that follow it. */
import { deflateSync } from 'node:zlib'
import { RootBuffer, stringBytes } from './buffer.js'

export interface Key {
  readonly className: string
  readonly name: string
  readonly title: string
  /** Where the key of the folder that it belongs to begins. */
  readonly folderSeek: number
}

/** Bytes that a key takes. */
export function keyLength({ className, name, title }: Pick<Key, 'className' | 'name' | 'title'>): number {
  return [className, name, title].reduce((sum, text) => sum + stringBytes(text).length, KEY_BYTES)
}

const KEY_BYTES = 26

/** seek: where the key begins; payloadLength, objectLength: the record's length, compressed and not; date: a TDatime. */
export function keyBytes(
  key: Key,
  seek: number,
  payloadLength: number,
  objectLength: number,
  date: number,
): Uint8Array {
  const out = new RootBuffer()
  const length = keyLength(key)
  out.i32(length + payloadLength)
  out.i16(4)
  out.i32(objectLength)
  out.u32(date)
  out.i16(length, 1) // cycle 1: nothing is written twice
  out.i32(seek, key.folderSeek)
  for (const text of [key.className, key.name, key.title]) out.string(text)
  return out.written()
}

/** The largest size that a block's header can tell: three bytes. */
const MAX_BLOCK_BYTES = 0xffffff

/** The record as ZLIB blocks, or as it is where they would not be smaller: readers tell the two apart by the length. */
export function packRecord(record: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let start = 0; start < record.length; start += MAX_BLOCK_BYTES) {
    const bytes = record.subarray(start, start + MAX_BLOCK_BYTES)
    const packed = deflateSync(bytes, { level: 1 })
    if (packed.length >= bytes.length) return record
    const header = Buffer.from('ZL\x08\0\0\0\0\0\0', 'latin1')
    header.writeUIntLE(packed.length, 3, 3)
    header.writeUIntLE(bytes.length, 6, 3)
    parts.push(header, packed)
  }
  const blocks = Buffer.concat(parts)
  return blocks.length < record.length ? blocks : record
}
