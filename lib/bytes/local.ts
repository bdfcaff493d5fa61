/** A file of the local file system as a ByteSource. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { DataError } from '../core/errors.js'
import { coalesce, type Nearness } from './coalesce.js'
import { pythonOsError } from './os-error.js'
import type { Allocate, ByteSource, Range } from './source.js'

/** A further read costs about as much as copying this many unwanted bytes out of the page cache (measured). */
const LOCAL_NEARNESS: Nearness = { maxGap: 8 * 1024, maxLength: 16 * 1024 * 1024 }

/** Opens a local file. Throws DataError FileNotFoundError, PermissionError, IsADirectoryError or OSError, with the text that
 *  Python gives to the same failure. */
export async function openLocal(path: string): Promise<ByteSource> {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (cause) {
    throw pythonOsError(cause, path)
  }
  const status = fstatSync(descriptor)
  if (status.isDirectory()) {
    closeSync(descriptor)
    throw pythonOsError({ code: 'EISDIR' }, path)
  }
  return new LocalSource(path, descriptor, status.size)
}

/** Reads synchronously: from the page cache a read takes 5 us this way, and 20 to 40 us through Node's thread pool. */
class LocalSource implements ByteSource {
  readonly name: string
  readonly counters = { requests: 0, bytes: 0 }
  #descriptor: number | null
  readonly #size: number

  constructor(name: string, descriptor: number, size: number) {
    this.name = name
    this.#descriptor = descriptor
    this.#size = size
  }

  async size(): Promise<number> {
    return this.#size
  }

  async readAt(position: number, length: number): Promise<Uint8Array> {
    this.#checkInside(position, length)
    const bytes = Buffer.allocUnsafeSlow(length)
    this.#fill(bytes, position)
    return bytes
  }

  async readv(ranges: readonly Range[], allocate: Allocate = Buffer.allocUnsafeSlow): Promise<Uint8Array[]> {
    for (const range of ranges) this.#checkInside(range.position, range.length)
    const reads = coalesce(ranges, LOCAL_NEARNESS)
    const room = allocate(reads.reduce((sum, read) => sum + read.length, 0))
    const results = new Array<Uint8Array>(ranges.length)
    let at = 0
    for (const read of reads) {
      this.#fill(room.subarray(at, at + read.length), read.position)
      for (const k of read.members) {
        const begin = at + ranges[k]!.position - read.position
        results[k] = room.subarray(begin, begin + ranges[k]!.length)
      }
      at += read.length
    }
    return results
  }

  async close(): Promise<void> {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }

  #checkInside(position: number, length: number): void {
    if (Number.isInteger(position) && Number.isInteger(length) && position >= 0 && length >= 0) {
      if (position + length <= this.#size) return
    }
    throw new DataError(
      'OSError',
      `${this.name}: wanted ${length} bytes at ${position}, the file has ${this.#size}. It is truncated or damaged.`,
    )
  }

  #fill(bytes: Uint8Array, position: number): void {
    if (this.#descriptor === null) throw new DataError('OSError', `${this.name}: read after the file was closed.`)
    let done = 0
    while (done < bytes.length) {
      const got = this.#readSome(this.#descriptor, bytes, done, position)
      if (got <= 0) {
        const wanted = `wanted ${bytes.length} bytes at ${position}, got ${done}`
        throw new DataError('OSError', `${this.name}: ${wanted}. The file shrank while it was read.`)
      }
      done += got
    }
    this.counters.requests++
    this.counters.bytes += bytes.length
  }

  #readSome(descriptor: number, bytes: Uint8Array, done: number, position: number): number {
    try {
      return readSync(descriptor, bytes, done, bytes.length - done, position + done)
    } catch (cause) {
      throw pythonOsError(cause, this.name)
    }
  }
}
