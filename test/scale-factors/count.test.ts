import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { clopperPearson, INTERVALS, ONE_SIGMA } from '../../lib/hist/index.js'
import { countEfficiencies } from '../../lib/scale-factors/index.js'
import { AXES, type Fill, filled } from './grids.js'

const { eta, pt, npv, mll } = AXES
const options = { axes: ['el_eta', 'el_pt'], massWindow: [60, 120] } as const
const at = (el_eta: number, el_pt: number, more: Readonly<Record<string, number>> = {}) => ({ el_eta, el_pt, ...more })

function times(n: number, fill: Fill): Fill[] {
  return Array.from({ length: n }, () => fill)
}

test('passing over all in each bin, eta first whatever the order of the axes', () => {
  const passing = times(3, [at(-1, 15)]).concat(times(2, [at(1, 30)]))
  const failing = times(1, [at(-1, 15)]).concat(times(6, [at(1, 30)]))
  for (const axes of [
    [eta, pt],
    [pt, eta],
  ]) {
    const grid = countEfficiencies(filled(axes, passing), filled(axes, failing), options)
    equal([...grid.efficiency], [0.75, NaN, NaN, 0.25])
    equal(grid.failure, [null, 'no probes', 'no probes', null])
    const { low, high } = clopperPearson(3, 4)
    equal([grid.up[0], grid.down[0]], [high - 0.75, 0.75 - low])
    equal(
      grid.axes.map(axis => axis.name),
      ['el_eta', 'el_pt'],
    )
  }
})

test('probes count within the mass window, its lower edge included, and whole without a mass axis', () => {
  const fills: Fill[] = [59.9, 60, 119.9, 120, 45, 140].map(m => [at(-1, 15, { mll: m })])
  const none = filled([eta, pt, mll], [[at(-1, 15, { mll: 90 })]])
  const grid = countEfficiencies(filled([eta, pt, mll], fills), none, options)
  is(grid.efficiency[0], 2 / 3)
  const whole = countEfficiencies(filled([eta, pt], fills), filled([eta, pt], [[at(-1, 15)]]), options)
  is(whole.efficiency[0], 6 / 7)
})

test('other axes are summed over with underflow and overflow; those of the bins are not', () => {
  const axes = [npv, pt, mll, eta]
  const fills: Fill[] = [-5, 10, 99].map(n => [at(-1, 15, { npv: n, mll: 91 })])
  const beyond: Fill[] = [[at(-1, 60, { npv: 5, mll: 91 })], [at(-3, 15, { npv: 5, mll: 91 })]]
  const failing = filled(axes, [[at(-1, 15, { npv: 5, mll: 91 })], ...beyond])
  const grid = countEfficiencies(filled(axes, [...fills, ...beyond]), failing, options)
  equal([...grid.efficiency], [0.75, NaN, NaN, NaN])
})

test('weighted probes have the interval of their effective entries', () => {
  const passing = filled([eta, pt], times(30, [at(-1, 15), 0.01]))
  const failing = filled([eta, pt], times(10, [at(-1, 15), 0.01]))
  const { efficiency, up, down } = countEfficiencies(passing, failing, options)
  const { low, high } = clopperPearson(30, 40)
  ok(Math.abs(efficiency[0]! - 0.75) < 1e-12)
  ok(Math.abs(up[0]! - (high - 0.75)) < 1e-9 && Math.abs(down[0]! - (0.75 - low)) < 1e-9)
})

test('all passing has no upper, none passing no lower uncertainty', () => {
  const some = filled([eta, pt], times(7, [at(-1, 15), 0.3]))
  const none = filled([eta, pt], [])
  const all = countEfficiencies(some, none, options)
  equal([all.efficiency[0], all.up[0]], [1, 0])
  const zero = countEfficiencies(none, some, options)
  equal([zero.efficiency[0], zero.down[0]], [0, 0])
  ok(all.down[0]! > 0.1 && zero.up[0]! > 0.1)
})

test('histograms without any sum of squares hold counts, and the interval may be another', () => {
  const passing = filled([eta, pt], times(3, [at(-1, 15)]))
  const failing = filled([eta, pt], times(1, [at(-1, 15)]))
  for (const hist of [passing, failing]) hist.variance.fill(0)
  const { low } = clopperPearson(3, 4)
  is(countEfficiencies(passing, failing, options).down[0], 0.75 - low)
  const [wilson] = INTERVALS.wilson(3, 4, ONE_SIGMA)
  is(countEfficiencies(passing, failing, { ...options, interval: 'wilson' }).down[0], 0.75 - wilson)
})

test('negative sums, NaN and weights without variance fail with their reason', () => {
  const one = filled(
    [eta, pt],
    [
      [at(-1, 15), 1],
      [at(-1, 30), -0.5],
      [at(1, 15), NaN],
      [at(1, 30), 1],
    ],
  )
  const other = filled(
    [eta, pt],
    [
      [at(-1, 15), -2],
      [at(-1, 30), 1],
      [at(1, 15), 1],
    ],
  )
  one.variance.fill(0, one.variance.length - 7)
  const { failure, efficiency } = countEfficiencies(one, other, options)
  equal(failure, [
    'negative total weight (passing 1, total -1)',
    'negative passing weight (passing -0.5, total 0.5)',
    'not a finite number (passing NaN, total NaN)',
    'no sum of squared weights (passing 1, total 1)',
  ])
  ok(efficiency.every(Number.isNaN))
})

test('other axes for passing and failing, missing axes and a window off the edges are told together', () => {
  const both = (axes: Parameters<typeof filled>[0]) => filled(axes, [])
  const problems = (run: () => void) => {
    try {
      run()
    } catch (error) {
      if (error instanceof UsageError) return error.problems.map(p => p.message)
      throw error
    }
    return []
  }
  equal(
    problems(() => countEfficiencies(both([eta, pt]), both([pt, eta]), options)),
    [
      'passing and failing probes are binned differently: axis 0 is "el_eta" "eta" (-2.5, 0, 2.5) of passing, "el_pt" "pt" (10, 20, 50) of failing ones. Both must be of one run.',
      'passing and failing probes are binned differently: axis 1 is "el_pt" "pt" (10, 20, 50) of passing, "el_eta" "eta" (-2.5, 0, 2.5) of failing ones. Both must be of one run.',
    ],
  )
  const hist = both([eta, pt, mll])
  equal(
    problems(() => countEfficiencies(hist, hist, { axes: ['ph_eta', 'el_pt'], massWindow: [60, 95] })),
    [
      'no axis "ph_eta". Nearest: "el_eta". It has el_eta, el_pt, mll; "axes" chooses two of them.',
      'the mass window [60, 95] does not begin and end at edges of its mll (8 bins from 50 to 130 GeV).',
    ],
  )
  throws(() => countEfficiencies(hist, hist, { ...options, massWindow: [40, 120] }), /mass window \[40, 120\]/)
})

test.run()
