/** TKey (version 4): what stands before every record of a ROOT file. Part of the test-only writer. */
import type { RootBuffer } from './root-buffer.js'

export interface Key {
  readonly className: string
  readonly name: string
  readonly title: string
  /** Where the key of the folder that it belongs to begins. */
  readonly folderSeek: number
  readonly cycle?: number
  /** A basket's own header, which counts as part of its key. */
  readonly header?: Uint8Array
}

/** Length of the key, its header included. */
export function keyBytes(key: Omit<Key, 'folderSeek'>, big: boolean): number {
  const strings = [key.className, key.name, key.title].reduce(
    (sum, text) => sum + text.length + (text.length < 255 ? 1 : 5),
    0,
  )
  return (big ? 34 : 26) + strings + (key.header?.length ?? 0)
}

/** big: with 64-bit positions. seek: where the key begins; payloadBytes, objectBytes: the record's length, packed and not. */
export function writeKey(
  out: RootBuffer,
  key: Key,
  big: boolean,
  seek: number,
  payloadBytes: number,
  objectBytes: number,
): void {
  const length = keyBytes(key, big)
  out.i32(length + payloadBytes)
  out.u16(big ? 1004 : 4)
  out.i32(objectBytes, 0)
  out.u16(length)
  out.u16(key.cycle ?? 1)
  writeSeek(out, seek, big)
  writeSeek(out, key.folderSeek, big)
  for (const text of [key.className, key.name, key.title]) out.string(text)
  if (key.header !== undefined) out.raw(key.header)
}

export function writeSeek(out: RootBuffer, seek: number, big: boolean): void {
  if (big) out.i64(seek)
  else out.i32(seek)
}
