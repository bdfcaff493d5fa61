/** Damaged files, as disks and networks make them: whatever is read, the answer is a DataError or columns, at once. */

import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { openRootFile } from '../../lib/root/index.js'
import { Attempts } from '../support/attempts.js'
import { rootFile } from '../support/root-writer.js'
import { memorySource } from './memory-source.js'

/** Reads everything there is; gives the names of the exceptions. Throws what is not a DataError. */
async function readAll(bytes: Uint8Array): Promise<string[]> {
  const { failures, attempt } = new Attempts()
  await attempt(async () => {
    const file = await openRootFile(memorySource(bytes))
    for (const path of await file.treePaths()) {
      await attempt(async () => {
        const tree = await file.tree(path)
        for (const name of tree.names) {
          await attempt(() => tree.read([name], 0, tree.entries))
          await attempt(() => tree.read([name], tree.entries >> 1, tree.entries))
        }
        await attempt(() => tree.compressions(tree.names))
        ok((await tree.clusters()).length >= 1)
      })
    }
  })
  return failures
}

/** The same numbers in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** An uncompressed file, so that any byte of the tree's record can be damaged: every kind of branch and basket. */
async function plainFile(): Promise<Buffer> {
  const offsets = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10)
  const counts = Int32Array.of(2, 0, 1, 3, 0, 0, 4)
  const values = Float32Array.from({ length: 10 }, (_, i) => i)
  return rootFile([
    {
      path: 'a/b/T',
      entries: 7,
      branches: [
        { name: 'n', dtype: 'int32', values: counts, baskets: [0, 5] },
        { name: 'x', dtype: 'float32', values, counter: 'n', offsets, baskets: [0, 2, 4], embedLast: true },
        { name: 'f', dtype: 'int16', values: new Int16Array(21), width: 3, baskets: [0, 6], embedLast: true },
        { name: 'v', dtype: 'float32', values, vector: 'vector<float>', offsets, baskets: [0, 2, 4], embedLast: true },
        { name: 'e', dtype: 'uint64', values: new BigUint64Array(7) },
      ],
    },
  ])
}

async function damageAndRead(good: Buffer, rounds: number, seed: number): Promise<Map<string, number>> {
  const random = randomNumbers(seed)
  const seen = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    const bytes = Buffer.from(good)
    for (let k = random(4); k >= 0; k--) bytes[random(bytes.length)] = [0, 255, random(256)][random(3)]!
    for (const name of await readAll(bytes)) seen.set(name, (seen.get(name) ?? 0) + 1)
  }
  return seen
}

test('undamaged files are read without an error', async () => {
  equal(await readAll(await plainFile()), [])
  equal(await readAll(readFileSync('fixtures/root/types.root')), [])
})

test('damaged bytes anywhere in an uncompressed file give DataErrors only', async () => {
  const seen = await damageAndRead(await plainFile(), 1200, 1)
  for (const name of ['OSError', 'DeserializationError', 'NotImplementedError'])
    ok(seen.has(name), `no ${name} was seen`)
})

test('damaged trees of vectors, leaf lists, shortened reals and split objects give DataErrors only', async () => {
  const names = new Set<string>()
  for (const [seed, file] of ['kinds', 'objects', 'relatives'].entries()) {
    const seen = await damageAndRead(readFileSync(`fixtures/root/${file}.root`), 60, seed)
    for (const name of seen.keys()) names.add(name)
  }
  ok(names.has('ValueError') && names.has('NotImplementedError'), [...names].join(' '))
})

test('a vector that claims 2^31 values, or another length than its bytes have, is refused at once', async () => {
  const good = await plainFile()
  const lengths = [...good.keys()].filter(
    at => good.readUInt32BE(Math.min(at, good.length - 4)) === 0x4000000e && good.readUInt16BE(at + 4) === 9,
  )
  ok(lengths.length > 0)
  for (const at of lengths) {
    for (const claimed of [0x80000000, 0x7fffffff, 0xffffffff, 3]) {
      const bytes = Buffer.from(good)
      bytes.writeUInt32BE(claimed, at + 6)
      equal(new Set(await readAll(bytes)), new Set(['DeserializationError']))
    }
  }
})

test('damaged bytes in compressed baskets give DataErrors only', async () => {
  const seen = await damageAndRead(readFileSync('fixtures/root/types.root'), 100, 2)
  ok(seen.has('ValueError'), 'no ValueError was seen')
})

test('a file cut anywhere gives DataErrors only, and always one', async () => {
  const good = await plainFile()
  const random = randomNumbers(3)
  // The free list, which readers do not need, is the end of the file.
  const end = good.length - 200
  for (let round = 0; round < 200; round++) {
    const failures = await readAll(good.subarray(0, random(end)))
    ok(failures.length > 0)
    is(
      failures.every(name => name === 'OSError'),
      true,
      `${failures}`,
    )
  }
})

test('a claim of enormous sizes is refused before memory is taken', async () => {
  const good = await plainFile()
  const before = process.memoryUsage.rss()
  for (let at = 0; at + 4 < good.length; at += 19) {
    const bytes = Buffer.from(good)
    bytes.writeUInt32BE(0x3fffffff, at)
    await readAll(bytes)
  }
  const grown = process.memoryUsage.rss() - before
  ok(grown < 500e6, `memory grew by ${grown} bytes`)
})

test.run()
