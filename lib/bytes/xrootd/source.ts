/** A file at an XRootD server as a ByteSource. */
import { DataError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { coalesce, type Nearness } from '../coalesce.js'
import { roomFor } from '../room.js'
import type { Allocate, ByteSource, Range } from '../source.js'
import { XrootdFile } from './file.js'

/** A vector reads scattered ranges in one round trip, so that joining them gains little: an element costs its head, and the server a
 *  read. */
const NEARNESS: Nearness = { maxGap: 1024, maxLength: 2097136 }

/** Throws DataError. */
export async function openXrootd(address: RemoteAddress): Promise<ByteSource> {
  return new XrootdSource(hideAccess(address.text), await XrootdFile.open(address))
}

class XrootdSource implements ByteSource {
  readonly name: string
  readonly counters = { requests: 0, bytes: 0 }
  readonly isSlow = true
  readonly #file: XrootdFile

  constructor(name: string, file: XrootdFile) {
    this.name = name
    this.#file = file
  }

  get latencyMs(): number {
    return this.#file.rttMs
  }

  get identity(): string {
    return `${this.#file.size} ${this.#file.modified}`
  }

  async size(): Promise<number> {
    return this.#file.size
  }

  async readAt(position: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const [bytes] = await this.readv([{ position, length }], undefined, signal)
    return bytes!
  }

  readv(
    ranges: readonly Range[],
    allocate: Allocate = Buffer.allocUnsafeSlow,
    signal?: AbortSignal,
  ): Promise<Uint8Array[]> {
    try {
      for (const range of ranges) this.#checkInside(range)
    } catch (error) {
      return Promise.reject(error)
    }
    const joined = coalesce(ranges, NEARNESS)
    const total = joined.reduce((sum, { length }) => sum + length, 0)
    // At once: callers look at the counters before they wait.
    this.counters.requests += joined.length
    this.counters.bytes += total
    return this.#read(ranges, joined, total, allocate, signal)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #read(
    ranges: readonly Range[],
    joined: ReturnType<typeof coalesce>,
    total: number,
    allocate: Allocate,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array[]> {
    const room = roomFor(total, allocate, this.name)
    const results = new Array<Uint8Array>(ranges.length)
    let at = 0
    const pieces = joined.map(({ position, length, members }) => {
      for (const k of members) {
        const begin = at + ranges[k]!.position - position
        results[k] = room.subarray(begin, begin + ranges[k]!.length)
      }
      at += length
      return { position, room: room.subarray(at - length, at) }
    })
    await this.#file.read(pieces, signal)
    return results
  }

  #checkInside({ position, length }: Range): void {
    const { size } = this.#file
    const isWhole = Number.isSafeInteger(position) && Number.isSafeInteger(length)
    if (isWhole && position >= 0 && length >= 0 && position + length <= size) return
    const wanted = `wanted ${length} bytes at ${position}, the file has ${size}`
    throw new DataError('OSError', `${this.name}: ${wanted}. It is truncated or damaged.`)
  }
}
