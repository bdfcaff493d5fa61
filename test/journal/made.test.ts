/** Results whose rows are in files that workers made count together. */
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import type { MadeFile } from '../../lib/core/types.js'
import { dropIncomplete, MadeLedger, madeOf } from '../../lib/journal/made.js'

function file(at: string, chunks: number): MadeFile {
  return { path: 'p', at, bytes: 1, adler32: '00010001', chunks }
}

function known(entries: Readonly<Record<string, readonly MadeFile[]>>) {
  return new Map(Object.entries(entries).map(([key, made]) => [key, { made }]))
}

test('results of a file of which one is missing are dropped, and those of files that lose one by that', () => {
  const [a, b, c, d] = [file('a', 2), file('b', 2), file('c', 3), file('d', 1)]
  const results = known({ 1: [a], 2: [a, b], 3: [b, c], 4: [c], 5: [d], 6: [] })
  dropIncomplete(results)
  // c lacks one; then b has one of two, then a.
  equal([...results.keys()], ['5', '6'])
  const whole = known({ 1: [a], 2: [a, b], 3: [b] })
  dropIncomplete(whole)
  is(whole.size, 3)
})

test('a file is looked at once; of one that is gone all results are forgotten, with the other files that they are in', async () => {
  const [a, b, c] = [file('a', 2), file('b', 2), file('c', 1)]
  const results = known({ 1: [a, b], 2: [a, b], 3: [c] })
  const looked: string[] = []
  const ledger = new MadeLedger(results, async ({ at }) => {
    looked.push(at)
    return at !== 'a'
  })
  is(await ledger.areThere([c]), true)
  is(await ledger.areThere([a, b]), false)
  is(await ledger.areThere([c]), true)
  equal(looked, ['c', 'a', 'b'])
  equal([...results.keys()], ['3'])
  equal([...ledger.forgotten], ['a', 'b'])
  ledger.add([file('e', 1)])
  equal([...ledger.at], ['c', 'e'])
})

test('without anybody who looks, files are not there; results without files need nobody', async () => {
  const results = known({ 1: [file('a', 1)], 2: [] })
  const ledger = new MadeLedger(results)
  is(await ledger.areThere([]), true)
  is(await ledger.areThere([file('a', 1)]), false)
  equal([...results.keys()], ['2'])
})

test('items name a file, or none', () => {
  equal(madeOf({ made: file('a', 1) }), [file('a', 1)])
  for (const item of [undefined, null, 'text', { group: {} }]) equal(madeOf(item), [])
})

test.run()
