/** Counts of probes, and sums of their weights, for the summary. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import type { Pairs } from '../../lib/core/types.js'
import { countProbes } from '../../lib/stages/count-probes.js'
import { pairColumn } from '../../lib/stages/variables.js'
import { addWeightSums, roundedSums, weightSums } from '../../lib/stages/weight-sums.js'
import { chunk, ctx } from '../support/batches.js'

/** Pairs with the decisions of two filters, and weights. */
function pairsOf(weights: Float64Array, decisions: Readonly<Record<string, Uint8Array>>): Pairs {
  const columns = new Map<string, unknown>([['weight', { dtype: 'float64', values: weights }]])
  for (const [name, values] of Object.entries(decisions)) columns.set(name, { dtype: 'bool', values })
  return { event: new Int32Array(weights.length), columns } as unknown as Pairs
}

const weights = Float64Array.of(0.5, 0.25, -0.125, 2)
const decisions = { a: Uint8Array.of(1, 0, 1, 1), b: Uint8Array.of(0, 0, 0, 1) }

test('without weights there are numbers of pairs, passing and all', () => {
  const stage = countProbes(['a', 'b'])
  const into = stage.init()
  const partial = stage.partial(pairsOf(weights, decisions), ctx)
  stage.merge(into, partial, chunk)
  stage.merge(into, partial, chunk)
  equal(stage.done(into), { pairs: 8, passing: { a: 6, b: 2 }, weights: null })
  equal(stage.reads, undefined)
})

test('with weights there are their sums and those of their squares as well', () => {
  const stage = countProbes(['a', 'b'], pairColumn('weight', 'float64'))
  const into = stage.init()
  stage.merge(into, stage.partial(pairsOf(weights, decisions), ctx), chunk)
  stage.merge(
    into,
    stage.partial(pairsOf(new Float64Array(0), { a: new Uint8Array(0), b: new Uint8Array(0) }), ctx),
    chunk,
  )
  equal(stage.done(into), {
    pairs: 4,
    passing: { a: 3, b: 1 },
    weights: {
      name: 'weight',
      all: { value: 2.625, variance: 4.328125 },
      passing: { a: { value: 2.375, variance: 4.265625 }, b: { value: 2, variance: 4 } },
    },
  })
})

test('sums do not depend on where the events were cut, though float64 sums do', () => {
  const many = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin(i) * 10 ** (i % 9))
  const plain = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
  const whole = roundedSums(weightSums(many, null))
  let differs = false
  for (const size of [1, 7, 100, 12_345]) {
    const sums = weightSums(new Float64Array(0), null)
    let naive = 0
    for (let start = 0; start < many.length; start += size) {
      const part = many.subarray(start, start + size)
      addWeightSums(sums, weightSums(part, null))
      naive += plain(part)
    }
    equal(roundedSums(sums), whole, `chunks of ${size}`)
    differs ||= naive !== plain(many)
  }
  ok(differs)
  is(roundedSums(weightSums(Float64Array.of(1, 1e100, 1, -1e100), null)).value, 2)
})

test('a weight that is no number leaves no sum', () => {
  for (const odd of [NaN, Infinity]) {
    const { value, variance } = roundedSums(weightSums(Float64Array.of(1, odd, 2), null))
    ok(!Number.isFinite(value) && !Number.isFinite(variance))
  }
})

test.run()
