import { test } from 'uvu'
import { equal, is, not, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import {
  clopperPearson,
  efficiencyTable,
  type Hist,
  INTERVALS,
  isWeighted,
  newHist,
  ONE_SIGMA,
  regularAxis,
  variableAxis,
} from '../../lib/hist/index.js'
import { close } from '../support/columns.js'

const pt = variableAxis({ name: 'pt', edges: [10, 20, 50] })
const eta = variableAxis({ name: 'eta', edges: [-2.5, 0, 1, 2.5] })
const mll = regularAxis({ name: 'mll', bins: 2, lower: 50, upper: 130 })

/** Fills cells at (position along each axis, underflow 0) with counts. */
function filled(axes: Hist['axes'], cells: readonly (readonly [readonly number[], number])[]): Hist {
  const hist = newHist(axes)
  for (const [at, value] of cells) {
    let cell = 0
    let stride = 1
    for (const [a, axis] of axes.entries()) {
      cell += at[a]! * stride
      stride *= (axis.kind === 'variable' ? axis.edges.length - 1 : axis.bins) + 2
    }
    hist.value[cell] = value
  }
  return hist
}

test('each bin has a row: counts, efficiency, and the distances to the ends of its interval', () => {
  const { axes, rows } = efficiencyTable(
    filled(
      [pt],
      [
        [[1], 3],
        [[2], 5],
      ],
    ),
    filled([pt], [[[1], 4]]),
  )
  equal(axes, [pt])
  equal(
    rows.map(r => [r.bins, r.passing, r.total]),
    [
      [[{ lower: 10, upper: 20 }], 3, 7],
      [[{ lower: 20, upper: 50 }], 5, 5],
    ],
  )
  const { low, high } = clopperPearson(3, 7)
  close(rows[0]!.efficiency, 3 / 7)
  close(rows[0]!.errorLow, 3 / 7 - low)
  close(rows[0]!.errorHigh, high - 3 / 7)
  equal([rows[1]!.efficiency, rows[1]!.errorHigh], [1, 0])
})

test('the last axis changes fastest, and flow has no rows', () => {
  const passing = filled(
    [pt, eta],
    [
      [[1, 1], 1],
      [[1, 2], 2],
      [[2, 3], 6],
      [[0, 1], 100],
      [[3, 1], 100],
      [[1, 4], 100],
    ],
  )
  const { rows } = efficiencyTable(passing, newHist([pt, eta]))
  equal(
    rows.map(r => [r.bins[0]!.lower, r.bins[1]!.lower, r.passing]),
    [
      [10, -2.5, 1],
      [10, 0, 2],
      [10, 1, 0],
      [20, -2.5, 0],
      [20, 0, 0],
      [20, 1, 6],
    ],
  )
})

const onMass = filled(
  [pt, mll],
  [
    [[1, 0], 8],
    [[1, 1], 1],
    [[1, 2], 2],
    [[1, 3], 16],
    [[0, 1], 32],
  ],
)

test('the mass axis is summed over, without flow unless it is asked for', () => {
  const none = newHist([pt, mll])
  is(efficiencyTable(onMass, none).rows[0]!.total, 3)
  is(efficiencyTable(none, onMass, { flow: true }).rows[0]!.total, 27)
  is(efficiencyTable(onMass, none, { axes: ['pt', 'mll'] }).rows.length, 4)
})

test('axes that are not asked for are summed over, and those asked for stand in the order given', () => {
  const three = filled(
    [pt, eta, mll],
    [
      [[1, 1, 1], 1],
      [[1, 3, 2], 2],
      [[2, 2, 1], 4],
      [[1, 0, 1], 8],
    ],
  )
  const none = newHist([pt, eta, mll])
  equal(
    efficiencyTable(three, none, { axes: ['pt'] }).rows.map(r => r.passing),
    [3, 4],
  )
  equal(
    efficiencyTable(three, none, { axes: ['eta', 'pt'] }).rows.map(r => r.passing),
    [1, 0, 0, 4, 2, 0],
  )
  equal(
    efficiencyTable(three, none, { axes: [], flow: true }).rows.map(r => [r.bins, r.passing]),
    [[[], 15]],
  )
})

test('a bin without probes has no efficiency; negative weights leave a ratio but no interval, and say so', () => {
  const [empty, odd] = efficiencyTable(filled([pt], [[[2], 3]]), filled([pt], [[[2], -1]])).rows
  const [negative] = efficiencyTable(filled([pt], [[[1], -1]]), filled([pt], [[[1], 5]])).rows
  const [below] = efficiencyTable(filled([pt], [[[1], 1]]), filled([pt], [[[1], -5]])).rows
  equal([negative!.efficiency, negative!.errorLow], [-0.25, NaN])
  equal([negative!.problem, below!.problem], ['negative passing weight', 'negative total weight'])
  ok([empty!.efficiency, empty!.errorLow, empty!.errorHigh].every(Number.isNaN))
  is(empty!.problem, null)
  equal([odd!.passing, odd!.total, odd!.efficiency, odd!.problem], [3, 2, 1.5, 'passing > total'])
  ok(Number.isNaN(odd!.errorLow) && Number.isNaN(odd!.errorHigh))
})

/** As filled, with sums of squared weights. */
function weighted(axes: Hist['axes'], cells: readonly (readonly [readonly number[], number, number])[]): Hist {
  const hist = filled(
    axes,
    cells.map(([at, value]) => [at, value] as const),
  )
  hist.variance.set(
    filled(
      axes,
      cells.map(([at, , variance]) => [at, variance] as const),
    ).value,
  )
  return hist
}

test('weights: effective entries of all cells that are added up, by the kind of interval asked for', () => {
  const passing = weighted(
    [pt, mll],
    [
      [[1, 1], 0.5, 0.01],
      [[1, 2], 0.25, 0.02],
      [[1, 3], 7, 7],
    ],
  )
  const failing = weighted([pt, mll], [[[1, 2], 0.25, 0.005]])
  for (const interval of ['clopper-pearson', 'wilson', 'jeffreys', 'bayesian'] as const) {
    const table = efficiencyTable(passing, failing, { interval })
    const [row, empty] = table.rows
    const entries = 1 / 0.035
    close(row!.entries, entries, 1e-14)
    const [low, high] = INTERVALS[interval](0.75 * row!.entries, row!.entries, ONE_SIGMA)
    equal([row!.passing, row!.total, row!.efficiency], [0.75, 1, 0.75])
    close(row!.errorLow, 0.75 - low, 1e-14)
    close(row!.errorHigh, high - 0.75, 1e-14)
    equal([empty!.entries, empty!.problem], [0, null])
    ok(isWeighted(table))
  }
})

test('sums of weights as counts are the reference; counts are the same in both', () => {
  const passing = weighted([pt], [[[1], 0.75, 0.03]])
  const failing = weighted([pt], [[[1], 0.25, 0.005]])
  const table = efficiencyTable(passing, failing, { sumsAsCounts: true })
  const { low, high } = clopperPearson(0.75, 1)
  equal([table.rows[0]!.errorLow, table.rows[0]!.errorHigh, table.rows[0]!.entries], [0.75 - low, high - 0.75, 1])
  not.ok(isWeighted(table))
  const counts = [weighted([pt], [[[1], 3, 3]]), weighted([pt], [[[1], 4, 4]])] as const
  equal(efficiencyTable(...counts), efficiencyTable(...counts, { sumsAsCounts: true }))
})

test('a bin whose histogram has squared weights elsewhere, but not there, has no interval', () => {
  const passing = weighted(
    [pt],
    [
      [[1], 0.75, 0],
      [[2], 3, 3],
    ],
  )
  const [row] = efficiencyTable(passing, weighted([pt], [[[2], 1, 1]])).rows
  is(row!.problem, 'no sum of squared weights')
  ok(Number.isNaN(row!.errorLow) && Number.isNaN(row!.entries))
})

test('histograms of different axes, and axes that are not there, are refused', () => {
  const refused = (make: () => unknown, want: RegExp) =>
    throws(make, (e: Error) => e instanceof UsageError && want.test(e.message))
  refused(
    () => efficiencyTable(newHist([pt, mll]), newHist([eta]), { axes: ['phi'] }),
    /differently: axis 0 is "pt" \(10, 20, 50\) of passing, "eta" \(-2\.5, 0, 1, 2\.5\) of failing.*\n.*axis 1 is "mll" \(50, 90, 130\) of passing, none of failing.*\n.*no axis "phi"/,
  )
  refused(
    () => efficiencyTable(newHist([pt, eta]), newHist([pt, eta]), { axes: ['phi'] }),
    /no axis "phi"; the axes are pt, eta/,
  )
  refused(() => efficiencyTable(newHist([pt]), newHist([pt]), { axes: ['pt', 'pt'] }), /named twice/)
})

test.run()
