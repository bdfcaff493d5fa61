/** Files whose writer ended before it closed them: they have no lists of keys. Their records stand one behind the other, each with its
 *  key, from which the lists are made again, as ROOT does (TFile::Recover). */
import { BYTES_PER_MS, type ByteSource } from '../bytes/source.js'
import { DataError } from '../core/errors.js'
import { Cursor } from './cursor.js'
import { type Key, readKey } from './key.js'
import type { InfoPlace } from './streamers.js'

/** Records that are parts of others, or the file's own. */
const NO_OBJECTS: ReadonlySet<string> = new Set(['TBasket', 'TFile'])
/** Of bytes read at a time: records are mostly smaller, and a key is read with each. */
const WINDOW_BYTES = 64 * 1024
const MOST_WINDOW_BYTES = 4 * 1024 * 1024
/** The longest key: numbers, and three texts that would be strange were they longer. */
const KEY_BYTES = 1024

export interface RecoveredKeys {
  /** Position of a directory's record -> the keys of what is in it, in the file's order. */
  readonly byDirectory: ReadonlyMap<number, readonly Key[]>
  /** Where the list of the classes' members is; zeros where there is none. */
  readonly streamers: InfoPlace
}

/** Walks over the file's records from `begin` on. What comes after a record that makes no sense, such as one that was not written to
 *  its end, is not found. */
export async function recoverKeys(source: ByteSource, begin: number): Promise<RecoveredKeys> {
  const size = await source.size()
  const windowBytes = Math.min(Math.max(WINDOW_BYTES, source.latencyMs * BYTES_PER_MS), MOST_WINDOW_BYTES)
  const found: Found = { byDirectory: new Map(), streamers: { at: 0, bytes: 0 } }
  let window: Uint8Array = new Uint8Array(0)
  let windowAt = 0
  for (let at = begin; at + 4 <= size; ) {
    if (at < windowAt || at + Math.min(KEY_BYTES, size - at) > windowAt + window.length) {
      windowAt = at
      window = await source.readAt(at, Math.min(windowBytes, size - at))
    }
    const head = window.subarray(at - windowAt)
    const bytes = new DataView(head.buffer, head.byteOffset, head.byteLength).getInt32(0)
    if (bytes === 0) break
    // Room that has become free.
    if (bytes > 0 && !addRecord(source.name, head, at, size, found)) break
    at += Math.abs(bytes)
  }
  return found
}

interface Found {
  readonly byDirectory: Map<number, Key[]>
  streamers: InfoPlace
}

/** false: there is no whole record. */
function addRecord(place: string, head: Uint8Array, at: number, size: number, found: Found): boolean {
  let key: Key
  try {
    key = readKey(new Cursor(head, 0, place))
  } catch (error) {
    if (error instanceof DataError) return false
    throw error
  }
  if (key.position !== at || at + key.totalBytes > size || key.headerBytes > key.totalBytes) return false
  if (NO_OBJECTS.has(key.className)) return true
  if (key.name === 'StreamerInfo') {
    found.streamers = { at, bytes: key.totalBytes }
    return true
  }
  const keys = found.byDirectory.get(key.directory)
  if (keys === undefined) found.byDirectory.set(key.directory, [key])
  else keys.push(key)
  return true
}
