import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { BugError, UsageError } from '../../lib/core/errors.js'
import type { Values } from '../../lib/core/types.js'
import { axisEdges, regularAxis, variableAxis } from '../../lib/hist/axis.js'
import { addPositions } from '../../lib/hist/bins.js'
import { addEntries, fillEntries } from '../../lib/hist/fill.js'
import { equalHists, mergeInto, newHist, sumHist } from '../../lib/hist/hist.js'
import { sameValues } from '../support/columns.js'

type JsonNumber = number | string
interface AxisCase {
  kind: 'regular' | 'variable'
  bins: number
  lower: number
  upper: number
  edges: JsonNumber[]
  x: JsonNumber[]
  index: number[]
}
interface FilledCase {
  pt: number[]
  eta: number[]
  rows: JsonNumber[][]
  weights: number[]
  cells: number[]
  value: number[]
  variance: number[]
}
const data: { axes: AxisCase[]; filled: FilledCase } = JSON.parse(readFileSync('test/hist/data/fill.gen.json', 'utf8'))

/** Python writes its special values as text: nan, inf, -inf. */
function numbers(list: JsonNumber[]): Float64Array {
  const special: Record<string, number> = { nan: NaN, inf: Infinity, '-inf': -Infinity }
  return Float64Array.from(list, x => (typeof x === 'string' ? special[x]! : x))
}

function axisOf(c: AxisCase) {
  return c.kind === 'regular'
    ? regularAxis({ name: 'x', bins: c.bins, lower: c.lower, upper: c.upper })
    : variableAxis({ name: 'x', edges: numbers(c.edges) })
}

for (const [i, c] of data.axes.entries()) {
  test(`axis ${i} (${c.kind}) puts edges, their neighbours and special values where boost-histogram does`, () => {
    const x = numbers(c.x)
    const cells = new Int32Array(x.length)
    addPositions(axisOf(c), x, 1, cells)
    sameValues(
      cells,
      c.index.map(index => index + 1),
      'position',
    )
  })

  test(`axis ${i} (${c.kind}) has the edges that hist shows`, () => {
    sameValues(axisEdges(axisOf(c)), numbers(c.edges), 'edges')
  })
}

function filledCase() {
  const c = data.filled
  const axes = [
    variableAxis({ name: 'pt', edges: c.pt }),
    variableAxis({ name: 'eta', edges: c.eta }),
    regularAxis({ name: 'mll', bins: 8, lower: 50, upper: 130 }),
  ]
  const want = newHist(axes)
  c.cells.forEach((cell, k) => {
    want.value[cell] = c.value[k]!
    want.variance[cell] = c.variance[k]!
  })
  const values = c.rows.map(row => new Float32Array(numbers(row)))
  return { axes, values, weights: Float64Array.from(c.weights), want }
}

test('a weighted three-dimensional histogram is bitwise what hist fills', () => {
  const { axes, values, weights, want } = filledCase()
  const hist = newHist(axes)
  addEntries(hist, fillEntries(axes, values, { rows: 400, weights }))
  sameValues(hist.value, want.value, 'value')
  sameValues(hist.variance, want.variance, 'variance')
  is(equalHists(hist, want), true)
})

test('cutting the rows into chunks does not change a bit of the sums', () => {
  const { axes, values, weights, want } = filledCase()
  const hist = newHist(axes)
  for (const [start, stop] of [
    [0, 1],
    [1, 137],
    [137, 137],
    [137, 400],
  ] as const) {
    const rows = stop - start
    const part = values.map(v => v.subarray(start, stop))
    addEntries(hist, fillEntries(axes, part, { rows, weights: weights.subarray(start, stop) }))
  }
  is(equalHists(hist, want), true)
})

const pt = variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 10, 20] })
const flag = regularAxis({ name: 'flag', bins: 2, lower: 0, upper: 2 })

test('cells count with the first axis fastest, underflow first', () => {
  const { cells, weights } = fillEntries([pt, flag], [Float32Array.of(4, 5, 20, NaN), Uint8Array.of(0, 1, 1, 0)], {
    rows: 4,
  })
  sameValues(cells, [0 + 4, 1 + 4 * 2, 3 + 4 * 2, 3 + 4])
  is(weights, null)
})

test('a selection fills only its rows, with their weights', () => {
  const hist = newHist([pt])
  const selection = Int32Array.of(1, 3)
  const values = Float32Array.of(6, 7, 12, 15)
  addEntries(hist, fillEntries([pt], [values], { rows: 4, weights: Float64Array.of(1, 0.5, 1, -2), selection }))
  sameValues(hist.value, [0, 0.5, -2, 0])
  sameValues(hist.variance, [0, 0.25, 4, 0])
})

test('every column type fills alike', () => {
  const types: Values[] = [
    Int8Array.of(6, 12),
    Uint8Array.of(6, 12),
    Int16Array.of(6, 12),
    Uint16Array.of(6, 12),
    Int32Array.of(6, 12),
    Uint32Array.of(6, 12),
    BigInt64Array.of(6n, 12n),
    BigUint64Array.of(6n, 12n),
    Float32Array.of(6, 12),
    Float64Array.of(6, 12),
  ]
  for (const values of types) {
    sameValues(fillEntries([pt], [values], { rows: 2 }).cells, [1, 2], values.constructor.name)
  }
})

test('entries own their weights, so that transferring them leaves the column alone', () => {
  const weights = Float64Array.of(1, 2)
  const entries = fillEntries([pt], [Float32Array.of(6, 6)], { rows: 2, weights })
  is(entries.weights!.buffer === weights.buffer, false)
})

test('an empty fill adds nothing', () => {
  const hist = newHist([pt, flag])
  addEntries(hist, fillEntries([pt, flag], [new Float32Array(0), new Uint8Array(0)], { rows: 0 }))
  equal(sumHist(hist), { value: 0, variance: 0 })
})

test('rows beyond the length of an array are a bug of the caller', () => {
  throws(
    () => fillEntries([pt], [Float32Array.of(1)], { rows: 2 }),
    (e: Error) => e instanceof BugError,
  )
  throws(
    () => fillEntries([pt, flag], [Float32Array.of(1)], { rows: 1 }),
    (e: Error) => e instanceof BugError,
  )
})

test('sums include or leave out underflow and overflow', () => {
  const hist = newHist([pt, flag])
  const values = [Float32Array.of(1, 6, 12, 25), Uint8Array.of(0, 1, 5, 1)]
  addEntries(hist, fillEntries([pt, flag], values, { rows: 4, weights: Float64Array.of(1, 2, 4, 8) }))
  equal(sumHist(hist), { value: 15, variance: 85 })
  equal(sumHist(hist, false), { value: 2, variance: 4 })
})

test('merging adds cell by cell', () => {
  const a = newHist([pt])
  const b = newHist([pt])
  a.value.set([1, 2, 3, 4])
  a.variance.set([1, 1, 1, 1])
  b.value.set([10, 20, 30, 40])
  b.variance.set([2, 2, 2, 2])
  mergeInto(a, b)
  sameValues(a.value, [11, 22, 33, 44])
  sameValues(a.variance, [3, 3, 3, 3])
  sameValues(b.value, [10, 20, 30, 40])
})

test('histograms with other axes neither merge nor compare equal', () => {
  const other = [
    variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 10, 21] }),
    variableAxis({ name: 'pt', label: 'Pt', edges: [5, 10, 20] }),
    variableAxis({ name: 'el_pt', label: 'Pt [GeV]', edges: [5, 10, 20] }),
    variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 20] }),
    regularAxis({ name: 'pt', label: 'Pt [GeV]', bins: 2, lower: 5, upper: 20 }),
  ]
  for (const axis of other) {
    is(equalHists(newHist([pt]), newHist([axis])), false)
    throws(
      () => mergeInto(newHist([pt]), newHist([axis])),
      (e: Error) => e instanceof BugError,
    )
  }
  is(equalHists(newHist([flag]), newHist([regularAxis({ name: 'flag', bins: 2, lower: 0, upper: 3 })])), false)
})

test('bad binnings are refused with the name of the axis', () => {
  const refused = (make: () => unknown, text: string) =>
    throws(make, (e: Error) => e instanceof UsageError && e.message.includes(text))
  refused(() => variableAxis({ name: 'el_pt', edges: [5] }), 'axis "el_pt": has 1 edges')
  refused(() => variableAxis({ name: 'el_pt', edges: [5, 10, 10] }), 'edge 2 (10) follows 10')
  refused(() => variableAxis({ name: 'el_pt', edges: [5, NaN, 10] }), 'edge 1 (NaN) follows 5')
  refused(() => regularAxis({ name: 'm', bins: 0, lower: 0, upper: 1 }), 'has 0 bins')
  refused(() => regularAxis({ name: 'm', bins: 1.5, lower: 0, upper: 1 }), 'has 1.5 bins')
  refused(() => regularAxis({ name: 'm', bins: 1, lower: 1, upper: 1 }), 'goes from 1 to 1')
  refused(() => regularAxis({ name: 'm', bins: 1, lower: 0, upper: Infinity }), 'goes from 0 to Infinity')
  const many = regularAxis({ name: 'm', bins: 1000, lower: 0, upper: 1 })
  refused(() => newHist([many, many, many]), 'can be held (bins: m 1000, m 1000, m 1000)')
})

test.run()
