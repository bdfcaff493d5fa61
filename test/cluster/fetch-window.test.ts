/** Which results a driver asks for, and what becomes of those before their turn. */
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { FetchWindow } from '../../lib/cluster/fetch-window.js'
import { HeldResults } from '../../lib/cluster/held-results.js'
import { encodeResult, loadEncoder } from '../../lib/cluster/results.js'
import type { Chunk } from '../../lib/core/types.js'
import type { ChunkResult } from '../../lib/graph/segment.js'

function windowOf(most: number, tasks: number) {
  const asked: number[] = []
  const window = new FetchWindow(id => asked.push(id), most)
  for (let id = 0; id < tasks; id++) window.add(id)
  return { asked, window }
}

test('a slow first task: others stay on their workers beyond the bound, and come in order once it is there', () => {
  const { asked, window } = windowOf(25, 201)
  for (let id = 200; id > 0; id--) window.done(id, 10)
  // The first that were done, while there was room.
  equal(asked, [200, 199])
  is(window.held, 20)
  is(window.elsewhere, 1980)
  is(window.running, 1)
  window.done(0, 10)
  equal(asked, [200, 199, 0])
  // One after the other: never more than the next beside what is held.
  for (let id = 0; id < 199; id++) {
    window.remove(id)
    is(asked.at(-1), id + 1 < 199 ? id + 1 : 198)
    is(window.held, Math.min(30, 10 * (200 - id)))
  }
  is(window.elsewhere, 0)
})

test('the next one comes however large it is, later ones do not overtake each other', () => {
  const { asked, window } = windowOf(25, 4)
  window.done(1, 20)
  window.done(2, 20)
  window.done(3, 1)
  equal(asked, [1])
  window.done(0, 100)
  equal(asked, [1, 0])
  window.remove(0)
  equal(asked, [1, 0])
  window.remove(1)
  equal(asked, [1, 0, 2, 3])
  is(window.held, 21)
})

test('a task that is done twice counts once; one that will never come leaves its place', () => {
  const { asked, window } = windowOf(25, 3)
  window.done(0, 5)
  window.done(0, 5)
  is(window.running, 2)
  equal(asked, [0])
  window.remove(1)
  window.remove(0)
  window.remove(0)
  is(window.running, 1)
  window.done(2, 0)
  equal(asked, [0, 2])
  window.remove(2)
  equal([window.held, window.elsewhere, window.running], [0, 0, 0])
})

function resultOf(start: number): ChunkResult {
  const items = new Map([['fill', Int32Array.from({ length: 500 }, () => start)]])
  return { chunk: { start } as Chunk, items, counts: new Map(), times: new Map(), read: null, failure: null }
}

/** Of a task for each. */
async function payloadsOf(...starts: readonly number[]): Promise<Buffer[]> {
  await loadEncoder()
  return starts.map(start => Buffer.concat(encodeResult(resultOf(start))))
}

async function all(held: HeldResults): Promise<ChunkResult[]> {
  const found: ChunkResult[] = []
  for await (const result of held.results()) found.push(result)
  return found
}

test('results are shown once, early ones as such; what was given in their place goes on', async () => {
  const seen: [number, boolean][] = []
  const arrived = async (result: ChunkResult, isNext: boolean) => {
    seen.push([result.chunk.start, isNext])
    return result.chunk.start === 8 ? { ...result, counts: new Map([['kept', 1]]) } : result
  }
  const early = new HeldResults(await payloadsOf(7, 8, 9), arrived)
  early.show()
  const results = await all(early)
  equal(seen, [
    [7, false],
    [8, false],
    [9, false],
  ])
  equal(results, [resultOf(7), { ...resultOf(8), counts: new Map([['kept', 1]]) }, resultOf(9)])
  seen.length = 0
  equal(await all(new HeldResults(await payloadsOf(1, 2), arrived)), [resultOf(1), resultOf(2)])
  equal(seen, [
    [1, true],
    [2, true],
  ])
  equal(await all(new HeldResults(await payloadsOf(3), undefined)), [resultOf(3)])
})

test('an early result that cannot be written down fails when its turn has come', async () => {
  const held = new HeldResults(await payloadsOf(1), async () => {
    throw new Error('no space')
  })
  held.show()
  await new Promise(resolve => setImmediate(resolve))
  is(await all(held).catch(error => (error as Error).message), 'no space')
})

test.run()
