/** Asks the server for the histogram that is looked at, about once a second. */
import type { LiveHistogram } from '../../live/state.js'
import type { Source } from '../source.js'
import { knownNow } from './connection.js'

const EVERY_MS = 1000

export interface Asked {
  readonly dataset: string
  readonly method: string
  readonly filter: string
  readonly name: string
}

export class Asking {
  readonly #source: Source
  readonly #onNews: () => void
  #asked: Asked | null = null
  #histogram: LiveHistogram | null = null
  #timer = 0
  #isAsking = false

  constructor(source: Source, onNews: () => void) {
    this.#source = source
    this.#onNews = onNews
  }

  /** null: not known yet. */
  get histogram(): LiveHistogram | null {
    const last = knownNow().end?.histograms.find(one => this.#isAsked(one))
    if (last !== undefined) return last
    return this.#histogram !== null && this.#isAsked(this.#histogram) ? this.#histogram : null
  }

  ask(asked: Asked | null): void {
    const isNew = JSON.stringify(asked) !== JSON.stringify(this.#asked)
    this.#asked = asked
    if (isNew) void this.#next()
  }

  stop(): void {
    this.#asked = null
    clearTimeout(this.#timer)
  }

  #isAsked(one: Asked): boolean {
    const asked = this.#asked
    return (['dataset', 'method', 'filter', 'name'] as const).every(key => one[key] === asked?.[key])
  }

  async #next(): Promise<void> {
    clearTimeout(this.#timer)
    const asked = this.#asked
    if (asked === null || knownNow().end !== null || this.#isAsking) return
    this.#isAsking = true
    try {
      if (!document.hidden) {
        const found = await this.#source.get<LiveHistogram | null>(
          `/api/histogram?${new URLSearchParams({ ...asked })}`,
        )
        if (found !== null) this.#histogram = found
        this.#onNews()
      }
    } catch {
      // The connection of events tells what is wrong.
    } finally {
      this.#isAsking = false
    }
    // Something else may have been asked for meanwhile.
    if (asked !== this.#asked) return void this.#next()
    if (this.histogram?.isFinal) return
    this.#timer = setTimeout(() => void this.#next(), EVERY_MS)
  }
}
