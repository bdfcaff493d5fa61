/** The bytes of the next chunk are asked for while one is being worked on, where reading is slow. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { shared } from '../../lib/core/shared.js'
import type { Batch, Chunk } from '../../lib/core/types.js'
import { cutGraph, declareGraph } from '../../lib/graph/index.js'
import { type Executor, syncExecutor, threadsExecutor } from '../../lib/run/index.js'
import { closeTrees, decodeBranches } from '../../lib/stages/index.js'
import { chunk, ctx } from '../support/batches.js'

const CHUNKS = 4

/** What was done with a file whose reads are slow, or are not, in order. */
async function actions(executor: Executor, isSlow: boolean): Promise<string[]> {
  const log: string[] = []
  const tree = {
    entries: 10 * CHUNKS,
    branch: () => undefined,
    read: async (_: readonly string[], start: number) => {
      log.push(`read ${start}`)
      return new Map()
    },
    readAhead: (_: readonly string[], start: number) => {
      log.push(`ahead ${start}`)
      return true
    },
  }
  const file = { uuid: null, source: { isSlow }, close: async () => {} }
  shared('open trees', () => new Map()).set('slow.root:Events', { opening: Promise.resolve({ file, tree }), users: 0 })
  const graph = declareGraph(g => {
    g.from<Chunk>('source', { kind: 'source', name: 'chunks', open: chunks })
      .to<Batch>('decode', decodeBranches({ branches: ['x'], layout: null }))
      .to<Batch>('work', {
        kind: 'map',
        name: 'work',
        map: batch => {
          log.push(`work ${batch.chunk.start}`)
          return batch
        },
      })
      .into('sink', { kind: 'sink', name: 'none', drain: async () => {} })
  })
  const cut = cutGraph(graph)
  const spec = { key: 'ahead', module: 'none', build: 'none', args: null }
  for await (const _ of executor.run({ cut, spec }, cut.source.open(ctx) as AsyncIterable<Chunk>, ctx)) {
    // Results are not looked at.
  }
  await executor.close()
  await closeTrees()
  return log
}

async function* chunks(): AsyncIterable<Chunk> {
  for (let k = 0; k < CHUNKS; k++) yield { ...chunk, file: 'slow.root', start: 10 * k, stop: 10 * k + 10 }
}

test('of a slow file the next chunk is asked for before the one before has been worked on', async () => {
  // That it is slow shows with the first chunk. The pool's only worker is the calling thread.
  for (const executor of [syncExecutor(), threadsExecutor(1)]) {
    const log = await actions(executor, true)
    for (const start of [20, 30]) {
      const asked = log.indexOf(`ahead ${start}`)
      ok(asked > log.indexOf(`read ${start - 10}`) && asked < log.indexOf(`work ${start - 10}`), log.join(', '))
    }
    equal(
      log.filter(entry => entry.startsWith('ahead')),
      ['ahead 20', 'ahead 30'],
    )
    equal(
      log.filter(entry => entry.startsWith('read')),
      ['read 0', 'read 10', 'read 20', 'read 30'],
    )
  }
})

test('of a file in the page cache nothing is asked for ahead', async () => {
  const log = await actions(syncExecutor(), false)
  equal(log, ['read 0', 'work 0', 'read 10', 'work 10', 'read 20', 'work 20', 'read 30', 'work 30'])
})

test.run()
