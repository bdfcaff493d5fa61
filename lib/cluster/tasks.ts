/** Groups of chunks as tasks of Dask: what is given to it, what comes back and when, and what is done again.
 *
 *    chunks -> groups -> Bridge -> Dask -> Node workers -> Bridge -> by number -> results */
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import { remoteSettings } from '../bytes/settings.js'
import { ClusterError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import { collectOld } from '../run/collect.js'
import type { Arrived, GraphSpec, Segment } from '../run/executor.js'
import { errorFromWire } from '../run/wire-error.js'
import {
  type ChunkCost,
  chunksATask,
  LEAST_UNDER_WAY,
  MOST_HELD_BYTES,
  RESULT_BYTES,
  TASKS_A_THREAD,
  WAITING_BYTES_A_THREAD,
} from './bounds.js'
import type { Bridge, BridgeEvent } from './bridge.js'
import { FetchWindow } from './fetch-window.js'
import { HeldResults } from './held-results.js'
import { makingLeaves, mayEnd } from './part-groups.js'
import { type ClusterSpec, UNREADABLE } from './spec.js'
import { Turn } from './turn.js'
import { collectModules } from './user-modules.js'
import type { ClusterWatch } from './watch.js'

/** By Dask, of a task whose worker died. */
const RETRIES = 2

/** V8 frees what has been passed on so late by itself that 60 MB more are taken. */
const COLLECT_BYTES = 8e6

/** A group of chunks that has not been handed on. */
interface Group {
  readonly id: number
  /** null: not here yet. */
  held: HeldResults | Error | null
}

/** A task of Dask: a group, or what is done of it once more. */
interface Answered {
  readonly resolve: (payloads: readonly Buffer[]) => void
  readonly reject: (error: Error) => void
  readonly chunks: readonly Chunk[]
  readonly key: string
  readonly ends: Ends
  readonly isAgain: boolean
}

/** What a run wants to hear of its tasks. */
interface Ends {
  readonly window: FetchWindow
  readonly turn: Turn
}

export class ClusterTasks {
  readonly #bridge: Bridge
  readonly #pending = new Map<number, Answered>()
  readonly #specs = new Map<string, string>()
  readonly #watch: ClusterWatch
  readonly #mostChunks: number
  #nextId = 0
  /** What one takes and gives, smoothed. */
  #chunk: ChunkCost | null = null
  #failure: Error | null = null

  constructor(bridge: Bridge, watch: ClusterWatch, mostChunks: number) {
    this.#bridge = bridge
    this.#watch = watch
    this.#mostChunks = mostChunks
    bridge.onEvent((event, payload) => this.#see(event, payload))
  }

  get hasFailed(): boolean {
    return this.#failure !== null
  }

  async *run(
    segment: Segment,
    chunks: AsyncIterable<Chunk>,
    ctx: Context,
    arrived: Arrived | undefined,
  ): AsyncIterable<ChunkResult> {
    const key = this.#spec(segment.spec, ctx)
    const leaves = ctx.made?.place == null ? [] : makingLeaves(segment.cut)
    const before = this.#watch.bytes
    const underWay: Group[] = []
    const turn = new Turn()
    const window = new FetchWindow(id => this.#bridge.send({ op: 'fetch', id }), MOST_HELD_BYTES)
    const ends: Ends = { window, turn }
    const give = (chunks: readonly Chunk[]) => {
      const group: Group = { id: this.#nextId, held: null }
      underWay.push(group)
      window.add(group.id)
      const here = (held: HeldResults | Error) => {
        group.held = held
        if (held instanceof HeldResults && underWay[0] !== group) held.show()
        turn.isNow()
      }
      this.#submit(key, chunks, ends).then(payloads => here(new HeldResults(payloads, arrived)), here)
    }
    const onAbort = () => turn.fail(ctx.signal.reason as Error)
    ctx.signal.addEventListener('abort', onAbort, { once: true })
    const isFull = () => window.running >= this.#mostUnderWay() || window.elsewhere >= this.#mostElsewhere()
    /** Bytes of results, since memory has been collected. */
    let passedOn = 0
    /** What is there and next; waits for it while `wait` says so. */
    const handOn = async function* (wait: () => boolean) {
      while (underWay.length > 0) {
        ctx.signal.throwIfAborted()
        const { id, held } = underWay[0]!
        if (held instanceof Error) throw held
        if (held !== null) {
          yield* held.results()
          underWay.shift()
          window.remove(id)
          if ((passedOn += held.bytes) > COLLECT_BYTES) {
            passedOn = 0
            collectOld()
          }
        } else if (wait()) await turn.next()
        else return
      }
    }
    try {
      let group: Chunk[] = []
      for await (const chunk of chunks) {
        ctx.signal.throwIfAborted()
        group.push(chunk)
        const most = this.#mostChunks
        if (group.length < this.#groupSize()) continue
        if (group.length < most && !mayEnd(leaves, chunk, this.#chunk?.seconds ?? null, most)) continue
        give(group)
        group = []
        yield* handOn(isFull)
      }
      if (group.length > 0) give(group)
      yield* handOn(() => true)
    } finally {
      ctx.signal.removeEventListener('abort', onAbort)
      this.#cancel(ends)
      ctx.log.debug({ pass: segment.spec.key, bytes: this.#watch.bytes - before }, 'results came through the bridge')
    }
  }

  #mostUnderWay(): number {
    return Math.max(LEAST_UNDER_WAY, TASKS_A_THREAD * this.#watch.threads)
  }

  #mostElsewhere(): number {
    return WAITING_BYTES_A_THREAD * Math.max(1, this.#watch.threads)
  }

  #groupSize(): number {
    return this.#chunk === null ? 1 : chunksATask(this.#chunk, this.#mostChunks)
  }

  /** Tells the bridge of a graph, once. */
  #spec({ key, build, args, modules = [] }: GraphSpec, { ahead, made }: Context): string {
    const known = this.#specs.get(key)
    if (known !== undefined) return known
    const making = made?.place ?? null
    const sent = collectModules(modules)
    const bytes = serialize({
      build,
      args,
      ahead,
      remote: remoteSettings(),
      making,
      modules: sent,
    } satisfies ClusterSpec)
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    this.#specs.set(key, name)
    this.#bridge.send({ op: 'spec', key: name }, bytes)
    return name
  }

  /** What the chunks give, in their order. again: a part of a group that was too much, or a group that is to be done leniently. */
  #submit(
    key: string,
    chunks: readonly Chunk[],
    ends: Ends,
    again: { readonly lenient: boolean } | null = null,
  ): Promise<readonly Buffer[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, chunks, key, ends, isAgain: again !== null })
      this.#watch.tasks = this.#pending.size
      const head = again?.lenient === true ? { lenient: true } : {}
      this.#bridge.send({ op: 'task', id, key, retries: RETRIES, head }, serialize(chunks))
    })
  }

  /** What the run still waits for. */
  #cancel(of: Ends): void {
    const ids = [...this.#pending].filter(([, { ends }]) => ends === of).map(([id]) => id)
    if (ids.length === 0) return
    for (const id of ids) this.#pending.delete(id)
    this.#watch.tasks = this.#pending.size
    if (this.#failure === null) this.#bridge.send({ op: 'cancel', ids })
  }

  #see(event: BridgeEvent, payload: Buffer): void {
    this.#watch.see(event)
    const { event: name } = event
    if (name === 'fatal') this.#fail(new ClusterError(`the cluster is gone: ${String(event.message)}.`))
    if (name === 'fatal-cluster') this.#fail(new ClusterError(`the cluster gives up: ${String(event.message)}`))
    const answered = event.id === undefined ? undefined : this.#pending.get(event.id)
    if (answered === undefined) return
    if (name === 'done') this.#isDone(event.id!, answered, event)
    if (name === 'finished' || name === 'failed' || name === 'error') this.#isHere(event.id!, answered, event, payload)
  }

  /** Its result lies on a worker. What it took is not known where the worker could not tell. */
  #isDone(id: number, { chunks: { length }, ends, isAgain }: Answered, { bytes, seconds }: BridgeEvent): void {
    const known = typeof bytes === 'number' && typeof seconds === 'number'
    if (known && bytes > 0) this.#chunk = smoothed(this.#chunk, { bytes: bytes / length, seconds: seconds / length })
    // Its group has had its turn in the window already.
    if (isAgain) this.#bridge.send({ op: 'fetch', id })
    else ends.window.done(id, known ? bytes : RESULT_BYTES)
    ends.turn.isNow()
  }

  #isHere(id: number, { chunks, key, resolve, reject, ends }: Answered, event: BridgeEvent, payload: Buffer): void {
    this.#pending.delete(id)
    this.#watch.tasks = this.#pending.size
    if (event.event === 'finished' && event.ok === true) resolve([payload])
    else if (event.kind === 'memory' && chunks.length > 1) {
      // What is too much at once may be done piece by piece.
      const middle = chunks.length >> 1
      const halves = [chunks.slice(0, middle), chunks.slice(middle)]
      const parts = halves.map(half => this.#submit(key, half, ends, { lenient: false }))
      Promise.all(parts).then(all => resolve(all.flat()), reject)
    } else if (event.event === 'failed' && String(event.message).startsWith(UNREADABLE)) {
      // Dask's attempts are used up: what cannot be read is now a value, as everywhere.
      this.#submit(key, chunks, ends, { lenient: true }).then(resolve, reject)
    } else reject(this.#failureOf(event, chunks))
  }

  #failureOf(event: BridgeEvent, chunks: readonly Chunk[]): Error {
    if (event.error !== undefined) return errorFromWire(event.error as Parameters<typeof errorFromWire>[0])
    const { file, start } = chunks[0]!
    const where = `${file} from entry ${start}${event.host === undefined ? '' : ` on ${String(event.host)}`}`
    const advice = event.kind === 'memory' ? ' Give workers more with --memory.' : ''
    return new ClusterError(`a task failed on the cluster (${where}): ${String(event.message)}.${advice}`)
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject, ends } of this.#pending.values()) {
      reject(error)
      ends.turn.fail(error)
    }
    this.#pending.clear()
  }
}

function smoothed(before: ChunkCost | null, now: ChunkCost): ChunkCost {
  if (before === null) return now
  const mix = (key: keyof ChunkCost) => 0.7 * before[key] + 0.3 * now[key]
  return { seconds: mix('seconds'), bytes: mix('bytes') }
}
