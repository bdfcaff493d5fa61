/** Times and amounts for people. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { humanCount, humanTime } from '../../lib/cli/progress.js'

test('times are rounded before they are parted: nothing has 60 seconds or minutes', () => {
  const seconds = [0.04, 9.94, 9.96, 59.4, 59.6, 60.4, 119.7, 3599.4, 3599.6, 3629, 7170, 90000]
  equal(seconds.map(humanTime), [
    '0.0 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '1 min 0 s',
    '2 min 0 s',
    '59 min 59 s',
    '1 h 0 min',
    '1 h 0 min',
    '2 h 0 min',
    '25 h 0 min',
  ])
})

test('amounts have a unit of thousands', () => {
  equal([Number.NaN, 12, 999, 1000, 123_456, 999_949, 999_950, 1_234_567].map(humanCount), [
    '0',
    '12',
    '999',
    '1.0 k',
    '123.5 k',
    '999.9 k',
    '1.0 M',
    '1.2 M',
  ])
})

test.run()
