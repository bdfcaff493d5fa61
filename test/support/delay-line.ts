/** One direction of a connection whose bytes arrive later than they were sent. */
import type { Socket } from 'node:net'

/** What all connections of one direction share. */
export interface Link {
  readonly oneWayMs: number
  /** Infinity: as fast as the machine. */
  readonly bytesPerSecond: number
  /** Time at which the link has sent what was given to it. */
  free: number
  stalled: boolean
  bytes: number
}

interface Parcel {
  readonly due: number
  /** null: the end of the stream. */
  readonly bytes: Buffer | null
}

/** As much as a TCP connection has under way at most, about: 400 MB/s at a round-trip time of 40 ms. */
const WINDOW = 16 * 1024 * 1024

/** Reads `from`, writes to `to` in the same order, `link.oneWayMs` after the bytes came. Nothing leaves before `notBefore`. */
export class DelayLine {
  readonly #from: Socket
  readonly #to: Socket
  readonly #link: Link
  readonly #notBefore: number
  readonly #parcels: Parcel[] = []
  #waiting = 0
  #timer: NodeJS.Timeout | null = null

  constructor(from: Socket, to: Socket, link: Link, notBefore: number) {
    this.#from = from
    this.#to = to
    this.#link = link
    this.#notBefore = notBefore
    from.on('data', bytes => this.#take(bytes))
    from.on('end', () => this.#take(null))
    to.on('drain', () => this.send())
  }

  /** Sends what is due; to be called when a stall is over. */
  send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#link.stalled || this.#to.writableNeedDrain) return
    for (let next = this.#parcels[0]; next !== undefined; next = this.#parcels[0]) {
      const wait = next.due - performance.now()
      if (wait > 0) {
        this.#timer = setTimeout(() => this.send(), wait)
        return
      }
      this.#parcels.shift()
      if (next.bytes === null) {
        this.#to.end()
        return
      }
      this.#waiting -= next.bytes.length
      this.#link.bytes += next.bytes.length
      if (this.#from.isPaused() && this.#waiting < WINDOW) this.#from.resume()
      if (!this.#to.write(next.bytes)) return
    }
  }

  /** Returns itself. */
  stop(): this {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#parcels.length = 0
    return this
  }

  #take(bytes: Buffer | null): void {
    const link = this.#link
    const length = bytes?.length ?? 0
    link.free = Math.max(link.free, performance.now()) + (1000 * length) / link.bytesPerSecond
    this.#parcels.push({ due: Math.max(link.free, this.#notBefore) + link.oneWayMs, bytes })
    this.#waiting += length
    if (this.#waiting >= WINDOW) this.#from.pause()
    if (this.#timer === null) this.send()
  }
}
