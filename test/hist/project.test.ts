import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { newHist, projectHist, regularAxis, sliceHist, variableAxis } from '../../lib/hist/index.js'

const a = variableAxis({ name: 'a', edges: [0, 1, 3] })
const b = variableAxis({ name: 'b', edges: [0, 1] })
const mll = regularAxis({ name: 'mll', bins: 1, lower: 50, upper: 130 })

/** Cell i, of 4 x 3 x 3 with flow, holds i; its variance is ten times that. */
function counted() {
  const hist = newHist([a, b, mll])
  for (let i = 0; i < hist.value.length; i++) {
    hist.value[i] = i
    hist.variance[i] = 10 * i
  }
  return hist
}

test('projecting sums over the other axes with underflow and overflow', () => {
  const { axes, value, variance } = projectHist(counted(), ['b'])
  equal(axes, [b])
  // b's underflow: cells 0-3, 12-15, 24-27.
  equal([...value], [6 + 54 + 102, 22 + 70 + 118, 38 + 86 + 134])
  equal([...variance], [1620, 2100, 2580])
})

test('the order of the names does not change the order of the axes', () => {
  const { axes, value } = projectHist(counted(), ['mll', 'a'])
  equal(
    axes.map(axis => axis.name),
    ['a', 'mll'],
  )
  equal([...value.subarray(0, 5)], [0 + 4 + 8, 1 + 5 + 9, 2 + 6 + 10, 3 + 7 + 11, 12 + 16 + 20])
})

test('keeping all axes gives the histogram itself, keeping none one cell with everything', () => {
  const hist = counted()
  is(projectHist(hist, ['a', 'b', 'mll']), hist)
  equal([...projectHist(hist, []).value], [(35 * 36) / 2])
})

test('an axis that is not there is told with those that are', () => {
  throws(
    () => projectHist(counted(), ['mllx']),
    (error: Error) => error instanceof UsageError && /no axis "mllx" \(it has a, b, mll\).*"mll"/.test(error.message),
  )
})

test('a slice keeps the underflow and overflow of its axis', () => {
  // a in bin 1 (cell 2), b in bin 0 (cell 1): 2 + 4 * 1 + 12 * mll.
  const { axes, value, variance } = sliceHist(counted(), 2, [1, 0, 0])
  equal(axes, [mll])
  equal([...value], [6, 18, 30])
  equal([...variance], [60, 180, 300])
  equal([...sliceHist(counted(), 0, [0, 0, 0]).value], [16, 17, 18, 19])
})

test('a slice at a bin that is not there is an error', () => {
  throws(() => sliceHist(counted(), 2, [2, 0, 0]), RangeError)
  throws(() => sliceHist(counted(), 2, [0, -1, 0]), RangeError)
})

test.run()
