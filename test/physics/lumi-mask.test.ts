import { test } from 'uvu'
import { certifiedEvents, lumiRanges } from '../../lib/physics/lumi-mask.js'
import { sameValues } from '../support/columns.js'

const mask = lumiRanges([
  [
    1,
    [
      [5, 7],
      [10, 30],
    ],
  ],
  [2, [[1, 1]]],
])

function certified(pairs: [number, number][], events: Int32Array | null = null): Int32Array {
  const run = Uint32Array.from(pairs, p => p[0])
  const lumi = Uint32Array.from(pairs, p => p[1])
  return certifiedEvents(mask, run, lumi, events, pairs.length)
}

test('ranges are inclusive at both ends', () => {
  sameValues(
    certified([
      [1, 4],
      [1, 5],
      [1, 7],
      [1, 8],
      [1, 9],
      [1, 10],
      [1, 30],
      [1, 31],
    ]),
    [1, 2, 5, 6],
  )
})

test('runs that are not listed fail, and runs may alternate', () => {
  sameValues(
    certified([
      [3, 1],
      [2, 1],
      [1, 6],
      [2, 2],
      [2, 1],
    ]),
    [1, 2, 4],
  )
})

test('only events that are still in are looked at', () => {
  sameValues(
    certified(
      [
        [1, 5],
        [1, 5],
        [1, 5],
      ],
      Int32Array.of(0, 2),
    ),
    [0, 2],
  )
  sameValues(certified([[1, 5]], new Int32Array(0)), [])
})

test.run()
