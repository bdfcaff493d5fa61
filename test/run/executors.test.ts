import { test } from 'uvu'
import { equal, instance, match, ok } from 'uvu/assert'
import { BugError, DataError } from '../../lib/core/errors.js'
import type { Chunk } from '../../lib/core/types.js'
import { type Cut, cutGraph } from '../../lib/graph/index.js'
import {
  type Executor,
  executeGraph,
  type GraphResult,
  processesExecutor,
  syncExecutor,
  threadsExecutor,
} from '../../lib/run/index.js'
import { ctx } from '../support/batches.js'
import { build, drained, type ToyArgs } from './toy-graph.js'

const MODULE = new URL('./toy-graph.js', import.meta.url).href

async function run(executor: Executor, args: ToyArgs, tolerate = false, signal = ctx.signal): Promise<GraphResult> {
  drained.length = 0
  const spec = { key: JSON.stringify(args), module: MODULE, build: 'build', args }
  try {
    return await executeGraph(build(args), spec, executor, { ...ctx, signal }, { tolerate: () => tolerate })
  } finally {
    await executor.close()
  }
}

const executors: readonly (readonly [string, () => Executor])[] = [
  ['sync', syncExecutor],
  ['threads 1', () => threadsExecutor(1)],
  ['threads 3', () => threadsExecutor(3)],
  ['processes 2', () => processesExecutor(2)],
]

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

test('every executor gives the same values, items and order', async () => {
  let want: unknown
  for (const [name, make] of executors) {
    const result = await run(make(), { chunks: 20 })
    const got = { values: [...result.values], counts: [...result.counts], events: result.events, drained: [...drained] }
    want ??= got
    equal(got, want, name)
  }
  ok(drained.includes('items 19') && drained.includes('items end') && drained.includes('sum end'))
})

test('a chunk that cannot be read is skipped where that is tolerated, and folds are told', async () => {
  for (const [name, make] of executors) {
    const result = await run(make(), { chunks: 4, unreadable: 2 }, true)
    equal(
      result.failures.map(f => [f.chunk.partition, f.failure.exception]),
      [[2, 'OSError']],
      name,
    )
    match(result.values.get('sum') as string, /,2$/)
    equal(result.events, 30)
  }
})

test('a chunk that cannot be read stops the run where it is not tolerated', async () => {
  for (const [name, make] of executors) {
    const error = await failure(run(make(), { chunks: 50, unreadable: 2 }))
    instance(error, DataError, name)
    equal(error.message, 'toy 2 is truncated')
    ok(!drained.includes('items end'), 'sinks do not finish')
  }
})

test('a broken stage is a BugError that names stage and chunk', async () => {
  for (const [name, make] of executors) {
    const error = await failure(run(make(), { chunks: 50, broken: 3 }, true))
    instance(error, BugError, name)
    equal(error.message, 'stage "decode": an invariant broke (toy.root [3, end))')
  }
})

test('a worker that dies ends the run with an error, not a hang', async () => {
  for (const make of [() => threadsExecutor(2), () => processesExecutor(2)]) {
    const error = await failure(run(make(), { chunks: 50, dies: 3 }))
    ok(/ended unexpectedly: exit code 7/.test(error.message), error.message)
  }
})

test('an abort ends every executor', async () => {
  for (const [name, make] of executors) {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('stopped')), 20)
    const error = await failure(run(make(), { chunks: 100000 }, false, controller.signal))
    equal(error.message, 'stopped', name)
    ok(!drained.includes('items end'))
  }
})

test('results are seen as they arrive, and what is made of them goes on in chunk order', async () => {
  for (const [name, make] of executors) {
    const executor = make()
    const graph = build({ chunks: 20 })
    const spec = { key: 'arrivals', module: MODULE, build: 'build', args: { chunks: 20 } }
    const seen: number[] = []
    const handedOn: number[] = []
    const chunks = head(cutGraph(graph))
    const results = executor.run({ cut: cutGraph(graph), spec }, chunks, ctx, async (result, isNext) => {
      const { partition } = result.chunk
      // Results that were handed on are at most one ahead of what this loop has seen of them.
      if (isNext) ok(partition - handedOn.length <= 1, name)
      seen.push(partition)
      return { ...result, counts: new Map([['seen', partition]]) }
    })
    for await (const { chunk, counts } of results) {
      equal(counts.get('seen'), chunk.partition, name)
      handedOn.push(chunk.partition)
    }
    const all = Array.from({ length: 20 }, (_, i) => i)
    equal(handedOn, all, name)
    equal(
      seen.toSorted((a, b) => a - b),
      all,
    )
    if (name === 'threads 3') ok(seen.join() !== all.join(), 'some arrive before their turn')
    await executor.close()
  }
})

async function* head(cut: Cut): AsyncIterable<Chunk> {
  yield* cut.source.open(ctx) as AsyncIterable<Chunk>
}

test('no chunks at all are a run without results', async () => {
  for (const [, make] of executors) {
    const result = await run(make(), { chunks: 0 })
    equal(result.events, 0)
    equal(drained, ['items end', 'sum ', 'sum end'])
  }
})

test.run()
