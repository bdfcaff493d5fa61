import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import type { Column, DType, Values } from '../../lib/core/types.js'
import { openRootFile, type Tree } from '../../lib/root/index.js'
import { sameColumn } from '../support/columns.js'
import { type BranchSpec, type FileOptions, rootFile } from '../support/root-writer.js'
import { dataError, type MemorySource, memorySource } from './memory-source.js'

const COUNTS = [2, 0, 1, 3, 0, 0, 4, 1, 2, 0]
const ENTRIES = COUNTS.length
const OFFSETS = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10, 11, 13, 13)
const N: BranchSpec = { name: 'n', dtype: 'int32', values: Int32Array.from(COUNTS), baskets: [0, 7] }

function floats(length: number, from = 0): Float32Array {
  return Float32Array.from({ length }, (_, i) => from + i + 0.5)
}

function jagged(name: string, counter: string, baskets: number[], more: Partial<BranchSpec> = {}): BranchSpec {
  return { name, dtype: 'float32', values: floats(13), counter, offsets: OFFSETS, baskets, ...more }
}

async function treeOf(
  branches: BranchSpec[],
  options: FileOptions = {},
  entries = ENTRIES,
): Promise<Tree & { source: MemorySource }> {
  const source = memorySource(await rootFile([{ path: 'Events', entries, branches }], options))
  const tree = await (await openRootFile(source)).tree('Events')
  source.reads.length = 0
  return Object.assign(tree, { source })
}

/** Entries [start, stop) of a jagged column that holds all 10 entries. */
function part(values: Values, start: number, stop: number): Column {
  const from = OFFSETS[start]!
  const offsets = Int32Array.from(OFFSETS.subarray(start, stop + 1), offset => offset - from)
  return { dtype: 'float32', values: values.slice(from, OFFSETS[stop]!), offsets }
}

test('every range of a jagged branch is exact, whatever the baskets of branch and counter', async () => {
  for (const baskets of [[0], [0, 7], [0, 3, 4, 9], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    for (let start = 0; start <= ENTRIES; start++) {
      for (let stop = start; stop <= ENTRIES; stop++) {
        const tree = await treeOf([N, jagged('x', 'n', baskets)])
        const { values } = jagged('x', 'n', baskets)
        sameColumn(
          (await tree.read(['x'], start, stop)).get('x'),
          part(values, start, stop),
          `[${start}, ${stop}) of ${baskets}`,
        )
      }
    }
  }
})

test('ranges may be read in any order from one tree, also at the same time', async () => {
  const tree = await treeOf([N, jagged('x', 'n', [0, 3, 4, 9])], { compression: 'zstd' })
  const { values } = jagged('x', 'n', [])
  const ranges = [
    [0, 2],
    [2, 3],
    [3, 6],
    [6, 8],
    [8, 10],
    [1, 5],
    [5, 10],
    [0, 10],
    [4, 4],
    [2, 9],
    [9, 10],
    [0, 1],
  ] as const
  for (const [start, stop] of ranges) {
    sameColumn((await tree.read(['x'], start, stop)).get('x'), part(values, start, stop), `[${start}, ${stop})`)
  }
  const together = await Promise.all(ranges.map(([start, stop]) => tree.read(['x'], start, stop)))
  ranges.forEach(([start, stop], k) => {
    sameColumn(together[k]!.get('x'), part(values, start, stop), `[${start}, ${stop}) together`)
  })
})

test('consecutive ranges read no basket twice', async () => {
  const branches = [
    N,
    jagged('x', 'n', [0, 4]),
    { name: 'y', dtype: 'float32', values: floats(ENTRIES), baskets: [0, 9] } as const,
  ]
  const whole = await treeOf(branches)
  await whole.read(['x', 'y'], 0, ENTRIES)
  const tree = await treeOf(branches)
  for (let k = 0; k < ENTRIES; k++) {
    const got = await tree.read(['x', 'y'], k, k + 1)
    sameColumn(got.get('x'), part(floats(13), k, k + 1), `x of entry ${k}`)
    equal([...got.get('y')!.values], [k + 0.5])
  }
  const byPosition = (source: MemorySource) => source.reads.map(read => read.position).sort((a, b) => a - b)
  equal(byPosition(tree.source), byPosition(whole.source))
  is(whole.source.reads.length, 6)
})

test('columns of one counter share one offsets object', async () => {
  const tree = await treeOf([N, jagged('x', 'n', [0]), jagged('y', 'n', [0, 5])])
  const columns = await tree.read(['x', 'y'], 3, 10)
  ok(columns.get('x')!.offsets !== undefined)
  is(columns.get('x')!.offsets, columns.get('y')!.offsets)
  is(columns.has('n'), false)
})

test('columns whose counters agree share one offsets object, those whose counters differ do not', async () => {
  const other = Int32Array.of(2, 0, 1, 3, 0, 0, 4, 1, 1, 1)
  const otherOffsets = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10, 11, 12, 13)
  const branches: BranchSpec[] = [
    { ...N, name: 'nA' },
    jagged('A', 'nA', [0]),
    { ...N, name: 'nB', dtype: 'uint32', values: Uint32Array.from(COUNTS) },
    jagged('B', 'nB', [0, 2]),
    { name: 'nC', dtype: 'int32', values: other },
    jagged('C', 'nC', [0], { offsets: otherOffsets }),
  ]
  const tree = await treeOf(branches)
  const whole = await tree.read(['A', 'B', 'C'], 0, 10)
  is(whole.get('A')!.offsets, whole.get('B')!.offsets)
  ok(whole.get('A')!.offsets !== whole.get('C')!.offsets)
  // In the first eight entries all three agree.
  const first = await tree.read(['A', 'B', 'C'], 0, 8)
  is(first.get('A')!.offsets, first.get('C')!.offsets)
})

test('a counter that is asked for covers the range only, though more of it is needed', async () => {
  const tree = await treeOf([N, jagged('x', 'n', [0])])
  const columns = await tree.read(['n', 'x', 'n'], 6, 9)
  equal([...columns.keys()], ['n', 'x'])
  equal([...columns.get('n')!.values], [4, 1, 2])
  sameColumn(columns.get('x'), part(floats(13), 6, 9))
})

test('counters may be of other whole-number types than int32', async () => {
  for (const [dtype, values] of [
    ['int8', Int8Array.from(COUNTS)],
    ['uint16', Uint16Array.from(COUNTS)],
    ['uint32', Uint32Array.from(COUNTS)],
  ] as [DType, Values][]) {
    const tree = await treeOf([{ ...N, dtype, values }, jagged('x', 'n', [0, 5])])
    sameColumn((await tree.read(['x'], 2, 9)).get('x'), part(floats(13), 2, 9), dtype)
  }
})

test('arrays of fixed size keep their width, over baskets', async () => {
  const values = Int16Array.from({ length: 30 }, (_, i) => i - 15)
  const tree = await treeOf([{ name: 'v', dtype: 'int16', values, width: 3, baskets: [0, 4, 9] }])
  is(tree.branch('v')!.width, 3)
  sameColumn((await tree.read(['v'], 3, 10)).get('v'), { dtype: 'int16', values: values.slice(9), width: 3 })
  is((await tree.read(['v'], 3, 10)).get('v')!.width, 3)
})

test('64-bit numbers are exact', async () => {
  const values = BigUint64Array.of(2n ** 64n - 1n, 2n ** 53n + 1n, 0n)
  const signed = BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, -1n)
  const tree = await treeOf(
    [
      { name: 'u', dtype: 'uint64', values },
      { name: 'i', dtype: 'int64', values: signed },
    ],
    {},
    3,
  )
  const columns = await tree.read(['u', 'i'], 0, 3)
  sameColumn(columns.get('u'), { dtype: 'uint64', values })
  sameColumn(columns.get('i'), { dtype: 'int64', values: signed })
})

test('baskets that were never flushed are read out of the tree, mixed with those of the file', async () => {
  for (const compression of ['none', 'zlib'] as const) {
    const branches: BranchSpec[] = [
      { ...N, embedLast: true },
      jagged('x', 'n', [0, 3, 6], { embedLast: true }),
      { name: 'y', dtype: 'float32', values: floats(ENTRIES), embedLast: true },
    ]
    const tree = await treeOf(branches, { compression })
    for (const [start, stop] of [
      [0, 10],
      [2, 8],
      [7, 9],
      [9, 10],
    ] as const) {
      const columns = await tree.read(['x', 'y'], start, stop)
      sameColumn(columns.get('x'), part(floats(13), start, stop), `x [${start}, ${stop})`)
      sameColumn(columns.get('y'), { dtype: 'float32', values: floats(stop - start, start) }, `y [${start}, ${stop})`)
    }
    is((await tree.compressions(['y'])).get('y'), null)
  }
})

test('records of several blocks are put together, those of trees as well', async () => {
  const values = Float32Array.from({ length: 5000 }, (_, i) => i % 100)
  const branches: BranchSpec[] = [
    { name: 'v', dtype: 'float32', values },
    ...Array.from(
      { length: 60 },
      (_, k): BranchSpec => ({ name: `b${k}`, dtype: 'bool', values: new Uint8Array(5000) }),
    ),
  ]
  for (const compression of ['zlib', 'zstd', 'lz4'] as const) {
    const tree = await treeOf(branches, { compression, blockBytes: 1000 }, 5000)
    is(tree.names.length, 61)
    sameColumn((await tree.read(['v'], 0, 5000)).get('v'), { dtype: 'float32', values }, compression)
  }
})

test('more data than one batch is fetched in several, and all of it arrives', async () => {
  const length = 1_500_000
  const values = Float64Array.from({ length }, (_, i) => i)
  const baskets = Array.from({ length: 30 }, (_, k) => k * 50_000)
  const tree = await treeOf([{ name: 'v', dtype: 'float64', values, baskets }], {}, length)
  sameColumn((await tree.read(['v'], 1, length)).get('v'), { dtype: 'float64', values: values.subarray(1) })
})

test('a tree without entries gives empty columns', async () => {
  const file = await openRootFile('fixtures/root/folders.root')
  const tree = await file.tree('nano/none/Events')
  const columns = await tree.read(
    ['run', 'Electron_pt', 'Muon_pt'].filter(name => tree.has(name)),
    0,
    0,
  )
  sameColumn(columns.get('run'), { dtype: 'uint32', values: new Uint32Array(0) })
  sameColumn(columns.get('Electron_pt'), { dtype: 'float32', values: new Float32Array(0), offsets: Int32Array.of(0) })
  equal(await tree.clusters(), [0])
  await file.close()
})

test('clusters begin where every branch begins a basket', async () => {
  const tree = await treeOf([N, jagged('x', 'n', [0, 3, 7, 9]), jagged('y', 'n', [0, 2, 7])])
  equal(await tree.clusters(), [0, 7, 10])
})

test('a range outside the tree is a ValueError', async () => {
  const tree = await treeOf([N])
  for (const [start, stop] of [
    [0, 11],
    [-1, 2],
    [3, 2],
    [0.5, 1],
    [0, Number.NaN],
  ] as const) {
    const error = await dataError(() => tree.read(['n'], start, stop))
    is(error.exception, 'ValueError')
    is(error.message, `memory.root > Events: entries [${start}, ${stop}) wanted, the tree has [0, 10).`)
  }
})

test('a branch that is not there is a KeyError with the nearest names', async () => {
  const tree = await treeOf([N, jagged('Electron_pt', 'n', [0])])
  is(tree.has('Electron_p'), false)
  is(tree.branch('Electron_p'), undefined)
  const error = await dataError(() => tree.read(['Electron_p'], 0, 1))
  is(error.exception, 'KeyError')
  is(error.message, 'memory.root > Events: branch "Electron_p" not found. Nearest: "Electron_pt".')
})

test('a jagged branch may come before its counter', async () => {
  const tree = await treeOf([jagged('x', 'm', [0]), { ...N, name: 'm' }])
  equal([...tree.names], ['x', 'm'])
  sameColumn((await tree.read(['x'], 0, 10)).get('x'), part(floats(13), 0, 10))
})

test('a counter whose branch has another name than its leaf is found by the leaf', async () => {
  const bytes = await rootFile([
    { path: 'Events', entries: 10, branches: [{ ...N, name: 'many' }, jagged('x', 'many', [0])] },
  ])
  const source = memorySource(bytes)
  await (await openRootFile(source)).tree('Events')
  const wanted = (await (await (await openRootFile(memorySource(bytes))).tree('Events')).read(['x'], 0, 10)).get('x')
  // The branch of the counter gets another name; its leaf keeps its own.
  bytes.write('most', bytes.indexOf('many', source.reads.at(-1)!.position), 'latin1')
  const tree = await (await openRootFile(memorySource(bytes))).tree('Events')
  equal([...tree.names], ['most', 'x'])
  is(tree.branch('x')!.counter, 'most')
  sameColumn((await tree.read(['x'], 0, 10)).get('x'), wanted!)
})

test('a counter that disagrees with the baskets is an error of the branch', async () => {
  const wrong = Int32Array.from(COUNTS)
  wrong[3] = 2
  const tree = await treeOf([{ ...N, values: wrong }, jagged('x', 'n', [0, 5])])
  const error = await dataError(() => tree.read(['x'], 0, 10))
  is(error.exception, 'DeserializationError')
  match(error.message, /^memory.root > Events > x: entries \[0, 5\) need 20 bytes, their basket has 24 up to entry 5/)
})

test('negative and overflowing counts are errors of the counter', async () => {
  const negative = await treeOf([{ ...N, values: Int32Array.from([...COUNTS.slice(0, 9), -1]) }, jagged('x', 'n', [0])])
  match((await dataError(() => negative.read(['x'], 0, 10))).message, /Events > n: entry 9 has a count of -1/)
  const huge = await treeOf([{ ...N, values: new Int32Array(10).fill(2 ** 30) }, jagged('x', 'n', [0])])
  match(
    (await dataError(() => huge.read(['x'], 0, 10))).message,
    /Events > n: the first 2 entries have 2147483648 elements/,
  )
})

test('an aborted read stops', async () => {
  const tree = await treeOf([N])
  const reading = tree.read(['n'], 0, 10, { signal: AbortSignal.abort() })
  let name = ''
  await reading.catch(error => (name = error.name))
  is(name, 'AbortError')
})

test.run()
