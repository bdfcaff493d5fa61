/** What is done across bins on request: both sides of eta, and smoothing. */
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import {
  type EfficiencyGrid,
  type Inputs,
  type ScaleFactorOptions,
  scaleFactors,
} from '../../lib/scale-factors/index.js'
import { grid } from './grids.js'

const near = (got: number | undefined, want: number) => ok(Math.abs(got! - want) < 1e-14, `${got}, wanted ${want}`)

/** Bins 0 and 1 are below eta 0 and have bins 2 and 3 on the other side. */
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
  mc: { nominal: grid([0.8, 0.8, 0.5, null], 0.01), altMC: grid([0.82, 0.8, 0.52, 0.5]) },
}

function made(options: Partial<ScaleFactorOptions>, given: Inputs = inputs) {
  const factors = scaleFactors(given, { scheme: 'classic', ...options })
  return { ...factors, source: (name: string) => factors.sources.find(s => s.name === name)! }
}

test('differences: alternatives against the nominal after both are averaged, over the average simulation; scale factors stay', () => {
  const { scaleFactor, source, total, deviations, treatment, dataEfficiency } = made({ symmetrise: 'differences' })
  const mc = (0.8 + 0.5) / 2
  near(scaleFactor[0], 1)
  near(scaleFactor[2], 1.2)
  near(dataEfficiency[2], 0.6)
  // Averages: 0.7 and 0.69; the differences of opposite sign cancel in part.
  for (const bin of [0, 2]) {
    near(source('altSignal').up[bin], 0.01 / mc)
    near(source('altMC').up[bin], 0.02 / mc)
    near(source('statData').up[bin], 0.02 / mc)
    near(source('statData').down[bin], 0.03 / mc)
    near(total.up[bin], Math.hypot(0.01, 0.02, 0.02, 0.01) / mc)
  }
  // As measured, with their signs.
  near(deviations.altSignal![0], 0.01 / 0.8)
  near(deviations.altSignal![2], -0.03 / 0.5)
  // The other side has failed.
  near(source('statData').up[1], 0.1 / 0.8)
  equal(treatment, ['symmetrised in el_eta: differences'])
})

test('efficiencies: all are averaged, with the statistical uncertainty of the mean of two', () => {
  const { scaleFactor, source, dataEfficiency, mcEfficiency, status } = made({ symmetrise: 'efficiencies' })
  equal(status, ['ok', 'ok', 'ok', 'failed'])
  for (const bin of [0, 2]) {
    near(dataEfficiency[bin], 0.7)
    near(mcEfficiency[bin], 0.65)
    near(scaleFactor[bin], 0.7 / 0.65)
    near(source('altSignal').up[bin], 0.01 / 0.65)
    near(source('statData').up[bin], Math.hypot(0.01, 0.03) / 2 / 0.65)
    near(source('statMC').down[bin], Math.hypot(0.01, 0.01) / 2 / 0.65)
  }
  near(dataEfficiency[1], 0.7)
})

test('mean of four: the spread is that of the averaged fits', () => {
  const four: Inputs = {
    data: {
      nominal: grid([0.8, 0.8, 0.7, 0.7], 0.01),
      altBackground: grid([0.82, 0.8, 0.7, 0.7]),
      altSignal: grid([0.86, 0.8, 0.74, 0.7]),
      altSignalBackground: grid([0.84, 0.8, 0.78, 0.7]),
    },
    mc: { nominal: grid([0.9, 0.9, 0.8, 0.8], 0.01) },
  }
  const fits = [0.75, 0.76, 0.8, 0.81]
  const mean = fits.reduce((sum, x) => sum + x) / 4
  const model = Math.sqrt(fits.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3) / 2
  const differences = made({ scheme: 'mean-of-four', symmetrise: 'differences' }, four)
  near(differences.source('model').up[0], model / 0.85)
  near(differences.source('model').up[2], model / 0.85)
  near(differences.scaleFactor[0], 0.83 / 0.9)
  const efficiencies = made({ scheme: 'mean-of-four', symmetrise: 'efficiencies' }, four)
  near(efficiencies.source('model').up[0], model / 0.85)
  near(efficiencies.scaleFactor[2], mean / 0.85)
})

/** One bin of eta, five of pt. */
function row(efficiencies: readonly (number | null)[], error = 0.01): EfficiencyGrid {
  const values = Float64Array.from(efficiencies, e => e ?? NaN)
  return {
    axes: [
      { name: 'el_eta', label: 'eta', edges: [0, 2] },
      { name: 'el_pt', label: 'pt', edges: [10, 20, 30, 40, 50, 60] },
    ],
    efficiency: values,
    up: values.map(() => error),
    down: values.map(() => error),
    failure: efficiencies.map(e => (e === null ? 'no probes' : null)),
    origin: efficiencies.map(() => ''),
  }
}

const noisy: Inputs = {
  data: {
    nominal: row([0.8, 0.8, 0.8, 0.8, 0.8]),
    altSignal: row([0.84, 0.8, 0.76, 0.8, 0.82]),
    altBackground: row([0.81, 0.8, 0.8, 0.8, 0.8]),
  },
  mc: { nominal: row([1, 1, 1, 0.5, 1]) },
}

test('smoothing: a quarter, half, a quarter along the axis, for the sources that are named; the total follows', () => {
  const { source, total, treatment, scaleFactor } = made({ smooth: { el_pt: ['altSignal'] } }, noisy)
  const smooth = [(2 * 0.04 + 0) / 3, (0.04 + 0 + 0.04) / 4, 0.08 / 4, (0.04 + 0.02) / 4, (2 * 0.02) / 3]
  for (const [bin, want] of smooth.entries()) {
    const mc = bin === 3 ? 0.5 : 1
    near(source('altSignal').up[bin], want / mc)
    near(source('altSignal').down[bin], want / mc)
    near(total.up[bin], Math.hypot(want, 0.01, 0.01, bin === 0 ? 0.01 : 0) / mc)
  }
  near(source('altBackground').up[0], 0.01)
  near(source('altBackground').up[1], 0)
  near(scaleFactor[3], 1.6)
  equal(treatment, ['smoothed along el_pt: altSignal'])
})

test('smoothing does not reach across bins that failed or are left out, nor to the other end of the next row', () => {
  const failed = { ...noisy, data: { ...noisy.data, nominal: row([0.8, null, 0.8, 0.8, 0.8]) } }
  const alone = made({ smooth: { el_pt: ['altSignal'] } }, failed)
  near(alone.source('altSignal').up[0], 0.04)
  is(alone.status[1], 'failed')
  near(alone.source('altSignal').up[2], (2 * 0.04) / 3)
  const rows = made(
    { smooth: { el_pt: ['altSignal'] } },
    {
      ...inputs,
      mc: { nominal: grid([0.8, 0.8, 0.5, 0.5]) },
    },
  )
  // 0.01 and 0; 0.03 and 0.
  near(rows.source('altSignal').up[1], 0.01 / 3 / 0.8)
  near(rows.source('altSignal').up[2], (2 * 0.03) / 3 / 0.5)
  const eta = made({ smooth: { el_eta: ['altSignal'] } }, { ...inputs, mc: { nominal: grid([1, 1, 1, 1]) } })
  near(eta.source('altSignal').up[0], (2 * 0.01 + 0.03) / 3)
})

test('what cannot be smoothed is told at once', () => {
  throws(
    () => made({ smooth: { el_ptt: ['altSignal'], el_pt: ['altsignal', 'statData', 'altTag'] } }, noisy),
    /smooth\/el_ptt: is no axis .* Nearest: "el_pt"(.|\n)*"altsignal" is no systematic uncertainty of these \(altBackground, altSignal\)\. Nearest: "altSignal"(.|\n)*"statData"(.|\n)*"altTag"/,
  )
})

test.run()
