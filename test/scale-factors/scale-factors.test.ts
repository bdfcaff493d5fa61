import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { type Inputs, scaleFactors, tableValue } from '../../lib/scale-factors/index.js'
import { grid } from './grids.js'

const same = (x: number) => [x, x, x, x]
const near = (got: number | undefined, want: number) => ok(Math.abs(got! - want) < 1e-14, `${got}, wanted ${want}`)

function source(made: ReturnType<typeof scaleFactors>, name: string) {
  return made.sources.find(s => s.name === name)!
}

test('a sample against itself has the scale factor 1 in every bin, with the uncertainties of both', () => {
  const own = grid(
    [0.9, 0.5, 0.123456789, 1],
    [
      [0.01, 0.02],
      [0.03, 0.03],
      [0.1, 0.1],
      [0, 0.2],
    ],
  )
  const made = scaleFactors({ data: { nominal: own }, mc: { nominal: own } }, { scheme: 'classic' })
  equal([...made.scaleFactor], [1, 1, 1, 1])
  near(made.total.up[0], Math.hypot(0.01, 0.02) / 0.9)
  equal(
    made.sources.map(s => [s.name, s.kind]),
    [
      ['statData', 'statistical'],
      ['statMC', 'statistical'],
    ],
  )
})

test('classic: each difference to the nominal over the efficiency of simulation, in quadrature', () => {
  const inputs: Inputs = {
    data: {
      nominal: grid(
        same(0.8),
        same(0).map(() => [0.01, 0.02] as const),
      ),
      altSignal: grid(same(0.83)),
      altBackground: grid(same(0.78)),
    },
    mc: {
      nominal: grid(
        same(0.9),
        same(0).map(() => [0.003, 0.004] as const),
      ),
      altMC: grid(same(0.91)),
      altTag: grid(same(0.86)),
    },
  }
  const made = scaleFactors(inputs, { scheme: 'classic' })
  near(made.scaleFactor[0], 0.8 / 0.9)
  const parts = { statData: 0.01, statMC: 0.004, altBackground: 0.02, altSignal: 0.03, altMC: 0.01, altTag: 0.04 }
  equal(
    made.sources.map(s => s.name),
    Object.keys(parts),
  )
  for (const [name, part] of Object.entries(parts)) near(source(made, name).up[2], part / 0.9)
  near(source(made, 'statMC').down[0], 0.003 / 0.9)
  near(made.total.up[3], Math.hypot(...Object.values(parts)) / 0.9)
  near(made.total.down[3], Math.hypot(0.02, 0.003, 0.02, 0.03, 0.01, 0.04) / 0.9)
  near(made.statistical.up[1], Math.hypot(0.01, 0.004) / 0.9)
  near(made.systematic.down[1], Math.hypot(0.02, 0.03, 0.01, 0.04) / 0.9)
  near(made.deviations.altBackground![0], -0.02 / 0.9)
  near(made.deviations.altTag![0], -0.04 / 0.9)
})

test('mean of four: the mean of the fits, half their standard deviation, other simulation where it is beyond statistics', () => {
  const fits = [0.8, 0.82, 0.86, 0.84]
  const inputs: Inputs = {
    data: {
      nominal: grid(same(fits[0]!), 0.01),
      altBackground: grid(same(fits[1]!)),
      altSignal: grid(same(fits[2]!)),
      altSignalBackground: grid(same(fits[3]!)),
    },
    mc: { nominal: grid(same(0.9), 0.005), altMC: grid([0.904, 0.896, 0.907, 0.893]) },
  }
  const made = scaleFactors(inputs, { scheme: 'mean-of-four' })
  near(made.dataEfficiency[0], 0.83)
  near(made.scaleFactor[0], 0.83 / 0.9)
  const model = Math.sqrt((0.03 ** 2 + 0.01 ** 2 + 0.03 ** 2 + 0.01 ** 2) / 3) / 2
  near(source(made, 'model').up[0], model / 0.9)
  // Of both signs: smaller than 0.005 does not count, larger does.
  for (const [bin, want] of [0, 0, 0.007, 0.007].entries()) {
    near(source(made, 'altMC').up[bin], want / 0.9)
    near(made.total.up[bin], Math.hypot(0.01, 0.005, model, want) / 0.9)
  }
  near(made.deviations.nominal![0], -0.03 / 0.9)
  near(made.deviations.altSignal![0], 0.03 / 0.9)
})

test('a bin fails where any of its inputs has failed, with every reason, and where no probe of the simulation passes', () => {
  const inputs: Inputs = {
    data: { nominal: grid([null, 0.8, 0.8, 0.8], 0.1), altSignal: grid([null, null, 0.8, 0.8]) },
    mc: { nominal: grid([0.9, 0.9, 0, 0.9], 0.1) },
  }
  const made = scaleFactors(inputs, { scheme: 'classic' })
  equal(made.status, ['failed', 'failed', 'failed', 'ok'])
  equal(made.failure, [
    'data nominal: no probes; data altSignal: no probes',
    'data altSignal: no probes',
    'MC nominal: the efficiency is 0',
    null,
  ])
  equal([...made.scaleFactor.slice(0, 3)], [NaN, NaN, NaN])
  equal([...made.total.up.slice(0, 3)], [NaN, NaN, NaN])
  near(made.scaleFactor[3], 0.8 / 0.9)
})

test('bins within an excluded range are left out, failed or not; those that only touch it stay', () => {
  const inputs: Inputs = { data: { nominal: grid([null, 0.8, 0.8, 0.8]) }, mc: { nominal: grid(same(0.9)) } }
  const made = scaleFactors(inputs, { scheme: 'classic', exclude: { el_eta: [[-2, 0]], el_pt: [[10, 19]] } })
  equal(made.status, ['excluded', 'excluded', 'ok', 'ok'])
  equal(made.failure, [null, null, null, null])
})

test('symmetrised uncertainties are averages of both sides; efficiencies stay, and a failed side takes no part', () => {
  const inputs: Inputs = {
    data: {
      nominal: grid(
        [0.8, 0.7, 0.6, 0.5],
        [
          [0.01, 0.02],
          [0.1, 0.1],
          [0.03, 0.04],
          [0.1, 0.1],
        ],
      ),
      altSignal: grid([0.81, 0.7, 0.57, 0.5]),
    },
    mc: { nominal: grid([0.8, 0.8, 0.5, null]) },
  }
  const made = scaleFactors(inputs, { scheme: 'classic', symmetrise: 'uncertainties' })
  near(made.scaleFactor[0], 1)
  near(made.scaleFactor[2], 1.2)
  near(source(made, 'statData').up[0], 0.02 / 0.8)
  near(source(made, 'statData').down[2], 0.03 / 0.5)
  near(source(made, 'altSignal').up[0], 0.02 / 0.8)
  near(source(made, 'statData').up[1], 0.1 / 0.8)
  const lopsided = {
    ...grid(same(0.5)),
    axes: [
      { name: 'e', label: 'e', edges: [-2, 0, 1] },
      { name: 'p', label: 'p', edges: [1, 2, 3] },
    ],
  }
  const bad = lopsided as unknown as ReturnType<typeof grid>
  throws(
    () =>
      scaleFactors(
        { data: { nominal: bad }, mc: { nominal: bad } },
        { scheme: 'classic', symmetrise: 'uncertainties' },
      ),
    /the edges of e \(-2, 0, 1\) are not the same at both sides of 0/,
  )
})

test('numbers of tables have at most 15 digits, and are right to that many', () => {
  for (const x of [1 / 3, 0.1 + 0.2, 1.0000731611150937, 12345.678901234567, 1.2345678901234568e-9, 0, 1]) {
    const rounded = tableValue(x)
    ok(Math.abs(rounded - x) <= 5e-15 * Math.max(Math.abs(x), 1e-7), String(x))
    ok(
      String(rounded)
        .replace(/e.*/, '')
        .replace(/^0\.0*/, '')
        .replace('.', '').length <= 15,
      String(rounded),
    )
  }
  ok(Number.isNaN(tableValue(NaN)))
  is(tableValue(-1 / 3), -tableValue(1 / 3))
})

test.run()
