/** A file of the local file system as a ByteSource. */
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs'
import { DataError } from '../core/errors.js'
import { coalesce, type Nearness } from './coalesce.js'
import { pythonOsError } from './os-error.js'
import type { Allocate, ByteSource, Range } from './source.js'

/** A further read costs about as much as copying 12 kB more out of the page cache (2 us and 0.12 us/kB, measured). */
const LOCAL_NEARNESS: Nearness = { maxGap: 8 * 1024, maxLength: 16 * 1024 * 1024 }

/** Where a read has to wait, for a disk or a network file system, it takes a millisecond or more, in which 100 kB come. Joined reads
 *  stay short, so that several wait at once. */
const SLOW_NEARNESS: Nearness = { maxGap: 100 * 1024, maxLength: 1024 * 1024 }

/** Opens a local file. Throws DataError FileNotFoundError, PermissionError, IsADirectoryError or OSError, with the text that
 *  Python gives to the same failure. slowReadMs: reads that take longer make the others of their call go to the pool;
 *  name: what the source calls itself. */
export async function openLocal(path: string, slowReadMs = SLOW_READ_MS, name = path): Promise<ByteSource> {
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
  return new LocalSource(name, descriptor, status.size, slowReadMs)
}

/** A read that takes longer than this, and than its bytes take at 0.5 GB/s, did not come out of the page cache. */
const SLOW_READ_MS = 0.5
const SLOW_READ_MS_PER_BYTE = 2e-6

/** Of the calls on a slow file, one in so many tries whether it still is. */
const PROBE_EVERY = 8

/** Reads are synchronous as long as they come out of the page cache: 5 us each, where Node's thread pool takes 10 us of the
 *  calling thread alone. At the first slow one all further reads are given to the pool: on a disk or a network
 *  file system they then wait together, and what was read before can be decoded meanwhile. */
class LocalSource implements ByteSource {
  readonly name: string
  readonly counters = { requests: 0, bytes: 0 }
  #descriptor: number | null
  readonly #size: number
  readonly #slowReadMs: number
  #isSlow = false
  #slowCalls = 0
  #reading = 0
  #closing = false

  constructor(name: string, descriptor: number, size: number, slowReadMs: number) {
    this.name = name
    this.#descriptor = descriptor
    this.#size = size
    this.#slowReadMs = slowReadMs
  }

  readonly latencyMs = 0

  get isSlow(): boolean {
    return this.#isSlow
  }

  async size(): Promise<number> {
    return this.#size
  }

  async readAt(position: number, length: number): Promise<Uint8Array> {
    const descriptor = this.#open()
    this.#checkInside(position, length)
    const bytes = Buffer.allocUnsafeSlow(length)
    if (this.#isSlow) await this.#endAll([this.#fill(descriptor, bytes, 0, position, length)])
    else this.#isSlow = !this.#fillNow(descriptor, bytes, 0, position, length)
    return bytes
  }

  async readv(ranges: readonly Range[], allocate: Allocate = Buffer.allocUnsafeSlow): Promise<Uint8Array[]> {
    const descriptor = this.#open()
    for (const range of ranges) this.#checkInside(range.position, range.length)
    const reads = coalesce(ranges, this.#isSlow ? SLOW_NEARNESS : LOCAL_NEARNESS)
    const total = reads.reduce((sum, joined) => sum + joined.length, 0)
    const room = total === 0 ? new Uint8Array(0) : allocate(total)
    const results = new Array<Uint8Array>(ranges.length)
    const pending: Promise<void>[] = []
    let at = 0
    let fast = !this.#isSlow || this.#slowCalls++ % PROBE_EVERY === PROBE_EVERY - 1
    for (const joined of reads) {
      if (fast) fast = this.#fillNow(descriptor, room, at, joined.position, joined.length)
      else pending.push(this.#fill(descriptor, room, at, joined.position, joined.length))
      for (const k of joined.members) {
        const begin = at + ranges[k]!.position - joined.position
        results[k] = room.subarray(begin, begin + ranges[k]!.length)
      }
      at += joined.length
    }
    if (reads.length > 0) this.#isSlow = !fast
    if (pending.length > 0) await this.#endAll(pending)
    return results
  }

  /** Every read must have ended, also where one failed: the room is the caller's again then, and the file may be closed. */
  async #endAll(reads: readonly Promise<void>[]): Promise<void> {
    this.#reading++
    const ended = await Promise.allSettled(reads)
    this.#reading--
    this.#closeIfIdle()
    for (const one of ended) if (one.status === 'rejected') throw one.reason
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

  /** true: fast, as out of the page cache. */
  #fillNow(descriptor: number, room: Uint8Array, at: number, position: number, length: number): boolean {
    const began = performance.now()
    this.#count(length)
    try {
      for (let done = 0; done < length; ) {
        const got = readSync(descriptor, room, at + done, length - done, position + done)
        if (got === 0) throw this.#shrunk(position, length, done)
        done += got
      }
    } catch (cause) {
      throw cause instanceof DataError ? cause : pythonOsError(cause, this.name)
    }
    return performance.now() - began < this.#slowReadMs + length * SLOW_READ_MS_PER_BYTE
  }

  #fill(descriptor: number, room: Uint8Array, at: number, position: number, length: number): Promise<void> {
    this.#count(length)
    return new Promise((resolve, reject) => {
      const more = (done: number): void => {
        read(descriptor, room, at + done, length - done, position + done, (cause, got) => {
          if (cause !== null) reject(pythonOsError(cause, this.name))
          else if (got === 0 && length > 0) reject(this.#shrunk(position, length, done))
          else if (done + got < length) more(done + got)
          else resolve()
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
