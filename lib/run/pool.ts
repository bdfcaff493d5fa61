/** The executor over a pool of workers. Chunks go out as workers become free, at most two a worker under way; results come
 *  back in chunk order whichever worker was faster:
 *
 *    chunks -> [ worker 0 ] -> reorder by id -> results
 *           -> [ worker 1 ] ->
 */
import { BugError, UsageError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import type { Arrived, Executor, Segment } from './executor.js'
import type { Reply, Request, WireError } from './messages.js'

/** One thread or process. */
export interface PoolWorker {
  post(request: Request): void
  onReply(listener: (reply: Reply) => void): void
  /** Called when the worker ends or breaks without having been asked to. */
  onDeath(listener: (reason: string) => void): void
  stop(): Promise<void>
}

interface Slot {
  readonly worker: PoolWorker
  readonly specs: Set<string>
  busy: number
}

interface Pending {
  readonly resolve: (result: ChunkResult) => void
  readonly reject: (error: Error) => void
  readonly slot: Slot
}

/** Chunks a worker may have: one being run, one waiting so that it never idles. */
const IN_FLIGHT = 2

export function poolExecutor(name: string, workers: number, start: () => PoolWorker): Executor {
  const slots: Slot[] = []
  const pending = new Map<number, Pending>()
  let nextId = 0
  let closing = false

  function addSlot(): Slot {
    const slot: Slot = { worker: start(), specs: new Set(), busy: 0 }
    slot.worker.onReply(reply => {
      const waiting = pending.get(reply.id)
      if (waiting === undefined) return
      pending.delete(reply.id)
      slot.busy--
      if (reply.kind === 'result') waiting.resolve(reply.result)
      else waiting.reject(errorFromWire(reply.error))
    })
    slot.worker.onDeath(reason => {
      if (closing) return
      for (const [id, p] of pending) {
        if (p.slot !== slot) continue
        pending.delete(id)
        p.reject(new BugError(`a worker of the ${name} executor ended unexpectedly: ${reason}`))
      }
    })
    slots.push(slot)
    return slot
  }

  function submit(segment: Segment, chunk: Chunk): Promise<ChunkResult> {
    const idle = slots.find(s => s.busy === 0)
    const slot = idle ?? (slots.length < workers ? addSlot() : slots.reduce((a, b) => (b.busy < a.busy ? b : a)))
    if (!slot.specs.has(segment.spec.key)) {
      slot.worker.post({ kind: 'spec', spec: segment.spec })
      slot.specs.add(segment.spec.key)
    }
    const id = nextId++
    slot.busy++
    slot.worker.post({ kind: 'chunk', id, key: segment.spec.key, chunk })
    return new Promise((resolve, reject) => pending.set(id, { resolve, reject, slot }))
  }

  async function* run(
    segment: Segment,
    chunks: AsyncIterable<Chunk>,
    ctx: Context,
    arrived?: Arrived,
  ): AsyncIterable<ChunkResult> {
    const underWay: Promise<ChunkResult>[] = []
    let sent = 0
    let handedOn = 0
    // Not a race against a promise of the abort: that would keep every result until the end of the run.
    const onAbort = () => {
      for (const [id, waiting] of pending) {
        pending.delete(id)
        waiting.reject(ctx.signal.reason as Error)
      }
    }
    ctx.signal.addEventListener('abort', onAbort, { once: true })
    try {
      for await (const chunk of chunks) {
        ctx.signal.throwIfAborted()
        const number = sent++
        const result = submit(segment, chunk).then(r => arrived?.(r, number === handedOn) ?? r)
        // Awaited in order below; an earlier failure may leave it unawaited.
        result.catch(() => {})
        underWay.push(result)
        if (underWay.length >= workers * IN_FLIGHT) {
          const next = await underWay.shift()!
          handedOn++
          yield next
        }
      }
      while (underWay.length > 0) {
        ctx.signal.throwIfAborted()
        const next = await underWay.shift()!
        handedOn++
        yield next
      }
    } finally {
      ctx.signal.removeEventListener('abort', onAbort)
    }
  }

  return {
    name,
    workers,
    run,
    close: async () => {
      closing = true
      await Promise.all(slots.map(s => s.worker.stop()))
    },
  }
}

function errorFromWire(error: WireError): Error {
  if (error.problems !== undefined) return new UsageError(error.problems)
  const made = new BugError(error.message)
  if (error.stack !== undefined) made.stack = error.stack
  return made
}
