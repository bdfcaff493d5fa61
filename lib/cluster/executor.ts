/** The executor over a Dask cluster. Groups of chunks are its tasks; what they give comes back as from threads, and is handed on in the
 *  order of chunks, so that outputs are those of every other executor.
 *
 *    chunks -> groups -> Bridge -> Dask -> Node workers -> Bridge -> by number -> results
 */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { remoteSettings } from '../bytes/settings.js'
import { ClusterError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import type { Arrived, Executor, GraphSpec, Segment } from '../run/executor.js'
import { errorFromWire } from '../run/wire-error.js'
import { Bridge, type BridgeEvent } from './bridge.js'
import { removeJobs } from './cleanup.js'
import type { ClusterOptions } from './options.js'
import { makingLeaves, mayEnd } from './part-groups.js'
import { programDigest, programFiles, WORKER } from './program-files.js'
import { type ClusterSpec, UNREADABLE } from './spec.js'
import { endState, type RunState, readState } from './state.js'
import { ClusterWatch, type Voices } from './watch.js'
import { workerCredentials } from './worker-credentials.js'

/** Tasks a thread that are under way at a time: one that runs, and those that wait for it. */
const TASKS_A_THREAD = 3
/** Before workers have come. */
const LEAST_UNDER_WAY = 8
/** A task should take so long: what it costs to hand it over, 10 ms, does not show then. */
const TASK_SECONDS = 20
const MOST_CHUNKS = 50
/** By Dask, of a task whose worker died. */
const RETRIES = 2

interface Answered {
  readonly resolve: (results: ChunkResult[]) => void
  readonly reject: (error: Error) => void
  readonly chunks: readonly Chunk[]
  readonly key: string
}

/** Starts the cluster. state: where its jobs are noted down, for those that start some. Throws UsageError where that cannot be done. */
export async function clusterExecutor(
  options: ClusterOptions,
  voices: Voices,
  state: RunState | null = null,
): Promise<Executor> {
  const { env, files, warnings } = workerCredentials(options, state?.folder ?? '')
  for (const warning of warnings) voices.onWarning(warning)
  const bridge = new Bridge(options.python)
  const watch = new ClusterWatch(voices, options.scale ?? options.adapt?.maximum ?? options.workers)
  const tasks = new ClusterTasks(bridge, watch)
  const close = async () => {
    watch.close()
    await bridge.close()
    if (state !== null) tidy(state, tasks.hasFailed, voices)
  }
  try {
    await bridge.expect('ready')
    const started = bridge.expect('cluster')
    const node = {
      node: process.execPath,
      program: WORKER,
      digest: programDigest(),
      env,
      files,
      memory: options.memoryBytes,
      cwd: process.cwd(),
    }
    const { kind, args, scale, adapt, period, logs } = options
    const report = options.report === null ? null : resolve(options.report)
    const jobs = { period, state: state?.path ?? null, logs }
    bridge.send({ op: 'cluster', kind, args, node, program: programFiles(), scale, adapt, report, jobs })
    const { dashboard, scheduler } = await started
    voices.onNotice(`dashboard of the cluster: ${String(dashboard)} (scheduler ${String(scheduler)})`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    name: options.name,
    workers: options.workers,
    status: () => watch.status,
    run: (segment, chunks, ctx, arrived) => tasks.run(segment, chunks, ctx, arrived),
    close,
  }
}

/** The bridge removes its jobs; where it could not, since it was killed, they are removed here. */
function tidy(state: RunState, hasFailed: boolean, { onWarning }: Voices): void {
  const known = readState(state.path)
  if (known !== null) {
    const { outcome, message } = removeJobs(known)
    if (outcome === 'failed') onWarning(`batch jobs may be left (${message}). Try: tnp-pipe cleanup`)
    return
  }
  endState(state, hasFailed)
}

class ClusterTasks {
  readonly #bridge: Bridge
  readonly #pending = new Map<number, Answered>()
  readonly #specs = new Map<string, string>()
  readonly #watch: ClusterWatch
  #nextId = 0
  /** Seconds that a chunk takes, smoothed. */
  #chunkSeconds: number | null = null
  #failure: Error | null = null

  constructor(bridge: Bridge, watch: ClusterWatch) {
    this.#bridge = bridge
    this.#watch = watch
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
        if (group.length < MOST_CHUNKS && !mayEnd(leaves, chunk, this.#chunkSeconds, MOST_CHUNKS)) continue
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
      ctx.log.debug({ pass: segment.spec.key, bytes: this.#watch.bytes - before }, 'results came through the bridge')
    }
  }

  #mostUnderWay(): number {
    return Math.max(LEAST_UNDER_WAY, TASKS_A_THREAD * this.#watch.threads)
  }

  #groupSize(): number {
    if (this.#chunkSeconds === null) return 1
    return Math.max(1, Math.min(MOST_CHUNKS, Math.round(TASK_SECONDS / this.#chunkSeconds)))
  }

  /** Tells the bridge of a graph, once. */
  #spec({ key, build, args }: GraphSpec, { ahead, made }: Context): string {
    const known = this.#specs.get(key)
    if (known !== undefined) return known
    const making = made?.place ?? null
    const bytes = serialize({ build, args, ahead, remote: remoteSettings(), making } satisfies ClusterSpec)
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    this.#specs.set(key, name)
    this.#bridge.send({ op: 'spec', key: name }, bytes)
    return name
  }

  #submit(key: string, chunks: readonly Chunk[], isLenient = false): Promise<ChunkResult[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, chunks, key })
      this.#watch.tasks = this.#pending.size
      this.#bridge.send(
        { op: 'task', id, key, retries: RETRIES, head: isLenient ? { lenient: true } : {} },
        serialize(chunks),
      )
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
    this.#watch.see(event)
    const { event: name } = event
    if (name === 'fatal') this.#fail(new ClusterError(`the cluster is gone: ${String(event.message)}.`))
    if (name === 'fatal-cluster') this.#fail(new ClusterError(`the cluster gives up: ${String(event.message)}`))
    if (event.id === undefined || (name !== 'finished' && name !== 'failed' && name !== 'error')) return
    const answered = this.#pending.get(event.id)
    if (answered === undefined) return
    this.#pending.delete(event.id)
    this.#watch.tasks = this.#pending.size
    const { chunks, key, resolve, reject } = answered
    if (name === 'finished' && event.ok === true) {
      const each = Number(event.seconds) / chunks.length
      this.#chunkSeconds = this.#chunkSeconds === null ? each : 0.7 * this.#chunkSeconds + 0.3 * each
      resolve(deserialize(payload) as ChunkResult[])
    } else if (event.kind === 'memory' && chunks.length > 1) {
      // What is too much at once may be done piece by piece.
      const middle = chunks.length >> 1
      const halves = [chunks.slice(0, middle), chunks.slice(middle)]
      Promise.all(halves.map(half => this.#submit(key, half))).then(all => resolve(all.flat()), reject)
    } else if (name === 'failed' && String(event.message).startsWith(UNREADABLE)) {
      // Dask's attempts are used up: what cannot be read is now a value, as everywhere.
      this.#submit(key, chunks, true).then(resolve, reject)
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
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
