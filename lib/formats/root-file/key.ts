/** TKey (version 4), which stands before every record of a ROOT file. */
import { RootBuffer, stringBytes } from './buffer.js'

export interface Key {
  readonly className: string
  readonly name: string
  readonly title: string
  /** Where the key of the folder that it belongs to begins. */
  readonly folderSeek: number
}

/** ROOT's kStartBigFile: keys, folders and headers with positions beyond have 8 bytes for each. */
export const START_BIG = 2_000_000_000
/** 1 January 1995, the first day that ROOT can name: times would make equal contents different files. */
export const DATE = (1 << 22) | (1 << 17)
const VERSION = 4
const BIG_KEY = 1000
const KEY_BYTES = 26
/** Two positions, which take 4 bytes more each. */
const BIG_KEY_BYTES = KEY_BYTES + 8
/** Where the position of the key itself stands in it. */
const SEEK_AT = 18

/** Bytes that a key takes. big: with positions of 8 bytes. */
export function keyLength({ className, name, title }: Pick<Key, 'className' | 'name' | 'title'>, big = false): number {
  const head = big ? BIG_KEY_BYTES : KEY_BYTES
  return [className, name, title].reduce((sum, text) => sum + stringBytes(text).length, head)
}

export interface KeyPlace {
  /** Where the key begins. */
  readonly seek: number
  /** The record's length without the key, compressed and not. */
  readonly payloadBytes: number
  readonly objectBytes: number
  /** Positions of 8 bytes, whatever they are: for keys that are moved later. Default: where `seek` needs them. */
  readonly big?: boolean
  /** What its class puts behind a key, as a part of it. */
  readonly extra?: Uint8Array
}

export function keyBytes(key: Key, { seek, payloadBytes, objectBytes, big, extra }: KeyPlace): Buffer {
  const wide = big ?? seek > START_BIG
  const out = new RootBuffer()
  const length = keyLength(key, wide) + (extra?.length ?? 0)
  out.i32(length + payloadBytes)
  out.i16(wide ? VERSION + BIG_KEY : VERSION)
  out.i32(objectBytes)
  out.u32(DATE)
  out.i16(length, 1) // cycle 1: nothing is written twice
  if (wide) out.i64(seek, key.folderSeek)
  else out.i32(seek, key.folderSeek)
  for (const text of [key.className, key.name, key.title]) out.string(text)
  if (extra !== undefined) out.raw(extra)
  return out.written()
}

/** Tells the big keys at these places of `bytes` where they stand, once it is known where in the file the bytes begin. May be
 *  done again for another place. */
export function placeKeys(bytes: Uint8Array, keysAt: ArrayLike<number>, start: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let k = 0; k < keysAt.length; k++) {
    const at = keysAt[k]!
    view.setBigInt64(at + SEEK_AT, BigInt(start + at))
  }
}
