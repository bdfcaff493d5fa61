/** The page of a run under way. It lives on the thread that runs the job, which lets it have its turn between stages; what it does
 *  there takes one percent of the time at most, a half of it for histograms. What goes wrong with it never ends the run. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '../../config/index.js'
import { UsageError } from '../../core/errors.js'
import type { OnRunEvent } from '../../job/events.js'
import { threadCpuClock } from '../../run/cpu-clock.js'
import type { PageRequest, Routes } from '../answer.js'
import { EventFeed } from '../events.js'
import type { PageModel } from '../model.js'
import { type PageServer, servePage } from '../server.js'
import { Budget, type Clocks } from './budget.js'
import { Follower } from './follower.js'
import type { LiveEnd, LiveHistogram } from './state.js'

/** Pages are told of changes so often at most, and of long ones. */
const TELL_MS = 250
const TELL_ALL_MS = 1000
/** Between two looks at histograms. */
const LOOK_MS = 100
/** A histogram is given as it was then, before it is looked at again. */
const FRESH_MS = 900
/** Without a turn. */
const TURN_MS = 50
/** For the last words to pages that are slow to read. */
const LAST_WORDS_MS = 500
/** Histograms in the last words: a page has about so many bytes a bin. */
const MOST_LAST_BYTES = 2e6
const BYTES_PER_BIN = 40

export interface LiveOptions {
  readonly job: Job
  /** 0: one that is free. One that is in use is replaced by such a one, with a warning. */
  readonly port: number
  /** What is wrong with the page, once. */
  readonly onWarning: (message: string) => void
}

export interface LivePage {
  /** With the token. */
  readonly url: string
  readonly onEvent: OnRunEvent
  /** Of a Context. */
  readonly turn: () => Promise<void> | null
  /** A warning of the run. */
  warn(message: string): void
  /** Tells pages how the run has ended, and ends their connections. Never rejects. */
  end(phase: 'done' | 'failed' | 'interrupted', message: string | null): Promise<void>
}

/** Listens when it resolves. Throws UsageError where no port can be had. */
export async function openLivePage({ job, port, onWarning }: LiveOptions): Promise<LivePage> {
  const follower = new Follower(job)
  const clocks = newClocks()
  const telling = new Telling(follower, clocks)
  const histograms = new Histograms(follower, clocks)
  const { output, version } = follower.job
  const page: PageModel = { title: output, version, live: true }
  const routes: Routes = {
    'GET /api/page': () => page,
    'GET /api/events': telling.feed,
    'GET /api/histogram': request => histograms.answer(request),
  }
  const server = await serveAt(port, routes, onWarning)
  let isBroken = false
  /** The page stays as it is where it has failed. */
  const guarded = (work: () => void) => {
    if (isBroken) return
    try {
      work()
    } catch (error) {
      isBroken = true
      onWarning(`the page of the run stands still: ${(error as Error).message}`)
    }
  }
  let lastTurn = performance.now()
  return {
    url: server.url,
    onEvent: event => guarded(() => follower.tell(event)),
    turn() {
      if (performance.now() - lastTurn < TURN_MS) return null
      return new Promise(resolve => {
        setImmediate(() => {
          lastTurn = performance.now()
          resolve()
        })
      })
    },
    warn: message => guarded(() => follower.warn(message)),
    async end(phase, message) {
      guarded(() => follower.end(phase, message))
      guarded(() => telling.end())
      histograms.end()
      await telling.feed.end(LAST_WORDS_MS)
      await server.close()
    },
  }
}

async function serveAt(port: number, routes: Routes, onWarning: (message: string) => void): Promise<PageServer> {
  const onError = (error: Error) => onWarning(`the page of the run: ${error.message}`)
  try {
    return await servePage({ routes, port, onError })
  } catch (error) {
    if (port === 0 || !(error instanceof UsageError)) throw error
    const server = await servePage({ routes, port: 0, onError })
    onWarning(`--dashboard-address: port ${port} cannot be had: the page is at port ${server.port}`)
    return server
  }
}

function newClocks(): Clocks {
  const wall = () => performance.now()
  const cpu = threadCpuClock()
  return { wall, cost: cpu === null ? wall : () => 1000 * cpu() }
}

/** Tells all pages what has changed, while there are any. */
class Telling {
  readonly feed: EventFeed
  readonly #follower: Follower
  readonly #budget: Budget
  #timer: NodeJS.Timeout | undefined
  #allAt = 0

  constructor(follower: Follower, clocks: Clocks) {
    this.#follower = follower
    this.#budget = new Budget(TELL_MS, clocks)
    this.feed = new EventFeed(() => {
      this.#schedule()
      return [{ event: 'state', data: follower.snapshot() }]
    })
  }

  end(): void {
    clearTimeout(this.#timer)
    if (this.feed.size === 0) return
    this.feed.send('changes', this.#follower.changes(true))
    this.feed.send('end', lastWords(this.#follower))
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        if (this.feed.size === 0) return
        this.#budget.spend(() => this.#tell())
        this.#schedule()
      },
      Math.max(TELL_MS, this.#budget.waitMs),
    ).unref()
  }

  #tell(): void {
    const now = performance.now()
    const all = now >= this.#allAt
    if (all) this.#allAt = now + TELL_ALL_MS
    this.feed.send('changes', this.#follower.changes(all))
  }
}

/** Those of datasets that are done first: they cannot be had elsewhere before the page is closed. */
function lastWords(follower: Follower): LiveEnd {
  const all = follower.histograms()
  let bytes = 0
  const histograms = all.filter(({ axes }) => {
    bytes += 4 * BYTES_PER_BIN * axes.reduce((bins, { edges }) => bins + edges.length, 0)
    return bytes <= MOST_LAST_BYTES
  })
  return { histograms, leftOut: all.length - histograms.length }
}

/** Gives histograms to pages that ask, each as often as the run can bear. */
class Histograms {
  readonly #follower: Follower
  readonly #budget: Budget
  readonly #known = new Map<string, { readonly at: number; readonly histogram: LiveHistogram | null }>()

  readonly #ended = new AbortController()

  constructor(follower: Follower, clocks: Clocks) {
    this.#follower = follower
    this.#budget = new Budget(LOOK_MS, clocks)
  }

  /** Those who wait are answered now. */
  end(): void {
    this.#ended.abort()
  }

  async answer({ query, signal }: PageRequest): Promise<LiveHistogram | null> {
    const names = ['dataset', 'method', 'filter', 'name'].map(key => query.get(key) ?? '')
    const key = JSON.stringify(names)
    for (;;) {
      const known = this.#known.get(key)
      const now = performance.now()
      if (known !== undefined && (known.histogram?.isFinal || now - known.at < FRESH_MS)) return known.histogram
      const { waitMs } = this.#budget
      if (waitMs === 0 || signal.aborted || this.#ended.signal.aborted) break
      await sleep(waitMs, undefined, { signal: this.#ended.signal, ref: false }).catch(() => {})
    }
    const [dataset, method, filter, name] = names as [string, string, string, string]
    const histogram = this.#budget.spend(() => this.#follower.histogram(dataset, method, filter, name))
    if (histogram !== null) this.#known.set(key, { at: performance.now(), histogram })
    return histogram
  }
}
