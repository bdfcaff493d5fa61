/** Memory for what a server is asked for. */
import { DataError } from '../core/errors.js'
import type { Allocate } from './source.js'

/** `allocate`, at most once. Throws DataError 'OSError' where there is no such memory: a server may say any size of its file. */
export function roomFor(length: number, allocate: Allocate, place: string): Uint8Array {
  if (length === 0) return new Uint8Array(0)
  try {
    return allocate(length).subarray(0, length)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const message = `${place}: there is no memory for ${length} bytes at once. Read fewer, or see whether the file is whole.`
    throw new DataError('OSError', message, { cause })
  }
}
