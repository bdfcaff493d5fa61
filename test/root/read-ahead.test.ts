/** Bytes that are asked for before their range is read. */
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import type { ByteSource } from '../../lib/bytes/source.js'
import { DataError } from '../../lib/core/errors.js'
import { newReadCost } from '../../lib/core/read-cost.js'
import { openRootFile, type Tree } from '../../lib/root/index.js'
import { sameColumn } from '../support/columns.js'
import { type BranchSpec, rootFile } from '../support/root-writer.js'
import { dataError, memorySource } from './memory-source.js'

const ENTRIES = 12
const values = Float32Array.from({ length: ENTRIES }, (_, i) => i + 0.5)
const BRANCHES: BranchSpec[] = [
  { name: 'a', dtype: 'float32', values, baskets: [0, 4, 8] },
  { name: 'b', dtype: 'float32', values: values.map(v => -v), baskets: [0, 6] },
]

interface Slow {
  readonly tree: Tree
  /** How many reads have been called and how many have come, in the order in which it happened. */
  readonly log: string[]
  fail: boolean
}

/** A tree whose bytes come 5 ms after they were asked for, in memory that is overwritten once it is given back. */
async function slowTree(): Promise<Slow> {
  const memory = memorySource(await rootFile([{ path: 'Events', entries: ENTRIES, branches: BRANCHES }]))
  const log: string[] = []
  const state = { log, fail: false }
  const counters = { requests: 0, bytes: 0 }
  const source: ByteSource = {
    name: memory.name,
    counters,
    isSlow: true,
    latencyMs: 1,
    size: () => memory.size(),
    readAt: (position, length) => memory.readAt(position, length),
    readv: async (ranges, allocate) => {
      const bytes = ranges.reduce((sum, range) => sum + range.length, 0)
      if (bytes === 0) return []
      log.push(`asked for ${ranges.length}`)
      counters.requests++
      counters.bytes += bytes
      await new Promise(resolve => setTimeout(resolve, 5))
      if (state.fail) throw new DataError('OSError', 'the line is dead')
      log.push(`got ${ranges.length}`)
      return memory.readv(ranges, allocate)
    },
    close: () => memory.close(),
  }
  const tree = await (await openRootFile(source)).tree('Events')
  return Object.assign(state, { tree })
}

function checkRange(columns: Awaited<ReturnType<Tree['read']>>, start: number, stop: number) {
  sameColumn(columns.get('a'), { dtype: 'float32', values: values.slice(start, stop) }, `a [${start}, ${stop})`)
  sameColumn(columns.get('b'), { dtype: 'float32', values: values.map(v => -v).slice(start, stop) }, 'b')
}

test('bytes asked for ahead come while something else is done, and are not asked for again', async () => {
  const { tree, log } = await slowTree()
  tree.readAhead(['a', 'b'], 0, 12)
  log.push('something else')
  await new Promise(resolve => setTimeout(resolve, 20))
  log.push('read')
  const cost = newReadCost()
  checkRange(await tree.read(['a', 'b'], 0, 12, { cost }), 0, 12)
  equal(log, ['asked for 5', 'something else', 'got 5', 'read'])
  is(cost.requests, 1)
  ok(cost.bytes > 0)
})

test('one range after the other, each asked for while the one before is read, is exact', async () => {
  for (const step of [1, 2, 3, 4, 5, 12]) {
    const { tree } = await slowTree()
    for (let start = 0; start < ENTRIES; start += step) {
      const stop = Math.min(start + step, ENTRIES)
      const reading = tree.read(['a', 'b'], start, stop)
      if (stop < ENTRIES) tree.readAhead(['a', 'b'], stop, Math.min(stop + step, ENTRIES))
      checkRange(await reading, start, stop)
    }
  }
})

test('a basket that the range before ends in is not asked for twice', async () => {
  const { tree, log } = await slowTree()
  await tree.read(['a', 'b'], 0, 5)
  log.length = 0
  tree.readAhead(['a', 'b'], 5, 12)
  checkRange(await tree.read(['a', 'b'], 5, 12), 5, 12)
  // Of a the basket [8, 12), of b that of [6, 12).
  equal(log, ['asked for 2', 'got 2'])
})

test('other branches than those asked for ahead are read as ever', async () => {
  const { tree } = await slowTree()
  tree.readAhead(['a'], 0, 12)
  checkRange(await tree.read(['a', 'b'], 0, 12), 0, 12)
})

test('bytes that are not needed in the end disturb nothing', async () => {
  const { tree } = await slowTree()
  tree.readAhead(['a', 'b'], 0, 4)
  tree.readAhead(['a', 'b'], 4, 8)
  checkRange(await tree.read(['a', 'b'], 8, 12), 8, 12)
  checkRange(await tree.read(['a', 'b'], 0, 8), 0, 8)
})

test('a failure of what was asked ahead is that of reading, and no other', async () => {
  const slow = await slowTree()
  slow.fail = true
  slow.tree.readAhead(['a', 'b'], 0, 12)
  slow.tree.readAhead(['nothing'], 0, 12)
  slow.tree.readAhead(['a'], 0, 99)
  slow.tree.readAhead(['a', 'b'], 0, 12)
  await new Promise(resolve => setTimeout(resolve, 20))
  match((await dataError(() => slow.tree.read(['a', 'b'], 0, 12))).message, /the line is dead/)
  slow.fail = false
  checkRange(await slow.tree.read(['a', 'b'], 0, 12), 0, 12)
})

test.run()
