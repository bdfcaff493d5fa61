/** The executor over a Dask cluster. Groups of chunks are its tasks; what they give comes back as from threads, and is handed on in the
 *  order of chunks, so that outputs are those of every other executor.
 *
 *    chunks -> groups -> Bridge -> Dask -> Node workers -> Bridge -> by number -> results
 */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import { remoteSettings } from '../bytes/settings.js'
import { DataError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import type { Arrived, Executor, GraphSpec, Segment } from '../run/executor.js'
import { errorFromWire } from '../run/wire-error.js'
import { Bridge, type BridgeEvent } from './bridge.js'
import type { ClusterSpec } from './node-worker.js'
import type { ClusterOptions } from './options.js'
import { decodeResult, piecesOf } from './results.js'

/** Tasks a thread that are under way at a time: one that runs, and those that wait for it. */
const TASKS_A_THREAD = 3
/** Before workers have come. */
const LEAST_UNDER_WAY = 8
/** A task should take so long: what it costs to hand it over, 10 ms, does not show then. */
const TASK_SECONDS = 20
const MOST_CHUNKS = 50
const WAITING_MS = 5_000
const WAITING_EVERY = 12
/** By Dask, of a task whose worker died. */
const RETRIES = 2

const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('/executor.js') ? './node-worker.js' : './cluster-worker.js', import.meta.url),
)

interface Answered {
  readonly resolve: (results: ChunkResult[]) => void
  readonly reject: (error: Error) => void
  readonly chunks: readonly Chunk[]
}

/** Starts the cluster. Throws UsageError where that cannot be done. */
export async function clusterExecutor(
  options: ClusterOptions,
  onWarning: (message: string) => void,
): Promise<Executor> {
  const bridge = new Bridge(options.python)
  const tasks = new ClusterTasks(bridge, onWarning)
  try {
    await bridge.expect('ready')
    const started = bridge.expect('cluster')
    const node = {
      argv: [process.execPath, '--expose-gc', WORKER],
      env: {},
      memory: options.memoryBytes,
      cwd: process.cwd(),
    }
    bridge.send({ op: 'cluster', kind: options.kind, args: options.args, node })
    const { dashboard } = await started
    onWarning(`dashboard of the cluster: ${String(dashboard)}`)
  } catch (error) {
    await bridge.close()
    throw error
  }
  return {
    name: options.name,
    workers: options.workers,
    run: (segment, chunks, ctx, arrived) => tasks.run(segment, chunks, ctx, arrived),
    close: () => {
      tasks.close()
      return bridge.close()
    },
  }
}

class ClusterTasks {
  readonly #bridge: Bridge
  readonly #pending = new Map<number, Answered>()
  readonly #specs = new Map<string, string>()
  #nextId = 0
  #threads = 0
  /** Seconds that a chunk takes, smoothed. */
  #chunkSeconds: number | null = null
  #failure: Error | null = null
  readonly #waiting: NodeJS.Timeout
  #waited = 0

  constructor(bridge: Bridge, onWarning: (message: string) => void) {
    this.#bridge = bridge
    this.#waiting = setInterval(() => this.#tellOfWaiting(onWarning), WAITING_MS)
    // The bridge keeps the program going.
    this.#waiting.unref()
    bridge.onEvent((event, payload) => this.#see(event, payload))
  }

  close(): void {
    clearInterval(this.#waiting)
  }

  /** Dask waits for workers for ever, and says nothing: after 5 s, and then each minute, the user is told. */
  #tellOfWaiting(onWarning: (message: string) => void): void {
    if (this.#threads > 0 || this.#pending.size === 0) this.#waited = 0
    else if (this.#waited++ % WAITING_EVERY === 0) {
      const seconds = (this.#waited * WAITING_MS) / 1000
      onWarning(`the cluster has no workers (for ${seconds} s): nothing is done until they come. Ctrl-C ends the run`)
    }
  }

  async *run(
    segment: Segment,
    chunks: AsyncIterable<Chunk>,
    ctx: Context,
    arrived: Arrived | undefined,
  ): AsyncIterable<ChunkResult> {
    const key = this.#spec(segment.spec, ctx)
    const underWay: Promise<ChunkResult[]>[] = []
    let first = 0
    let handedOn = 0
    const give = (group: readonly Chunk[]) => {
      const begin = first
      first += group.length
      const result = this.#submit(key, group).then(async results => {
        const seen: ChunkResult[] = []
        for (const [k, one] of results.entries()) seen.push((await arrived?.(one, begin + k === handedOn)) ?? one)
        return seen
      })
      // Awaited in order below; an earlier failure may leave it unawaited.
      result.catch(() => {})
      underWay.push(result)
    }
    const onAbort = () => this.#cancel(ctx.signal.reason as Error)
    ctx.signal.addEventListener('abort', onAbort, { once: true })
    try {
      let group: Chunk[] = []
      for await (const chunk of chunks) {
        ctx.signal.throwIfAborted()
        group.push(chunk)
        if (group.length < this.#groupSize()) continue
        give(group)
        group = []
        while (underWay.length >= this.#mostUnderWay()) {
          for (const result of await underWay.shift()!) {
            handedOn++
            yield result
          }
        }
      }
      if (group.length > 0) give(group)
      while (underWay.length > 0) {
        ctx.signal.throwIfAborted()
        for (const result of await underWay.shift()!) {
          handedOn++
          yield result
        }
      }
    } finally {
      ctx.signal.removeEventListener('abort', onAbort)
      this.#cancel(new Error('the run has ended'))
    }
  }

  #mostUnderWay(): number {
    return Math.max(LEAST_UNDER_WAY, TASKS_A_THREAD * this.#threads)
  }

  #groupSize(): number {
    if (this.#chunkSeconds === null) return 1
    return Math.max(1, Math.min(MOST_CHUNKS, Math.round(TASK_SECONDS / this.#chunkSeconds)))
  }

  /** Tells the bridge of a graph, once. */
  #spec({ key, build, args }: GraphSpec, { ahead }: Context): string {
    const known = this.#specs.get(key)
    if (known !== undefined) return known
    const bytes = serialize({ build, args, ahead, remote: remoteSettings() } satisfies ClusterSpec)
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    this.#specs.set(key, name)
    this.#bridge.send({ op: 'spec', key: name }, bytes)
    return name
  }

  #submit(key: string, chunks: readonly Chunk[]): Promise<ChunkResult[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, chunks })
      this.#bridge.send({ op: 'task', id, key, retries: RETRIES }, serialize(chunks))
    })
  }

  #cancel(reason: Error): void {
    const ids = [...this.#pending.keys()]
    if (ids.length === 0) return
    for (const { reject } of this.#pending.values()) reject(reason)
    this.#pending.clear()
    if (this.#failure === null) this.#bridge.send({ op: 'cancel', ids })
  }

  #see(event: BridgeEvent, payload: Buffer): void {
    if (event.event === 'workers') this.#threads = Number(event.threads)
    if (event.event === 'fatal') this.#fail(new DataError('OSError', `the cluster is gone: ${String(event.message)}.`))
    if (event.id === undefined) return
    const answered = this.#pending.get(event.id)
    if (answered === undefined) return
    this.#pending.delete(event.id)
    if (event.event === 'finished' && event.ok === true) {
      const each = Number(event.seconds) / answered.chunks.length
      this.#chunkSeconds = this.#chunkSeconds === null ? each : 0.7 * this.#chunkSeconds + 0.3 * each
      answered.resolve(piecesOf(payload).map(decodeResult))
    } else answered.reject(this.#failureOf(event, answered.chunks))
  }

  #failureOf(event: BridgeEvent, chunks: readonly Chunk[]): Error {
    if (event.error !== undefined) return errorFromWire(event.error as Parameters<typeof errorFromWire>[0])
    const { file, start } = chunks[0]!
    const where = `${file} from entry ${start}${event.host === undefined ? '' : ` on ${String(event.host)}`}`
    const advice = event.kind === 'memory' ? ' Give workers more with --memory.' : ''
    return new DataError('OSError', `a task failed on the cluster (${where}): ${String(event.message)}.${advice}`)
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
