/** Results as they travel from workers to the driver. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { Random } from '../../bench/random.js'
import { decodeResult, encodeResult, loadEncoder, piecesOf } from '../../lib/cluster/results.js'
import type { Chunk } from '../../lib/core/types.js'
import type { ChunkResult } from '../../lib/graph/segment.js'

const chunk = { dataset: 'Data', file: 'a.root', start: 0, stop: 10, partition: 0, part: 0 } as unknown as Chunk

function resultOf(items: Record<string, unknown>): ChunkResult {
  const counts = new Map([['decode', 10]])
  return { chunk, items: new Map(Object.entries(items)), counts, times: new Map(), read: null, failure: null }
}

test('a group comes back chunk by chunk: repetitive, random and no arrays, failures', async () => {
  await loadEncoder()
  const random = new Random(3)
  const noise = Uint8Array.from({ length: 300_000 }, () => Math.floor(256 * random.uniform()))
  const results = [
    resultOf({ fill: [{ cells: Int32Array.from({ length: 100_000 }, (_, k) => k % 50), weights: null }] }),
    resultOf({ table: noise, small: new Float64Array(20) }),
    { ...resultOf({}), failure: { exception: 'OSError', message: 'is gone' } },
    resultOf({}),
  ]
  const pieces = results.map(result => Buffer.concat(encodeResult(result)))
  ok(pieces[0]!.length < 40_000, `${pieces[0]!.length} bytes of 400,000`)
  // What does not become smaller goes as it is.
  ok(pieces[1]!.length < noise.length + 2000)
  const found = piecesOf(Buffer.concat(pieces))
  is(found.length, results.length)
  equal(found.map(decodeResult), results)
  // In any order, and again: a piece stays as it is.
  equal(decodeResult(found[2]!), results[2])
  equal(decodeResult(found[0]!), results[0])
})

test('a group without chunks is empty', () => equal(piecesOf(Buffer.alloc(0)), []))

test.run()
