import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { clopperPearson, efficiencyTable, type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
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

test('a bin without probes has no efficiency; negative weights leave a ratio but no interval', () => {
  const [empty, odd] = efficiencyTable(filled([pt], [[[2], 3]]), filled([pt], [[[2], -1]])).rows
  const [negative] = efficiencyTable(filled([pt], [[[1], -1]]), filled([pt], [[[1], 5]])).rows
  equal([negative!.efficiency, negative!.errorLow], [-0.25, NaN])
  ok([empty!.efficiency, empty!.errorLow, empty!.errorHigh].every(Number.isNaN))
  equal([odd!.passing, odd!.total, odd!.efficiency], [3, 2, 1.5])
  ok(Number.isNaN(odd!.errorLow) && Number.isNaN(odd!.errorHigh))
})

test('histograms of different axes, and axes that are not there, are refused', () => {
  const refused = (make: () => unknown, want: RegExp) =>
    throws(make, (e: Error) => e instanceof UsageError && want.test(e.message))
  refused(() => efficiencyTable(newHist([pt]), newHist([eta])), /binned differently/)
  refused(
    () => efficiencyTable(newHist([pt, eta]), newHist([pt, eta]), { axes: ['phi'] }),
    /no axis "phi"; the axes are pt, eta/,
  )
  refused(() => efficiencyTable(newHist([pt]), newHist([pt]), { axes: ['pt', 'pt'] }), /named twice/)
})

test.run()
