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
import { collectOld } from '../run/collect.js'
import type { Arrived, Executor, GraphSpec, Segment } from '../run/executor.js'
import { errorFromWire } from '../run/wire-error.js'
import {
  type ChunkCost,
  chunksATask,
  LEAST_UNDER_WAY,
  MOST_CHUNKS,
  MOST_HELD_BYTES,
  RESULT_BYTES,
  TASKS_A_THREAD,
  WAITING_BYTES_A_THREAD,
} from './bounds.js'
import { Bridge, type BridgeEvent } from './bridge.js'
import { FetchWindow } from './fetch-window.js'
import { HeldResults } from './held-results.js'
import type { ClusterSpec } from './node-worker.js'
import type { ClusterOptions } from './options.js'
import { Turn } from './turn.js'

const WAITING_MS = 5_000
const WAITING_EVERY = 12
/** By Dask, of a task whose worker died. */
const RETRIES = 2

const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('/executor.js') ? './node-worker.js' : './cluster-worker.js', import.meta.url),
)

/** V8 frees what has been passed on so late by itself that 60 MB more are taken. */
const COLLECT_BYTES = 8e6

/** A task that has not been handed on. */
interface Task {
  readonly id: number
  readonly chunks: readonly Chunk[]
  readonly window: FetchWindow
  /** What `run` waits for. */
  readonly turn: Turn
  readonly arrived: Arrived | undefined
  /** All tasks before it have been handed on. */
  readonly isNext: () => boolean
  /** null: not here yet. */
  held: HeldResults | Error | null
}

/** For measuring: other workers, tasks of a fixed size. */
export interface ClusterTrial {
  /** Compiled program in place of node-worker.ts. */
  readonly worker: string
  readonly mostChunks: number
}

/** Starts the cluster. Throws UsageError where that cannot be done. */
export async function clusterExecutor(
  options: ClusterOptions,
  onWarning: (message: string) => void,
  { worker, mostChunks }: ClusterTrial = { worker: WORKER, mostChunks: MOST_CHUNKS },
): Promise<Executor> {
  const bridge = new Bridge(options.python)
  const tasks = new ClusterTasks(bridge, mostChunks, onWarning)
  try {
    await bridge.expect('ready')
    const started = bridge.expect('cluster')
    const node = {
      argv: [process.execPath, '--expose-gc', worker],
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
  readonly #mostChunks: number
  readonly #tasks = new Map<number, Task>()
  readonly #specs = new Map<string, string>()
  #nextId = 0
  #threads = 0
  /** What one takes and gives, smoothed. */
  #chunk: ChunkCost | null = null
  #failure: Error | null = null
  readonly #waiting: NodeJS.Timeout
  #waited = 0

  constructor(bridge: Bridge, mostChunks: number, onWarning: (message: string) => void) {
    this.#bridge = bridge
    this.#mostChunks = mostChunks
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
    if (this.#threads > 0 || this.#tasks.size === 0) this.#waited = 0
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
    const underWay: Task[] = []
    const turn = new Turn()
    /** Bytes of results, since memory has been collected. */
    let passedOn = 0
    const window = new FetchWindow(id => this.#bridge.send({ op: 'fetch', id }), MOST_HELD_BYTES)
    const give = (group: readonly Chunk[]) => {
      const isNext = () => underWay[0] === task
      const task: Task = { id: this.#nextId++, chunks: group, window, turn, arrived, isNext, held: null }
      underWay.push(task)
      this.#submit(key, task)
    }
    const onAbort = () => turn.fail(ctx.signal.reason as Error)
    ctx.signal.addEventListener('abort', onAbort, { once: true })
    const isFull = () => window.running >= this.#mostUnderWay() || window.elsewhere >= this.#mostElsewhere()
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
        if (group.length < this.#groupSize()) continue
        give(group)
        group = []
        yield* handOn(isFull)
      }
      if (group.length > 0) give(group)
      yield* handOn(() => true)
    } finally {
      ctx.signal.removeEventListener('abort', onAbort)
      this.#cancel(underWay)
    }
  }

  #mostElsewhere(): number {
    return WAITING_BYTES_A_THREAD * Math.max(1, this.#threads)
  }

  #mostUnderWay(): number {
    return Math.max(LEAST_UNDER_WAY, TASKS_A_THREAD * this.#threads)
  }

  #groupSize(): number {
    return this.#chunk === null ? 1 : chunksATask(this.#chunk, this.#mostChunks)
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

  #submit(key: string, task: Task): void {
    if (this.#failure !== null) throw this.#failure
    const { id, chunks, window } = task
    this.#tasks.set(id, task)
    window.add(id)
    this.#bridge.send({ op: 'task', id, key, retries: RETRIES }, serialize(chunks))
  }

  /** Those of them that have not been handed on. */
  #cancel(tasks: readonly Task[]): void {
    const ids = tasks.map(task => task.id).filter(id => this.#tasks.delete(id))
    if (ids.length > 0 && this.#failure === null) this.#bridge.send({ op: 'cancel', ids })
  }

  #see(event: BridgeEvent, payload: Buffer): void {
    if (event.event === 'workers') this.#threads = Number(event.threads)
    if (event.event === 'fatal') this.#fail(new DataError('OSError', `the cluster is gone: ${String(event.message)}.`))
    const task = event.id === undefined ? undefined : this.#tasks.get(event.id)
    if (task === undefined) return
    if (event.event === 'done') this.#isDone(task, event)
    else this.#isHere(task, event, payload)
  }

  /** Its result lies on a worker. What it took is not known where the worker could not tell. */
  #isDone({ id, chunks: { length }, window, turn }: Task, { bytes, seconds }: BridgeEvent): void {
    const known = typeof bytes === 'number' && typeof seconds === 'number'
    if (known) this.#chunk = smoothed(this.#chunk, { bytes: bytes / length, seconds: seconds / length })
    window.done(id, known ? bytes : RESULT_BYTES)
    turn.isNow()
  }

  #isHere(task: Task, event: BridgeEvent, payload: Buffer): void {
    this.#tasks.delete(task.id)
    if (event.event === 'finished' && event.ok === true) {
      task.held = new HeldResults(payload, task.arrived)
      if (!task.isNext()) task.held.show()
    } else task.held = this.#failureOf(event, task.chunks)
    task.turn.isNow()
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
    for (const { turn } of this.#tasks.values()) turn.fail(error)
    this.#tasks.clear()
  }
}

function smoothed(before: ChunkCost | null, now: ChunkCost): ChunkCost {
  if (before === null) return now
  const mix = (key: keyof ChunkCost) => 0.7 * before[key] + 0.3 * now[key]
  return { seconds: mix('seconds'), bytes: mix('bytes') }
}
