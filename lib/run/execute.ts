/** Runs one declared graph: chunks from its head through an executor, then folds and sinks in chunk order. */

import { BugError, DataError, OutputError, type ReadExceptionName, UsageError } from '../core/errors.js'
import { PendingFiles } from '../core/publication.js'
import type { Chunk, Context, ReadFailure, Sink } from '../core/types.js'
import { checkShape } from '../graph/check.js'
import { asFold, asSink, type Cut, cutGraph, type Leaf } from '../graph/cut.js'
import type { GraphDeclaration } from '../graph/declare.js'
import type { ChunkResult } from '../graph/segment.js'
import { type Branch, fanOut } from '../graph/wire.js'
import { collectGrown } from './collect.js'
import type { Executor, GraphSpec } from './executor.js'
import { type GraphProfile, Profiler } from './profiler.js'

export interface ExecuteOptions {
  /** May this failure be skipped and reported? Otherwise the run stops with it. */
  readonly tolerate: (failure: ReadFailure, chunk: Chunk) => boolean
  /** Called before the first chunk. */
  readonly onBegin?: (pass: RunningPass) => void
  /** Called for each result, in chunk order. */
  readonly onResult?: (result: ChunkResult) => void
  /** Called after the last result and before sinks finish: throwing here discards everything. */
  readonly onEnd?: () => void | Promise<void>
}

/** A graph that is being run, to be looked at between results. */
export interface RunningPass {
  /** Folds that can be looked at: id -> what the fold would give of the results until now, which is not to be changed. */
  readonly folds: ReadonlyMap<string, () => unknown>
  readonly profile: () => GraphProfile
}

export interface GraphResult {
  /** What each fold gave, by node id. */
  readonly values: ReadonlyMap<string, unknown>
  /** Node id -> events, pairs or rows that left the node, over all chunks, in graph order. */
  readonly counts: ReadonlyMap<string, number>
  readonly profile: GraphProfile
  readonly events: number
  readonly failures: readonly { readonly chunk: Chunk; readonly failure: ReadFailure }[]
}

/** Settles when every sink has drained and its files have their names, which they get together. A failure that is not tolerated, or any other error, aborts every stretch and is
 *  thrown once all have cleaned up. */
export async function executeGraph(
  graph: GraphDeclaration,
  spec: GraphSpec,
  executor: Executor,
  ctx: Context,
  options: ExecuteOptions,
): Promise<GraphResult> {
  const publication = new PendingFiles()
  try {
    const result = await execute(graph, spec, executor, { ...ctx, publication }, options)
    await publication.commit()
    return result
  } catch (error) {
    await publication.discard()
    throw asLate(error, graph)
  }
}

/** Files that cannot be created now could be when the run began: the folder has gone since, and no option is wrong. */
function asLate(error: unknown, graph: GraphDeclaration): unknown {
  if (!(error instanceof UsageError)) return error
  const files = new Set(graph.nodes.flatMap(node => (node.stage as Sink<never>).writes ?? []))
  return error.problems.every(({ place }) => files.has(place))
    ? new OutputError(error.message, { cause: error })
    : error
}

async function execute(
  graph: GraphDeclaration,
  spec: GraphSpec,
  executor: Executor,
  ctx: Context,
  options: ExecuteOptions,
): Promise<GraphResult> {
  checkShape(graph)
  const cut = cutGraph(graph)
  const totals = new Totals(graph)
  const profiler = new Profiler(graph, ctx)
  const folds = cut.leaves.filter(l => l.node.stage.kind === 'fold').map(leaf => new RunningFold(leaf))
  options.onBegin?.({
    folds: new Map(folds.flatMap(fold => (fold.peek === null ? [] : [[fold.leaf.node.id, fold.peek]]))),
    profile: () => profiler.profile(totals.counts, totals.events),
  })
  const see = (result: ChunkResult) => {
    if (result.failure !== null && !options.tolerate(result.failure, result.chunk)) throw failureError(result.failure)
    totals.add(result)
    profiler.add(result)
    for (const fold of folds) profiler.measure(fold.leaf.node, () => fold.take(result))
    options.onResult?.(result)
    // This thread may run no chunks of its own, and so not collect.
    collectGrown()
  }
  const results = watch(executor.run({ cut, spec }, head(cut, ctx), ctx), see, options.onEnd)
  const itemLeaves = cut.leaves.filter(l => l.node.stage.kind !== 'fold')
  await fanOut(
    results,
    itemLeaves.flatMap(leaf => sinkBranches(leaf, profiler, ctx)),
    ctx,
  )
  const values = new Map(folds.map(f => [f.leaf.node.id, profiler.measure(f.leaf.node, () => f.done())]))
  for (const fold of folds) await drainValue(fold.leaf, values.get(fold.leaf.node.id), profiler, ctx)
  const { counts, events, failures } = totals
  return { values, counts, profile: profiler.profile(counts, events), events, failures }
}

/** The chunks of a graph. */
export async function* head(cut: Cut, ctx: Context): AsyncIterable<Chunk> {
  let items = cut.source.open(ctx) as AsyncIterable<unknown>
  for (const flow of cut.flows) items = flow.flow(items, ctx)
  yield* items as AsyncIterable<Chunk>
}

async function* watch(
  results: AsyncIterable<ChunkResult>,
  see: (result: ChunkResult) => void,
  end: ExecuteOptions['onEnd'],
): AsyncIterable<ChunkResult> {
  for await (const result of results) {
    see(result)
    yield result
  }
  await end?.()
}

function failureError(failure: ReadFailure): DataError {
  return new DataError(failure.exception as ReadExceptionName, failure.message)
}

class Totals {
  readonly counts = new Map<string, number>()
  readonly failures: { chunk: Chunk; failure: ReadFailure }[] = []
  events = 0
  constructor(graph: GraphDeclaration) {
    for (const node of graph.nodes) if (node.stage.kind === 'map') this.counts.set(node.id, 0)
  }
  add(result: ChunkResult): void {
    if (result.failure !== null) this.failures.push({ chunk: result.chunk, failure: result.failure })
    if (result.read !== null) this.events += result.read.stop - result.read.start
    for (const [id, n] of result.counts) this.counts.set(id, this.counts.get(id)! + n)
  }
}

class RunningFold {
  readonly leaf: Leaf
  private readonly state: unknown
  constructor(leaf: Leaf) {
    this.leaf = leaf
    this.state = asFold(leaf.node).init()
  }
  take(result: ChunkResult): void {
    const stage = asFold(this.leaf.node)
    if (result.failure !== null) stage.skip?.(this.state, result.chunk, result.failure)
    else if (result.items.has(this.leaf.node.id)) {
      stage.merge(this.state, result.items.get(this.leaf.node.id), result.chunk)
    }
  }
  done(): unknown {
    return asFold(this.leaf.node).done(this.state)
  }
  get peek(): (() => unknown) | null {
    const { peek } = asFold(this.leaf.node)
    return peek === undefined ? null : () => peek(this.state)
  }
}

function sinkBranches(leaf: Leaf, profiler: Profiler, ctx: Context): Branch<ChunkResult>[] {
  return leaf.sinks.map(sink => ({
    select: result => result.items.get(leaf.node.id),
    drain: items => profiler.drain(sink, items, measured => asSink(sink).drain(measured, ctx)),
  }))
}

async function drainValue(leaf: Leaf, value: unknown, profiler: Profiler, ctx: Context): Promise<void> {
  async function* one() {
    yield value
  }
  if (value === undefined && leaf.sinks.length > 0) throw new BugError(`fold "${leaf.node.id}" gave nothing`)
  for (const sink of leaf.sinks) {
    ctx.signal.throwIfAborted()
    await profiler.measureSink(sink, () => asSink(sink).drain(one(), ctx))
  }
}
