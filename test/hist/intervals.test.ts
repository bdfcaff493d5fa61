/** The four kinds of intervals against scipy, and how often they hold the truth, with and without weights. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { betaQuantile } from '../../lib/hist/beta.js'
import { estimateEfficiency, INTERVALS, type IntervalKind, ONE_SIGMA, type WeightSum } from '../../lib/hist/index.js'
import { standardDeviations } from '../../lib/hist/intervals.js'
import { close } from '../support/columns.js'

interface Interval {
  kind: IntervalKind
  passing: number
  total: number
  coverage: number
  low: number
  high: number
}
const data: { intervals: Interval[]; deviations: { coverage: number; z: number }[] } = JSON.parse(
  readFileSync('test/hist/data/intervals.gen.json', 'utf8'),
)
const KINDS = Object.keys(INTERVALS) as IntervalKind[]

test('intervals of every kind agree with scipy, from 0.001 to a million probes', () => {
  equal([...new Set(data.intervals.map(i => i.kind))], KINDS)
  for (const { kind, passing, total, coverage, low, high } of data.intervals) {
    const [gotLow, gotHigh] = INTERVALS[kind](passing, total, coverage)
    const what = `${kind} of ${passing} / ${total} at ${coverage}`
    // Where the shortest interval ends is known less well than how short it is.
    const tolerance = kind === 'bayesian' ? 1e-8 : 1e-11
    close(gotLow, low, tolerance, 1e-15, `low of ${what}`)
    close(gotHigh, high, tolerance, 1e-15, `high of ${what}`)
  }
})

test('standard deviations of a probability agree with scipy', () => {
  for (const { coverage, z } of data.deviations) close(standardDeviations(coverage), z, coverage > 0.999 ? 1e-7 : 1e-13)
  close(standardDeviations(ONE_SIGMA), 1, 1e-15)
  equal([standardDeviations(0), standardDeviations(1)], [0, Infinity])
  for (const coverage of [-0.1, 1.1, NaN]) ok(Number.isNaN(standardDeviations(coverage)))
})

test('every interval holds the efficiency, and that of passing mirrors that of failing probes', () => {
  for (const kind of KINDS) {
    for (const n of [0.01, 0.7, 3, 41.5, 2000]) {
      for (const fraction of [0, 1e-6, 0.01, 0.3, 0.5, 0.999, 1]) {
        const [low, high] = INTERVALS[kind](fraction * n, n, ONE_SIGMA)
        const what = `${kind}: ${fraction} of ${n}`
        ok(low >= 0 && low <= fraction && fraction <= high && high <= 1, `${what}: ${low} to ${high}`)
        const [mirroredLow, mirroredHigh] = INTERVALS[kind](n - fraction * n, n, ONE_SIGMA)
        close(1 - mirroredHigh, low, 1e-7, 1e-9, what)
        close(1 - mirroredLow, high, 1e-7, 1e-9, what)
      }
    }
  }
})

/** Seeded numbers in [0, 1): mulberry32. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Sums of passing and failing probes: 20 to 79 of them, each passing with the given probability. */
function toy(random: () => number, efficiency: number, weight: () => number): [WeightSum, WeightSum] {
  const sums = [0, 1].map(() => ({ value: 0, variance: 0 }))
  const probes = 20 + Math.floor(60 * random())
  for (let i = 0; i < probes; i++) {
    const w = weight()
    const sum = sums[random() < efficiency ? 0 : 1]!
    sum.value += w
    sum.variance += w * w
  }
  return [sums[0]!, sums[1]!]
}

const TOYS = 4000
/** Their efficiencies are drawn from 0.5 to 0.97, so that no single one's steps show. */
function coverageOf(kind: IntervalKind, weightOf: (random: () => number) => number, sumsAsCounts = false): number {
  const random = uniform(2026)
  let inside = 0
  for (let i = 0; i < TOYS; i++) {
    const truth = 0.5 + 0.47 * random()
    const [passing, failing] = toy(random, truth, () => weightOf(random))
    const { low, high } = estimateEfficiency(passing, failing, { interval: kind, sumsAsCounts })
    if (low <= truth && truth <= high) inside++
  }
  return inside / TOYS
}

/** Of simulation: normalised, spread by a factor of 10 (pileup), one in twenty negative (generator). */
const spread = (random: () => number) => 0.003 * 10 ** random()
const signed = (random: () => number) => spread(random) * (random() < 0.05 ? -1 : 1)

/** Statistical uncertainty of a coverage: 0.0074. */
const LIMITS: Readonly<Record<IntervalKind, readonly [number, number]>> = {
  'clopper-pearson': [0.683, 0.8],
  wilson: [0.655, 0.71],
  jeffreys: [0.655, 0.71],
  bayesian: [0.655, 0.71],
}

for (const kind of KINDS) {
  test(`${kind} intervals hold the truth as often as they say, without and with weights`, () => {
    const [least, most] = LIMITS[kind]
    for (const [name, weight] of [
      ['none', () => 1],
      ['constant', () => 0.028],
      ['spread', spread],
      ['signed', signed],
    ] as const) {
      const coverage = coverageOf(kind, weight)
      ok(coverage >= least && coverage <= most, `${kind}, weights ${name}: ${coverage}`)
    }
  })
}

test('sums of weights as counts hold the truth nearly always, or too rarely: the reference is no measure there', () => {
  ok(coverageOf('clopper-pearson', spread, true) > 0.95)
  ok(coverageOf('clopper-pearson', random => 1000 * spread(random), true) < 0.5)
})

test('a common factor of all weights changes nothing, and weights of 1 give the counts themselves', () => {
  for (const interval of KINDS) {
    const counts = estimateEfficiency({ value: 9, variance: 9 }, { value: 4, variance: 4 }, { interval })
    const [low, high] = INTERVALS[interval](9, 13, ONE_SIGMA)
    equal([counts.low, counts.high, counts.entries], [low, high, 13])
    const f = 0.028
    const scaled = estimateEfficiency(
      { value: 9 * f, variance: 9 * f * f },
      { value: 4 * f, variance: 4 * f * f },
      { interval },
    )
    close(scaled.low, low, 1e-9)
    close(scaled.high, high, 1e-9)
    close(scaled.entries, 13, 1e-12)
  }
})

test('effective entries are (sum w)^2 / sum w^2 of all probes; as counts the sums stand for themselves', () => {
  const sums = [
    { value: 6, variance: 20 },
    { value: 2, variance: 4 },
  ] as const
  const estimate = estimateEfficiency(...sums)
  close(estimate.entries, 64 / 24, 1e-15)
  const [low, high] = INTERVALS['clopper-pearson']((6 * 8) / 24, 64 / 24, ONE_SIGMA)
  equal([estimate.low, estimate.high], [low, high])
  const reference = estimateEfficiency(...sums, { sumsAsCounts: true })
  const [referenceLow, referenceHigh] = INTERVALS['clopper-pearson'](6, 8, ONE_SIGMA)
  equal([reference.low, reference.high, reference.entries], [referenceLow, referenceHigh, 8])
})

test('what has no interval says why, with and without weights heeded', () => {
  const w = (value: number, variance = Math.abs(value)) => ({ value, variance })
  for (const [passing, failing, problem, efficiency] of [
    [w(-1), w(-3), 'negative total weight', 0.25],
    [w(3), w(-1), 'passing > total', 1.5],
    [w(-1), w(3), 'negative passing weight', -0.5],
    [w(1), w(-1), 'total weight is 0', NaN],
    [w(NaN), w(1), 'not a finite number', NaN],
    [w(Infinity), w(1), 'not a finite number', NaN],
  ] as const) {
    for (const sumsAsCounts of [false, true]) {
      const got = estimateEfficiency(passing, failing, { sumsAsCounts })
      is(got.problem, problem)
      // What the reference gives for a negative total is a ratio that looks like an efficiency.
      const want = problem === 'negative total weight' && !sumsAsCounts ? NaN : efficiency
      ok(Object.is(got.efficiency, want), `${problem}: ${got.efficiency}`)
      ok(Number.isNaN(got.low) && Number.isNaN(got.high))
    }
  }
  is(estimateEfficiency(w(2, 0), w(1, 0)).problem, 'no sum of squared weights')
  is(estimateEfficiency(w(2, -2), w(1, 0)).problem, 'negative sum of squared weights')
  const none = estimateEfficiency(w(0), w(0))
  equal([none.problem, none.entries], [null, 0])
  ok(Number.isNaN(none.efficiency) && Number.isNaN(none.low))
})

test('of very many probes, ends are those of the beta distribution all the same, at once', () => {
  for (const [k, failing] of [
    [3e10, 2e10],
    [1.5e10, 9e10],
  ] as const) {
    const [low, high] = INTERVALS['clopper-pearson'](k, k + failing, ONE_SIGMA)
    const wanted = [
      betaQuantile((1 - ONE_SIGMA) / 2, k, failing + 1),
      betaQuantile((1 + ONE_SIGMA) / 2, k + 1, failing),
    ]
    for (const [i, end] of [low, high].entries()) ok(Math.abs(end / wanted[i]! - 1) < 1e-14, `${end} ${wanted[i]}`)
  }
  for (const kind of ['clopper-pearson', 'wilson', 'jeffreys', 'bayesian'] as const) {
    for (const n of [1e13, 1e200, 1e307]) {
      const [low, high] = INTERVALS[kind](n / 2, n, ONE_SIGMA)
      ok(low <= 0.5 && high >= 0.5 && high - low < 1e-6, `${kind} ${n}: ${low} ${high}`)
    }
  }
})

test.run()
