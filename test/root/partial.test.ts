/** Columns of which only some entries matter: baskets without any of them are left out. */
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { newReadCost } from '../../lib/core/read-cost.js'
import type { Column } from '../../lib/core/types.js'
import { openRootFile, type TTree } from '../../lib/root/index.js'
import { sameValues } from '../support/columns.js'
import { type BranchSpec, rootFile } from '../support/root-writer.js'
import { dataError, type MemorySource, memorySource } from './memory-source.js'

const COUNTS = [2, 0, 1, 3, 0, 0, 4, 1, 2, 0]
const ENTRIES = COUNTS.length
const OFFSETS = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10, 11, 13, 13)

const floats = (length: number) => Float32Array.from({ length }, (_, i) => i + 0.5)
const N: BranchSpec = { name: 'n', dtype: 'int32', values: Int32Array.from(COUNTS), baskets: [0, 7] }
const lists = (baskets: number[]): BranchSpec => ({
  name: 'x',
  dtype: 'float32',
  values: floats(13),
  counter: 'n',
  offsets: OFFSETS,
  baskets,
})
const flat = (baskets: number[]): BranchSpec => ({ name: 'y', dtype: 'float32', values: floats(ENTRIES), baskets })

type TestTree = TTree & { readonly source: MemorySource }

async function treeOf(branches: readonly BranchSpec[]): Promise<TestTree> {
  const source = memorySource(await rootFile([{ path: 'Events', entries: ENTRIES, branches: [...branches] }]))
  const tree = (await (await openRootFile(source)).tree('Events')) as TTree
  source.reads.length = 0
  return Object.assign(tree, { source })
}

/** The lists and the values of the wanted entries are right; start: entry of the columns' first row. */
function check(columns: ReadonlyMap<string, Column>, start: number, stop: number, events: Int32Array, label: string) {
  const x = columns.get('x')!
  const y = columns.get('y')!
  const want = OFFSETS.subarray(start, stop + 1).map(offset => offset - OFFSETS[start]!)
  sameValues(x.offsets!, want, `${label}: offsets`)
  equal(y.values.length, stop - start, label)
  for (const event of events) {
    const entry = start + event
    const got = x.values.subarray(x.offsets![event]!, x.offsets![event + 1]!)
    sameValues(got, floats(13).subarray(OFFSETS[entry]!, OFFSETS[entry + 1]!), `${label}: x of entry ${entry}`)
    is(y.values[event], entry + 0.5, `${label}: y of entry ${entry}`)
  }
}

const LAYOUTS = [[0], [0, 7], [0, 3, 4, 9], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]

test('what is wanted is exact in every range, whichever entries those are', async () => {
  for (const baskets of LAYOUTS) {
    for (let start = 0; start < ENTRIES; start++) {
      for (let stop = start; stop <= ENTRIES; stop++) {
        const tree = await treeOf([N, lists(baskets), flat(baskets)])
        for (const modulus of [1, 2, 3, 11]) {
          const all = Int32Array.from({ length: stop - start }, (_, i) => i)
          const events = all.filter(i => i % modulus === modulus - 1)
          const columns = await tree.read(['x', 'y'], start, stop, { events })
          check(columns, start, stop, events, `[${start}, ${stop}) of ${baskets}, every ${modulus}th`)
        }
      }
    }
  }
})

test('ranges one after the other are exact where a basket that two share was left out of the first', async () => {
  for (const baskets of LAYOUTS) {
    for (const step of [1, 2, 3, 4]) {
      for (const first of [0, 1]) {
        const tree = await treeOf([N, lists(baskets), flat(baskets)])
        for (let start = 0, k = first; start < ENTRIES; start += step, k++) {
          const stop = Math.min(start + step, ENTRIES)
          // Ranges of which nothing, of which all, and of which the last entry is wanted take turns.
          const all = Int32Array.from({ length: stop - start }, (_, i) => i)
          const events = [all.subarray(0, 0), all, all.subarray(all.length - 1)][k % 3]!
          const columns = await tree.read(['x', 'y'], start, stop, { events })
          check(columns, start, stop, events, `[${start}, ${stop}) of ${baskets}`)
        }
      }
    }
  }
})

test('baskets without wanted entries are not read, and their entries are 0', async () => {
  const tree = await treeOf([N, lists([0, 3, 4, 9]), flat([0, 5])])
  const cost = newReadCost()
  const columns = await tree.read(['x', 'y'], 0, 10, { events: Int32Array.of(3), cost })
  const x = tree.baskets('x')
  const y = tree.baskets('y')
  const counters = tree.baskets('n')
  const positions = tree.source.reads.map(read => read.position).sort((a, b) => a - b)
  equal(
    positions,
    [counters.seek[0]!, counters.seek[1]!, x.seek[1]!, y.seek[0]!].sort((a, b) => a - b),
  )
  equal([...columns.get('x')!.values], [0, 0, 0, 3.5, 4.5, 5.5, 0, 0, 0, 0, 0, 0, 0])
  equal([...columns.get('y')!.values], [0.5, 1.5, 2.5, 3.5, 4.5, 0, 0, 0, 0, 0])
  is(cost.columnBytes, 4 * (10 + 3 + 5))
})

test('with nothing wanted only counters are read', async () => {
  const tree = await treeOf([N, lists([0, 3]), flat([0, 5])])
  const columns = await tree.read(['x', 'y'], 0, 10, { events: new Int32Array(0) })
  is(tree.source.reads.length, 2)
  sameValues(columns.get('x')!.offsets!, OFFSETS)
  ok(columns.get('x')!.values.every(value => value === 0))
})

test('lists read later share the offsets of equal lists that were read before', async () => {
  const other: BranchSpec = { ...lists([0, 4]), name: 'z' }
  const tree = await treeOf([N, lists([0, 3]), other])
  const early = await tree.read(['x'], 2, 9)
  const late = await tree.read(['z'], 2, 9, { events: Int32Array.of(1), beside: early })
  is(late.get('z')!.offsets, early.get('x')!.offsets)
})

test('a branch that cannot be read is told also where nothing of it is wanted', async () => {
  const tree = await treeOf([N, lists([0])])
  const error = await dataError(() => tree.read(['nothing'], 0, 10, { events: new Int32Array(0) }))
  match(error.message, /branch "nothing" not found/)
})

test.run()
