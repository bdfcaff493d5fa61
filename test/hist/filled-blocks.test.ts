import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { pickleHists } from '../../lib/formats/pickle/pickle.js'
import { unpickleHists } from '../../lib/formats/pickle/unpickle-hists.js'
import { BLOCK_CELLS, forFilledBlocks } from '../../lib/hist/filled-blocks.js'
import {
  addEntries,
  addPacked,
  equalHists,
  type Hist,
  newFilling,
  newHist,
  packEntries,
  regularAxis,
  uhiSparseText,
  uhiText,
} from '../../lib/hist/index.js'

const axis = (name: string, bins: number) => regularAxis({ name, bins, lower: 0, upper: 1 })

/** 17,710 cells; 40 of them, spread, hold something: also -0, sums of weights that cancel each other, and the last cell. */
function sparse(): Hist {
  const hist = newHist([axis('a', 20), axis('b', 33), axis('c', 21)])
  const cells = hist.value.length
  for (let k = 0; k < 38; k++) {
    const cell = (k * k * 97 + 5) % cells
    hist.value[cell] = k % 3 === 0 ? k : k / 7
    hist.variance[cell] = k
  }
  hist.value[9000] = -0
  hist.variance[10000] = 2.5
  hist.value[cells - 1] = 1
  return hist
}

test('blocks with anything but the bits of 0 are visited, in order, up to a short last one', () => {
  const cells = new Float64Array(20 * BLOCK_CELLS + 7)
  const visited = () => {
    const ranges: number[][] = []
    forFilledBlocks([cells], undefined, (from, to) => ranges.push([from, to]))
    return ranges
  }
  equal(visited(), [])
  cells[9 * BLOCK_CELLS] = -0
  cells[3 * BLOCK_CELLS - 1] = Number.NaN
  cells[20 * BLOCK_CELLS + 6] = 1
  equal(visited(), [
    [2 * BLOCK_CELLS, 3 * BLOCK_CELLS],
    [9 * BLOCK_CELLS, 10 * BLOCK_CELLS],
    [20 * BLOCK_CELLS, 20 * BLOCK_CELLS + 7],
  ])
})

test('a view of other memory is read where it begins', () => {
  const memory = new Float64Array(3 * BLOCK_CELLS)
  memory[1] = 1
  let visits = 0
  forFilledBlocks([memory.subarray(2)], undefined, () => visits++)
  is(visits, 0)
})

test('the JSON of a mostly empty histogram is that of its cells one by one', () => {
  const hist = sparse()
  const [a, b, c] = [22, 35, 23]
  const text = (x: number) => (Object.is(x, -0) ? '-0.0' : String(x))
  const list = (count: number, item: (i: number) => string) => `[${Array.from({ length: count }, (_, i) => item(i))}]`
  const nested = (cells: Float64Array) => list(a, i => list(b, j => list(c, k => text(cells[i + a * (j + b * k)]!))))
  const storage = `"values":${nested(hist.value)},"variances":${nested(hist.variance)}}}`
  ok(uhiText(hist).endsWith(storage))
})

test('the pickle of a mostly empty histogram has all of its cells', () => {
  const hist = sparse()
  const back = unpickleHists(pickleHists({ passing: hist, failing: newHist(hist.axes) }), 'test')
  ok(equalHists(back.passing as Hist, hist))
  ok(equalHists(back.failing as Hist, newHist(hist.axes)))
})

test('a histogram that knows which of its memory was filled is written as one that does not', () => {
  const axes = [axis('a', 20), axis('b', 33), axis('c', 21)]
  const [filling, plain] = [newFilling(axes), newHist(axes)]
  const cells = filling.value.length
  for (const seed of [7, 1009]) {
    // The first and last cells of pages of 512 as well, and the last one of all.
    const spread = Array.from({ length: 300 }, (_, k) => (k * k * seed + 5) % 9000)
    const entries = { cells: Int32Array.of(511, 512, 0, cells - 1, ...spread), weights: null }
    for (const hist of [filling, plain]) {
      addEntries(hist, entries)
      addPacked(hist, packEntries({ cells: entries.cells, weights: Float64Array.from(entries.cells, c => c / 3) }))
    }
  }
  ok(equalHists(filling, plain))
  ok(filling.touched.includes(0) && filling.touched.includes(1))
  is(uhiText(filling), uhiText(plain))
  is(uhiSparseText(filling), uhiSparseText(plain))
  equal(pickleHists({ h: filling }), pickleHists({ h: plain }))
})

test.run()
