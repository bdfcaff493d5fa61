import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { alignedSteps, evenSteps } from '../../lib/preprocess/steps.js'

test('even steps: their number is rounded half to even, their width up', () => {
  equal(evenSteps(1000, 400), [
    [0, 500],
    [500, 1000],
  ])
  equal(evenSteps(1000, 300), [
    [0, 334],
    [334, 668],
    [668, 1000],
  ])
  equal(evenSteps(1000, 700), [[0, 1000]])
  const seven = evenSteps(1000, 150)
  equal([seven.length, seven[0], seven[6]], [7, [0, 143], [858, 1000]])
})

test('even steps: one without a size, one more than a file large, and [0, 0] for an empty file', () => {
  equal(evenSteps(1000, null), [[0, 1000]])
  equal(evenSteps(1000, 1e6), [[0, 1000]])
  equal(evenSteps(0, 100), [[0, 0]])
})

test('even steps that rounding leaves without entries are dropped', () => {
  // 10 / 1.5 -> 7 steps of 2: the sixth would be empty, the seventh inverted.
  equal(evenSteps(10, 1.5), [
    [0, 2],
    [2, 4],
    [4, 6],
    [6, 8],
    [8, 10],
  ])
})

test('aligned steps end at the first cluster that makes them long enough, and the last one at the end', () => {
  const clusters = [0, 300, 700, 1000]
  equal(alignedSteps(clusters, 400), [
    [0, 700],
    [700, 1000],
  ])
  equal(alignedSteps(clusters, 300), [
    [0, 300],
    [300, 700],
    [700, 1000],
  ])
  equal(alignedSteps(clusters, 900), [[0, 1000]])
  equal(alignedSteps(clusters, null), [[0, 1000]])
  equal(alignedSteps([0], 100), [[0, 0]])
})

test.run()
