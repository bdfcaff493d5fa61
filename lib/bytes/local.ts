/** A file of the local file system as a ByteSource. */
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs'
import { DataError } from '../core/errors.js'
import { coalesce, type Nearness } from './coalesce.js'
import { pythonOsError } from './os-error.js'
import type { Allocate, ByteSource, Range } from './source.js'

/** A further read costs about as much as copying 12 kB more out of the page cache (2 us and 0.12 us/kB, measured). */
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

/** Single reads are synchronous: 5 us out of the page cache, where Node's thread pool takes 75. Many reads are given to the
 *  pool at once: that costs the same as doing them one by one (360 of 20 kB: 1.8 and 2.4 ms), but on a disk or a network
 *  file system they wait together, and what was read before can be decoded meanwhile. */
class LocalSource implements ByteSource {
  readonly name: string
  readonly counters = { requests: 0, bytes: 0 }
  #descriptor: number | null
  readonly #size: number
  #reading = 0
  #closing = false

  constructor(name: string, descriptor: number, size: number) {
    this.name = name
    this.#descriptor = descriptor
    this.#size = size
  }

  async size(): Promise<number> {
    return this.#size
  }

  async readAt(position: number, length: number): Promise<Uint8Array> {
    const descriptor = this.#open()
    this.#checkInside(position, length)
    const bytes = Buffer.allocUnsafeSlow(length)
    try {
      for (let done = 0; done < length; ) {
        const got = readSync(descriptor, bytes, done, length - done, position + done)
        if (got === 0) throw this.#shrunk(position, length, done)
        done += got
      }
    } catch (cause) {
      throw cause instanceof DataError ? cause : pythonOsError(cause, this.name)
    }
    this.#count(length)
    return bytes
  }

  async readv(ranges: readonly Range[], allocate: Allocate = Buffer.allocUnsafeSlow): Promise<Uint8Array[]> {
    const descriptor = this.#open()
    for (const range of ranges) this.#checkInside(range.position, range.length)
    const reads = coalesce(ranges, LOCAL_NEARNESS)
    const total = reads.reduce((sum, joined) => sum + joined.length, 0)
    const room = total === 0 ? new Uint8Array(0) : allocate(total)
    const results = new Array<Uint8Array>(ranges.length)
    const pending: Promise<void>[] = []
    let at = 0
    for (const joined of reads) {
      pending.push(this.#fill(descriptor, room, at, joined.position, joined.length))
      for (const k of joined.members) {
        const begin = at + ranges[k]!.position - joined.position
        results[k] = room.subarray(begin, begin + ranges[k]!.length)
      }
      at += joined.length
    }
    this.#reading++
    // Every read must have ended, also where one failed: the room is the caller's again then, and the file may be closed.
    const ended = await Promise.allSettled(pending)
    this.#reading--
    this.#closeIfIdle()
    for (const one of ended) if (one.status === 'rejected') throw one.reason
    return results
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#closeIfIdle()
  }

  /** A descriptor that the pool still reads from must not be closed: its number may at once belong to another file. */
  #closeIfIdle(): void {
    if (!this.#closing || this.#reading > 0 || this.#descriptor === null) return
    closeSync(this.#descriptor)
    this.#descriptor = null
  }

  #open(): number {
    if (this.#descriptor !== null && !this.#closing) return this.#descriptor
    throw new DataError('OSError', `${this.name}: read after the file was closed.`)
  }

  #checkInside(position: number, length: number): void {
    if (Number.isInteger(position) && Number.isInteger(length) && position >= 0 && length >= 0) {
      if (position + length <= this.#size) return
    }
    const wanted = `wanted ${length} bytes at ${position}, the file has ${this.#size}`
    throw new DataError('OSError', `${this.name}: ${wanted}. It is truncated or damaged.`)
  }

  #fill(descriptor: number, room: Uint8Array, at: number, position: number, length: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const more = (done: number): void => {
        read(descriptor, room, at + done, length - done, position + done, (cause, got) => {
          if (cause !== null) reject(pythonOsError(cause, this.name))
          else if (got === 0 && length > 0) reject(this.#shrunk(position, length, done))
          else if (done + got < length) more(done + got)
          else resolve(this.#count(length))
        })
      }
      more(0)
    })
  }

  #count(length: number): void {
    this.counters.requests++
    this.counters.bytes += length
  }

  #shrunk(position: number, length: number, done: number): DataError {
    const wanted = `wanted ${length} bytes at ${position}, got ${done}`
    return new DataError('OSError', `${this.name}: ${wanted}. The file shrank while it was read.`)
  }
}
