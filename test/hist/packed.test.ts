/** Packed entries give the histograms of the entries, bit by bit. */
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { Random } from '../../bench/random.js'
import { regularAxis } from '../../lib/hist/axis.js'
import { addEntries, type Entries } from '../../lib/hist/fill.js'
import { equalHists, newHist } from '../../lib/hist/hist.js'
import { addPacked, packEntries } from '../../lib/hist/packed.js'

const hist = (cells: number) => newHist([regularAxis({ name: 'x', bins: cells - 2, lower: 0, upper: 1 })])

function entriesOf(random: Random, n: number, cells: number, weighted: boolean): Entries {
  // Some cells are hit often, most never, the last one always.
  const cell = (): number => Math.min(cells - 1, Math.floor(random.exponential(cells / 20)))
  return {
    cells: Int32Array.from({ length: n }, (_, k) => (k === 0 ? cells - 1 : cell())),
    weights: weighted ? Float64Array.from({ length: n }, () => random.normal(0.3, 1)) : null,
  }
}

for (const weighted of [false, true]) {
  // Few and many entries for the cells: these are counted or sorted.
  for (const [n, cells] of [
    [0, 100],
    [1, 100],
    [5000, 37],
    [50_000, 90_000],
    [300, 200_000],
    [4000, 3_000_000],
  ] as const) {
    test(`${n} entries, ${cells} cells, ${weighted ? 'weighted' : 'unweighted'}: the same sums, over several chunks`, () => {
      const random = new Random(n + cells)
      const [plain, packed] = [hist(cells), hist(cells)]
      for (let chunk = 0; chunk < 3; chunk++) {
        const entries = entriesOf(random, n, cells, weighted)
        const before = entries.cells.slice()
        addEntries(plain, entries)
        addPacked(packed, packEntries(entries))
        equal(entries.cells, before)
      }
      ok(equalHists(plain, packed))
    })
  }
}

test('one cell with more entries than a varint byte holds, beside cells far away', () => {
  const cells = new Int32Array(70_000).fill(5)
  cells[3] = 2_000_000
  const [plain, packed] = [hist(2_500_000), hist(2_500_000)]
  addEntries(plain, { cells, weights: null })
  addPacked(packed, packEntries({ cells, weights: null }))
  is(packed.value[5], 69_999)
  ok(equalHists(plain, packed))
})

test('unweighted entries take a small part of their room', () => {
  const { gaps, counts, weights } = packEntries(entriesOf(new Random(1), 100_000, 100_000, false))
  is(weights, null)
  ok(gaps.length + counts.length < 400_000 / 10, `${gaps.length + counts.length} bytes`)
})

test('entries of another histogram are refused', () => {
  throws(() => addPacked(hist(10), packEntries({ cells: Int32Array.of(10), weights: null })), /cell 10 of 10/)
})

test.run()
