/** Runs the segment of a graph on one chunk: where the events are cut, paired and filled. Called inline by the sync executor
 *  and in each worker by the others, so that results cannot depend on the executor. */
import { untilAborted } from '../core/abort.js'
import { BugError, DataError } from '../core/errors.js'
import type { Batch, Chunk, Context, MapStage, Pairs, ReadFailure, ReadRecord, Table } from '../core/types.js'
import { asFold, asMap, type Cut } from './cut.js'
import type { GraphNode } from './declare.js'
import { type NodeTime, stopwatch } from './stopwatch.js'

/** What one chunk gave: plain data that can be sent between threads and processes. */
export interface ChunkResult {
  readonly chunk: Chunk
  /** Leaf id -> fold partial or item; a leaf whose item was dropped on the way is absent. */
  readonly items: ReadonlyMap<string, unknown>
  /** Node id -> events, pairs or rows after the node. */
  readonly counts: ReadonlyMap<string, number>
  /** Node id -> what the node took. */
  readonly times: ReadonlyMap<string, NodeTime>
  readonly read: ReadRecord | null
  /** Set where the chunk could not be read; items and counts are empty then. */
  readonly failure: ReadFailure | null
  /** It was there already, from a run that was stopped. */
  readonly isResumed?: boolean
}

/** Runs every node of the segment in topological order. A DataError becomes `failure`; any other error is thrown with the
 *  node's id and the chunk in front. next: asked for the chunks that will come after this one, from 0 on. */
export async function runSegment(
  cut: Cut,
  chunk: Chunk,
  ctx: Context,
  next: (k: number) => Chunk | undefined = () => undefined,
): Promise<ChunkResult> {
  const values = new Map<GraphNode, unknown>()
  const items = new Map<string, unknown>()
  const counts = new Map<string, number>()
  const times = new Map<string, NodeTime>()
  const leaves = new Set(cut.leaves.map(l => l.node))
  let read: ReadRecord | null = null
  const ahead = new Ahead(next, ctx)
  for (const node of cut.segment) {
    ctx.signal.throwIfAborted()
    await ahead.giveTurn()
    const turn = ctx.turn?.()
    if (turn) await turn
    const input = node.input !== null && isInSegment(node.input) ? values.get(node.input) : chunk
    if (input === undefined || input === null) continue
    const time = stopwatch(ctx.cpu)
    try {
      if (node.stage.kind === 'fold') {
        items.set(node.id, asFold(node).partial(input, ctx))
        continue
      }
      const stage = asMap(node)
      const result = stage.map(input, ctx)
      if (stage.ahead !== undefined && input === chunk) ahead.begin(stage)
      const value: unknown = result instanceof Promise ? await untilAborted(result, ctx.signal) : result
      values.set(node, value)
      if (value === null) continue
      counts.set(node.id, countOf(value))
      read ??= (value as Batch).read ?? null
      if (leaves.has(node)) items.set(node.id, value)
    } catch (error) {
      if (error instanceof DataError) {
        const failure = { exception: error.exception, message: error.message }
        return { chunk, items: new Map(), counts: new Map(), times, read: null, failure }
      }
      if (ctx.signal.aborted) throw error
      throw inNode(error, node, chunk)
    } finally {
      times.set(node.id, time())
    }
  }
  return { chunk, items, counts, times, read, failure: null }
}

/** What is done for the chunks to come. It takes several steps, each of which waits for bytes, so that stages, which do not wait, have
 *  to let it have its turn between them. */
class Ahead {
  readonly #next: (k: number) => Chunk | undefined
  readonly #ctx: Context
  #stage: MapStage<Chunk, unknown> | null = null
  #busy = 0

  constructor(next: (k: number) => Chunk | undefined, ctx: Context) {
    this.#next = next
    this.#ctx = ctx
  }

  begin(stage: MapStage<Chunk, unknown>): void {
    this.#stage = stage
    this.#ask()
  }

  async giveTurn(): Promise<void> {
    // More chunks may be known by now.
    if ((this.#ctx.ahead ?? 1) > 1) this.#ask()
    if (this.#busy > 0) await new Promise(resolve => setImmediate(resolve))
  }

  #ask(): void {
    for (let k = 0; k < (this.#ctx.ahead ?? 1); k++) {
      const chunk = this.#next(k)
      if (chunk === undefined) return
      const work = this.#stage?.ahead?.(chunk, this.#ctx) ?? null
      if (work === null) continue
      this.#busy++
      const end = () => {
        this.#busy--
      }
      work.then(end, end)
    }
  }
}

function isInSegment(node: GraphNode): boolean {
  return node.stage.kind === 'map'
}

/** Events still in, pairs or rows: whatever the item counts. */
function countOf(item: unknown): number {
  const { event, events, length } = item as Partial<Pairs> & Partial<Batch> & Partial<Table>
  if (event !== undefined) return event.length
  return events === undefined || events === null ? (length ?? 1) : events.length
}

function inNode(error: unknown, node: GraphNode, chunk: Chunk): Error {
  if (!(error instanceof Error)) return new BugError(String(error))
  if (error.name === 'UsageError') return error
  const range = `[${chunk.start}, ${chunk.stop ?? 'end'})`
  return new BugError(`stage "${node.id}": ${error.message} (${chunk.file} ${range})`, { cause: error })
}
