/** The executor over a pool of workers. Chunks go out as workers become free, at most IN_FLIGHT a worker; results come
 *  back in chunk order whichever worker was faster:
 *
 *    chunks -> [ worker 0 ] -> reorder by id -> results
 *           -> [ worker 1 ] ->
 *
 *  One of the workers may be the calling thread, whose code is loaded and warm already. */
import { remoteSettings } from '../bytes/settings.js'
import { remoteWarnings } from '../bytes/warnings.js'
import { BugError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import { type ChunkResult, runSegment } from '../graph/segment.js'
import { Asking } from './asking.js'
import { collectYoung } from './collect.js'
import type { Arrived, Executor, Segment } from './executor.js'
import type { Reply, Request } from './messages.js'
import { errorFromWire } from './wire-error.js'
import { Worked } from './worked.js'

/** One thread or process. */
export interface PoolWorker {
  post(request: Request): void
  onReply(listener: (reply: Reply) => void): void
  /** Called with why, when the worker ends or breaks without having been asked to. */
  onDeath(listener: (reason: Error) => void): void
  stop(): Promise<void>
}

interface Slot {
  /** null: the calling thread. */
  readonly worker: PoolWorker | null
  /** Key of the spec that it was told last, which is the one that it has. */
  spec: string | null
  readonly worked: Worked
  /** It has answered: what it needs to begin with is loaded. */
  warm: boolean
  /** Why it has ended. */
  dead: Error | null
}

/** A chunk that has been given out. */
interface Given {
  readonly result: Promise<ChunkResult>
  settled: boolean
}

interface Pending {
  readonly chunk: Chunk
  readonly resolve: (result: ChunkResult) => void
  readonly reject: (error: Error) => void
  readonly slot: Slot
}

/** Chunks a worker may have: one being run, and so many waiting that it never idles while the calling thread is at one of its own
 *  (400 files on two workers: 2.72 s with 3, 2.91 s with 2, no better with 4). */
const IN_FLIGHT = 3
/** Results a worker that may wait for those of chunks before. */
const WAITING = 1

/** The same for one that is still being started, with its first chunk: meanwhile others do so many. */
const WAITING_FOR_COLD = 12

interface PoolOptions {
  /** The calling thread is one of the workers. */
  readonly own: boolean
}

/** Of a worker that went by itself. */
export function endedUnexpectedly(executor: string, reason: string): BugError {
  return new BugError(`a worker of the ${executor} executor ended unexpectedly: ${reason}`)
}

export function poolExecutor(name: string, workers: number, start: () => PoolWorker, { own }: PoolOptions): Executor {
  const newSlot = (worker: PoolWorker | null): Slot => ({
    worker,
    spec: null,
    worked: new Worked(),
    warm: worker === null,
    dead: null,
  })
  const slots: Slot[] = own ? [newSlot(null)] : []
  let ownTurn: Promise<unknown> = Promise.resolve()
  /** What the calling thread will do next. */
  const ownChunks: Chunk[] = []
  const pending = new Map<number, Pending>()
  let nextId = 0
  let closing = false
  let begun = false
  /** More where workers look further ahead. */
  let inFlight = IN_FLIGHT

  function capacity({ warm }: Slot): number {
    return warm ? inFlight : 1
  }

  function addSlot(): Slot {
    const worker = start()
    const slot = newSlot(worker)
    worker.onReply(reply => {
      if (reply.kind === 'warning') return remoteWarnings.add(reply.message)
      const waiting = pending.get(reply.id)
      if (waiting === undefined) return
      pending.delete(reply.id)
      slot.worked.end(reply.kind === 'result' ? reply.result : null)
      slot.warm = true
      // With the chunk that was sent, not a copy of it: reports keep one for each of thousands of files.
      if (reply.kind === 'result') waiting.resolve({ ...reply.result, chunk: waiting.chunk })
      else waiting.reject(errorFromWire(reply.error))
    })
    worker.onDeath(reason => {
      if (closing) return
      slot.dead ??= reason
      for (const [id, p] of pending) {
        if (p.slot !== slot) continue
        pending.delete(id)
        p.reject(slot.dead)
      }
    })
    slots.push(slot)
    return slot
  }

  /** Other workers first: the calling thread comes back here after each of its chunks, they need one that waits. One that has
   *  not answered yet is still being started. */
  function freeSlot(): Slot {
    const other = slots.find(s => s.worker !== null && s.worked.busy < capacity(s))
    if (other !== undefined) return other
    const isFirst = own && !begun
    begun = true
    if (slots.length < workers && !isFirst) return addSlot()
    return slots.reduce((a, b) => (b.worked.busy - capacity(b) < a.worked.busy - capacity(a) ? b : a))
  }

  function isFull(): boolean {
    return slots.length === workers && slots.every(s => s.worked.busy >= capacity(s))
  }

  /** Chunks that may be given out before the first of them has come back. */
  function mostUnderWay(): number {
    return workers * (inFlight + WAITING) + slots.filter(s => !s.warm).length * WAITING_FOR_COLD
  }

  function submit(segment: Segment, chunk: Chunk, ctx: Context): Promise<ChunkResult> {
    const slot = freeSlot()
    slot.worked.take(chunk)
    if (slot.worker === null) {
      ownChunks.push(chunk)
      return runHere(slot, () => {
        ownChunks.shift()
        return runSegment(segment.cut, chunk, ctx, k => ownChunks[k]).finally(collectYoung)
      })
    }
    // It may have died when it had nothing to do.
    if (slot.dead !== null) return Promise.reject(slot.dead)
    if (slot.spec !== segment.spec.key) {
      slot.worker.post({
        kind: 'spec',
        spec: segment.spec,
        measure: ctx.cpu !== undefined,
        ahead: ctx.ahead,
        remote: remoteSettings(),
      })
      slot.spec = segment.spec.key
    }
    const id = nextId++
    slot.worker.post({ kind: 'chunk', id, key: segment.spec.key, chunk })
    return new Promise((resolve, reject) => pending.set(id, { chunk, resolve, reject, slot }))
  }

  /** One chunk after the other, and what the other workers have sent in between. */
  function runHere(slot: Slot, work: () => Promise<ChunkResult>): Promise<ChunkResult> {
    const result = ownTurn.then(() => new Promise(resolve => setImmediate(resolve))).then(work)
    ownTurn = result.then(
      ended => slot.worked.end(ended),
      () => slot.worked.end(null),
    )
    return result
  }

  async function* run(
    segment: Segment,
    chunks: AsyncIterable<Chunk>,
    ctx: Context,
    arrived?: Arrived,
  ): AsyncIterable<ChunkResult> {
    inFlight = Math.max(IN_FLIGHT, ctx.ahead ?? 1)
    const underWay: Given[] = []
    let sent = 0
    let handedOn = 0
    let wake = () => {}
    /** A result has come, or the next chunk. */
    const news = () =>
      new Promise<void>(resolve => {
        wake = resolve
      })
    const give = (chunk: Chunk) => {
      const number = sent++
      const result = submit(segment, chunk, ctx).then(r => arrived?.(r, number === handedOn) ?? r)
      const given: Given = { result, settled: false }
      const settle = () => {
        given.settled = true
        wake()
      }
      // Awaited in order below; an earlier failure may leave it unawaited.
      result.then(settle, settle)
      underWay.push(given)
    }
    const next = async () => {
      const result = await underWay.shift()!.result
      handedOn++
      return result
    }
    // Not a race against a promise of the abort: that would keep every result until the end of the run.
    const onAbort = () => {
      for (const [id, waiting] of pending) {
        pending.delete(id)
        waiting.reject(ctx.signal.reason as Error)
      }
      wake()
    }
    ctx.signal.addEventListener('abort', onAbort, { once: true })
    const source = new Asking(chunks, () => wake())
    try {
      for (;;) {
        // The next chunk may take its time, where its file is far: results that are there go on meanwhile.
        while (!source.isHere) {
          ctx.signal.throwIfAborted()
          if (underWay[0]?.settled) yield await next()
          else await news()
        }
        const chunk = source.take()
        if (chunk === undefined) break
        ctx.signal.throwIfAborted()
        while (isFull() || underWay.length >= mostUnderWay()) {
          if (underWay[0]!.settled) yield await next()
          else await news()
        }
        give(chunk)
      }
      while (underWay.length > 0) {
        ctx.signal.throwIfAborted()
        yield await next()
      }
    } finally {
      ctx.signal.removeEventListener('abort', onAbort)
      source.end()
    }
  }

  return {
    name,
    workers,
    workersNow: () => slots.map(slot => slot.worked.status()),
    run,
    close: async () => {
      closing = true
      await Promise.all(slots.map(s => s.worker?.stop()))
    },
  }
}
