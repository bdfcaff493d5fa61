import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { coalesce } from '../../lib/bytes/coalesce.js'

const near = { maxGap: 10, maxLength: 100 }

test('ranges up to the largest gap apart are read together', () => {
  const reads = coalesce(
    [
      { position: 0, length: 5 },
      { position: 15, length: 5 },
      { position: 31, length: 4 },
    ],
    near,
  )
  equal(reads, [
    { position: 0, length: 20, members: [0, 1] },
    { position: 31, length: 4, members: [2] },
  ])
})

test('ranges may come in any order, overlap and lie inside one another', () => {
  const reads = coalesce(
    [
      { position: 50, length: 10 },
      { position: 20, length: 40 },
      { position: 55, length: 20 },
      { position: 30, length: 1 },
    ],
    near,
  )
  equal(reads, [{ position: 20, length: 55, members: [1, 3, 0, 2] }])
})

test('a joined read does not become longer than allowed, a single range may', () => {
  const reads = coalesce(
    [
      { position: 0, length: 60 },
      { position: 60, length: 41 },
      { position: 101, length: 500 },
    ],
    near,
  )
  equal(
    reads.map(({ position, length }) => [position, length]),
    [
      [0, 60],
      [60, 41],
      [101, 500],
    ],
  )
})

test('no ranges make no reads, and an empty range is a member of one', () => {
  equal(coalesce([], near), [])
  equal(coalesce([{ position: 7, length: 0 }], near), [{ position: 7, length: 0, members: [0] }])
})

test.run()
