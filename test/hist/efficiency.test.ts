import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { betaQuantile, incompleteBeta } from '../../lib/hist/beta.js'
import { clopperPearson } from '../../lib/hist/efficiency.js'
import { ONE_SIGMA } from '../../lib/hist/intervals.js'
import { close } from '../support/columns.js'

interface Interval {
  passing: number
  total: number
  coverage: number
  low: number
  high: number
}
const data: { intervals: Interval[]; betas: { a: number; b: number; x: number; value: number }[] } = JSON.parse(
  readFileSync('test/hist/data/efficiency.gen.json', 'utf8'),
)

test('intervals agree with hist to 1e-12, from 0.001 to 10 million counts', () => {
  ok(data.intervals.length > 100)
  for (const { passing, total, coverage, low, high } of data.intervals) {
    const got = clopperPearson(passing, total, coverage)
    close(got.low, low, 1e-12, 1e-300, `low of ${passing} / ${total} at ${coverage}`)
    close(got.high, high, 1e-12, 0, `high of ${passing} / ${total} at ${coverage}`)
  }
})

test('the incomplete beta function agrees with scipy', () => {
  for (const { a, b, x, value } of data.betas) close(incompleteBeta(x, a, b), value, 1e-12, 0, `I_${x}(${a}, ${b})`)
})

test('the default coverage is one standard deviation', () => {
  equal(clopperPearson(3, 7), clopperPearson(3, 7, ONE_SIGMA))
  const { efficiency, low, high } = clopperPearson(1, 2)
  is(efficiency, 0.5)
  close(low, 1 - Math.sqrt(0.5 + ONE_SIGMA / 2), 1e-14)
  close(high, Math.sqrt(0.5 + ONE_SIGMA / 2), 1e-14)
})

test('no and all passing give closed ends', () => {
  const none = clopperPearson(0, 4)
  is(none.low, 0)
  close(none.high, 1 - (0.5 - ONE_SIGMA / 2) ** 0.25, 1e-13)
  const all = clopperPearson(4, 4)
  is(all.high, 1)
  close(all.low, (0.5 - ONE_SIGMA / 2) ** 0.25, 1e-13)
})

test('without counts, or with negative or undefined ones, everything is NaN', () => {
  for (const [passing, total] of [
    [0, 0],
    [-1, 5],
    [-2, -1],
    [NaN, 5],
    [1, NaN],
  ] as const) {
    ok(Object.values(clopperPearson(passing, total)).every(Number.isNaN), `${passing} of ${total}`)
  }
})

test('more passing than total is refused', () => {
  throws(
    () => clopperPearson(5, 3),
    (e: Error) => e instanceof UsageError && e.message.startsWith('efficiency: 5 passing of 3 in total'),
  )
})

test('quantiles at the ends and outside of [0, 1]', () => {
  is(betaQuantile(0, 2, 3), 0)
  is(betaQuantile(1, 2, 3), 1)
  for (const p of [-0.1, 1.1, NaN]) ok(Number.isNaN(betaQuantile(p, 2, 3)), `p = ${p}`)
})

test('a quantile below the smallest number comes out as almost zero', () => {
  close(betaQuantile(0.16, 1e-3, 2), 0, 0, 1e-300)
})

test.run()
