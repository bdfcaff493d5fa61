/** A file of an http server as a ByteSource. 50 far ranges of 20 kB take 48 ms at a round trip of 40 ms where the server answers many
 *  ranges at once (XrdHttp 5.5.3), 310 ms by single ranges over eight connections. */
import { DataError } from '../../core/errors.js'
import type { Nearness } from '../coalesce.js'
import { roomFor } from '../room.js'
import { type Allocate, BYTES_PER_MS, type ByteSource, type Range } from '../source.js'
import { CONNECTIONS } from './agents.js'
import type { Answer } from './exchange.js'
import { type Fetching, fetchSpan, fetchTogether } from './fetch-ranges.js'
import type { Route } from './follow.js'
import { type Block, layOut, missing, type Span, scatter, spans } from './layout.js'
import { type FileContext, operate } from './operation.js'
import { batches, inParallel, TOGETHER } from './requests.js'
import type { Version } from './version.js'

/** What servers make of many ranges in one request, by the origin of the file's first address. */
const manyRanges = new Map<string, 'works' | 'does not'>()

const LATENCIES = 5
const MOST_GAP = 1_000_000
const LONGEST_READ = 8 * 1024 * 1024

export class HttpSource implements ByteSource {
  readonly name: string
  readonly counters = { requests: 0, bytes: 0 }
  readonly isSlow = true
  readonly #context: FileContext
  readonly #route: Route
  readonly #version: Version
  readonly #latencies: number[]
  #isClosed = false

  constructor(context: FileContext, route: Route, version: Version, latencyMs: number) {
    this.name = context.place
    this.#context = context
    this.#route = route
    this.#version = version
    this.#latencies = [latencyMs]
  }

  /** The smallest of the last few: the others have waited for one another, or for a disk. */
  get latencyMs(): number {
    return Math.min(...this.#latencies)
  }

  get identity(): string | undefined {
    return this.#version.identity
  }

  async size(): Promise<number> {
    return this.#version.size
  }

  async readAt(position: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const [bytes] = await this.readv([{ position, length }], Buffer.allocUnsafeSlow, signal)
    return bytes!
  }

  async readv(
    ranges: readonly Range[],
    allocate: Allocate = Buffer.allocUnsafeSlow,
    signal?: AbortSignal,
  ): Promise<Uint8Array[]> {
    if (this.#isClosed) throw new DataError('OSError', `${this.#context.place}: read after the file was closed.`)
    for (const range of ranges) this.#checkInside(range)
    const { blocks, length, starts } = layOut(ranges)
    const room = roomFor(length, allocate, this.name)
    if (blocks.length > 0) await this.#fill(room, blocks, signal)
    return ranges.map((range, k) => room.subarray(starts[k]!, starts[k]! + range.length))
  }

  async close(): Promise<void> {
    this.#isClosed = true
  }

  #fill(room: Uint8Array, blocks: readonly Block[], signal: AbortSignal | undefined): Promise<void> {
    const origin = this.#route.first.origin
    const isTogether = manyRanges.get(origin) !== 'does not' && blocks.length > 1
    const reads = spans(blocks, isTogether ? TOGETHER : this.#nearness())
    const requests = isTogether ? batches(reads) : reads.map(read => [read])
    this.counters.requests += requests.length
    for (const read of reads) this.counters.bytes += read.length
    return operate(this.#context, signal, async operation => {
      const fetching: Fetching = {
        operation,
        route: this.#route,
        version: this.#version,
        put: (position, bytes) => scatter(room, blocks, position, bytes),
        measured: answer => this.#measured(answer),
      }
      // One request finds out, before eight of them are answered with the whole file.
      const first = manyRanges.has(origin) ? undefined : requests.find(batch => batch.length > 1)
      if (first !== undefined) await this.#together(first, fetching)
      await inParallel(CONNECTIONS, requests, async batch => {
        if (batch.length === 1) await fetchSpan(batch[0]!, fetching)
        else if (batch !== first && manyRanges.get(origin) === 'works') await this.#together(batch, fetching)
      })
      const left = missing(reads)
      if (left.length > 0) await inParallel(CONNECTIONS, this.#joined(left, blocks), one => fetchSpan(one, fetching))
    })
  }

  async #together(batch: readonly Span[], fetching: Fetching): Promise<void> {
    const came = await fetchTogether(batch, fetching)
    if (came !== 'failed') manyRanges.set(this.#route.first.origin, came)
  }

  /** What is left, as single ranges: nearer ones together than in a request for many. */
  #joined(left: readonly Span[], blocks: readonly Block[]): Span[] {
    const wanted = blocks.filter(block => left.some(span => covers(span, block)))
    return left.length === 1 ? [...left] : spans(wanted, this.#nearness())
  }

  #nearness(): Nearness {
    const gap = Math.min(MOST_GAP, Math.max(TOGETHER.maxGap, this.latencyMs * BYTES_PER_MS))
    return { maxGap: gap, maxLength: LONGEST_READ }
  }

  #measured({ latencyMs }: Answer): void {
    this.#latencies.push(latencyMs)
    if (this.#latencies.length > LATENCIES) this.#latencies.shift()
  }

  #checkInside({ position, length }: Range): void {
    const { size } = this.#version
    if (Number.isInteger(position) && Number.isInteger(length) && position >= 0 && length >= 0) {
      if (position + length <= size) return
    }
    const wanted = `wanted ${length} bytes at ${position}, the file has ${size}`
    throw new DataError('OSError', `${this.#context.place}: ${wanted}. It is truncated or damaged.`)
  }
}

function covers(span: Span, block: Block): boolean {
  return block.position >= span.position && block.position + block.length <= span.position + span.length
}
