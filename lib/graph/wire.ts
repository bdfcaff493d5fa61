/** Where stretches of the graph become Node streams. A batch may be tens of MB, so every stream made here holds one item.
 *
 *    results (async iterable, chunk order) -> Readable -> highland fork -+-> Readable -> sink 1
 *                                                                        +-> Readable -> sink 2
 *
 *  highland's fork shares back-pressure (the slowest sink governs), but an error in one branch neither closes the source nor
 *  ends the siblings. So every stream is registered here, and the first failure destroys all of them. */
import { Duplex, Readable, type Writable } from 'node:stream'
import type { Context, FlowStage, MapStage, Sink, Source } from '../core/types.js'

/** One consumer of a stream of results: takes what `select` finds in each result (undefined: nothing for it). */
export interface Branch<R> {
  readonly select: (result: R) => unknown
  readonly drain: (items: AsyncIterable<never>) => Promise<void>
}

/** Feeds every branch with the results, one result in flight, and settles when all have drained. The first failure of the
 *  source or of a branch stops all and is thrown, after every branch has cleaned up. */
export async function fanOut<R>(
  results: AsyncIterable<R>,
  branches: readonly Branch<R>[],
  ctx: Context,
): Promise<void> {
  if (branches.length === 0) {
    // Without forks there is nothing that a stream would be good for.
    for await (const _ of results) ctx.signal.throwIfAborted()
    return
  }
  const spine = toReadable(results)
  const streams: Readable[] = [spine]
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown) => {
    failure ??= { error }
    for (const stream of streams) stream.destroy(asError(error))
  }
  const onAbort = () => fail(ctx.signal.reason)
  spine.on('error', fail)
  ctx.signal.addEventListener('abort', onAbort, { once: true })
  // Loaded where something is forked: jobs without tables do without.
  const { default: highland } = await import('highland')
  const trunk = highland<R>(spine as NodeJS.ReadableStream)
  const drains = branches.map(branch => {
    const readable = pullReadable(trunk.fork().map(branch.select), highland.isNil)
    streams.push(readable)
    // A branch that fails stops reading: its stream says so first, and why comes after it.
    let stopped: Error | undefined
    readable.on('error', error => {
      if (error.name === 'AbortError') stopped = error
      else fail(error)
    })
    return branch.drain(readable as AsyncIterable<never>).then(() => {
      if (stopped !== undefined) fail(stopped)
    }, fail)
  })
  if (ctx.signal.aborted) onAbort()
  await Promise.all(drains)
  ctx.signal.removeEventListener('abort', onAbort)
  if (failure !== undefined) throw failure.error
}

/** A highland stream as a Readable that asks for one item at a time (highland's own toNodeStream keeps 16 in flight).
 *  undefined items are passed over. */
function pullReadable(stream: Highland.Stream<unknown>, isNil: (item: unknown) => boolean): Readable {
  const readable = new Readable({
    objectMode: true,
    highWaterMark: 1,
    read() {
      stream.pull((error: Error | null, item: unknown) => {
        if (error) this.destroy(error)
        else if (isNil(item)) this.push(null)
        else if (item === undefined) this._read(1)
        else this.push(item)
      })
    },
  })
  return readable
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** A map or flow stage as a Node Duplex in object mode, for `stream.pipeline` and for highland's `.through`. Holds one item
 *  each way. */
export function toDuplex<I, O>(stage: MapStage<I, O> | FlowStage<I, O>, ctx: Context): Duplex {
  const run = stage.kind === 'flow' ? stage.flow : (items: AsyncIterable<I>) => mapItems(stage, items, ctx)
  return Duplex.from((items: AsyncIterable<I>) => run(items, ctx))
}

async function* mapItems<I, O>(stage: MapStage<I, O>, items: AsyncIterable<I>, ctx: Context): AsyncIterable<O> {
  for await (const item of items) {
    ctx.signal.throwIfAborted()
    const value = await stage.map(item, ctx)
    if (value !== null) yield value
  }
}

/** A source as a Node Readable in object mode. */
export function toReadable<O>(items: AsyncIterable<O>): Readable {
  return Readable.from(items, { objectMode: true, highWaterMark: 1 })
}

/** A source as the first stream of `stream.pipeline`. */
export function sourceToReadable<O>(source: Source<O>, ctx: Context): Readable {
  return toReadable(source.open(ctx))
}

/** A sink as the last stream of `stream.pipeline`, which settles when the sink has drained. */
export function sinkToWritable<I>(sink: Sink<I>, ctx: Context): Writable {
  return Duplex.from((items: AsyncIterable<I>) => sink.drain(items, ctx))
}
