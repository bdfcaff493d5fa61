import { test } from 'uvu'
import { orderedPairs } from '../../lib/stages/pairs-within.js'
import { sameValues } from '../support/columns.js'

test('three electrons make six ordered pairs, tag outer, probe inner', () => {
  const { event, tag, probe } = orderedPairs(Int32Array.of(0, 3), null, 1)
  sameValues(event, [0, 0, 0, 0, 0, 0])
  sameValues(tag, [0, 0, 1, 1, 2, 2])
  sameValues(probe, [1, 2, 0, 2, 0, 1])
})

test('events with fewer than two electrons have no pairs', () => {
  const { event, tag, probe } = orderedPairs(Int32Array.of(0, 0, 1, 3), null, 3)
  sameValues(event, [2, 2])
  sameValues(tag, [1, 2])
  sameValues(probe, [2, 1])
})

test('only events that are still in are paired', () => {
  const { event } = orderedPairs(Int32Array.of(0, 2, 4), Int32Array.of(1), 2)
  sameValues(event, [1, 1])
})

test('no events give no pairs', () => {
  sameValues(orderedPairs(Int32Array.of(0), null, 0).event, [])
})

test.run()
