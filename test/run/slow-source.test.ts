/** Results go on while the next chunk is waited for: its file may be at a server that does not answer. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import type { Chunk } from '../../lib/core/types.js'
import { cutGraph } from '../../lib/graph/index.js'
import { processesExecutor, syncExecutor, threadsExecutor } from '../../lib/run/index.js'
import { chunk, ctx } from '../support/batches.js'
import { build } from './toy-graph.js'

const MODULE = new URL('./toy-graph.js', import.meta.url).href
const EXECUTORS = [syncExecutor, () => threadsExecutor(1), () => threadsExecutor(2), () => processesExecutor(2)]

for (const make of EXECUTORS) {
  const { name, workers } = make()
  test(`${name} with ${workers}: results of chunks before are given while a chunk is waited for`, async () => {
    const executor = make()
    const args = { chunks: 3 }
    const cut = cutGraph(build(args))
    let release = () => {}
    const stalled = new Promise<void>(resolve => {
      release = resolve
    })
    async function* chunks(): AsyncIterable<Chunk> {
      yield { ...chunk, partition: 0 }
      yield { ...chunk, partition: 1 }
      await stalled
      yield { ...chunk, partition: 2 }
    }
    const spec = { key: 'slow', module: MODULE, build: 'build', args }
    const seen: number[] = []
    for await (const result of executor.run({ cut, spec }, chunks(), { ...ctx, ahead: 8 })) {
      seen.push(result.chunk.partition)
      if (seen.length === 2) release()
    }
    await executor.close()
    equal(seen, [0, 1, 2])
  })

  test(`${name} with ${workers}: whoever stops does not wait for the next chunk`, async () => {
    const executor = make()
    const args = { chunks: 3 }
    const controller = new AbortController()
    async function* chunks(): AsyncIterable<Chunk> {
      yield { ...chunk, partition: 0 }
      await new Promise((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason))
      })
    }
    const spec = { key: 'stopped', module: MODULE, build: 'build', args }
    setTimeout(() => controller.abort(new Error('stopped')), 100)
    const began = performance.now()
    let failure = ''
    try {
      const run = executor.run({ cut: cutGraph(build(args)), spec }, chunks(), { ...ctx, signal: controller.signal })
      for await (const _ of run) {
        // Results are not looked at.
      }
    } catch (error) {
      failure = (error as Error).message
    }
    await executor.close()
    equal(failure, 'stopped')
    ok(performance.now() - began < 5000)
  })
}

test.run()
