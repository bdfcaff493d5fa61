/** TKey: the header of every record in a ROOT file, and the list of them that a directory holds. */
import type { Cursor } from './cursor.js'

/** Keys with versions above this one have 8-byte positions (files beyond 2 GB). */
const BIG_KEY = 1000

/** The header of a record. Sizes in bytes. */
export interface Key {
  /** Of the record in the file, header included; 0 for a basket that is embedded in its tree. */
  readonly totalBytes: number
  /** Of the object after decompression. */
  readonly objectBytes: number
  readonly headerBytes: number
  /** Higher cycles are later versions of an object of the same name. */
  readonly cycle: number
  /** Of the record in the file. */
  readonly position: number
  /** Position of the record of the directory that it is in. */
  readonly directory: number
  readonly className: string
  readonly name: string
  readonly title: string
}

/** The fixed-size part of a TKey and the class: all that a basket's key needs, of which there are very many. */
export type KeyHead = Omit<Key, 'name' | 'title'>

/** Reads a TKey up to the class name and leaves the cursor before the name. */
export function readKeyHead(cursor: Cursor): KeyHead {
  const totalBytes = cursor.i32()
  const big = cursor.u16() > BIG_KEY
  const objectBytes = cursor.i32()
  cursor.skip(4)
  const headerBytes = cursor.u16()
  const cycle = cursor.u16()
  const position = cursor.seek(big)
  const directory = cursor.seek(big)
  const className = cursor.string()
  if (objectBytes < 0 || totalBytes < 0)
    cursor.fail(`a key of a record of ${totalBytes} bytes, ${objectBytes} expanded`)
  return { totalBytes, objectBytes, headerBytes, cycle, position, directory, className }
}

/** Reads one TKey and leaves the cursor behind its title. */
export function readKey(cursor: Cursor): Key {
  return { ...readKeyHead(cursor), name: cursor.string(), title: cursor.string() }
}
