import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { Random } from '../../bench/random.js'
import {
  bandFactors,
  clopperPearson,
  efficiencyTable,
  type Hist,
  newHist,
  type RegionSums,
  regularAxis,
  type Sidebands,
  subtractedEfficiency,
  variableAxis,
} from '../../lib/hist/index.js'
import { close } from '../support/columns.js'

const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 80, lower: 50, upper: 130 })
const pt = variableAxis({ name: 'pt', edges: [10, 20, 50] })
const npv = variableAxis({ name: 'npv', edges: [0, 10, 20] })
const window = [81, 101] as const
const sidebands: Sidebands = { low: [61, 71], high: [111, 121] }

/** content, by the number of the bin along the mass. */
function spectrum(content: (mass: number) => number, variance = content): Hist {
  const hist = newHist([mll])
  for (let i = 0; i < 80; i++) {
    hist.value[i + 1] = content(50.5 + i)
    hist.variance[i + 1] = variance(50.5 + i)
  }
  return hist
}

const sums = (value: number, variance = value) => ({ value, variance })
const regions = (inWindow: number, low: number, high: number): RegionSums => ({
  window: sums(inWindow),
  low: sums(low),
  high: sums(high),
})

test('a background that is a straight line is taken away whole, wherever the bands are', () => {
  const line = (m: number) => 300 - 2 * m
  const peak = (height: number) => (m: number) => (m > 86 && m < 96 ? height : 0) + line(m)
  for (const bands of [sidebands, { low: [50, 81], high: [101, 103] }, { low: [50, 52], high: [110, 130] }] as const) {
    const [row] = efficiencyTable(spectrum(peak(90)), spectrum(peak(10)), { massWindow: window, sidebands: bands }).rows
    close(row!.efficiency, 0.9)
    close(row!.passing, 900)
    close(row!.total, 1000)
    const below = Array.from({ length: 20 }, (_, i) => line(81.5 + i)).reduce((sum, x) => sum + x)
    close(row!.background!.passing, below)
    close(row!.background!.failing, below)
    is(row!.warning, null)
  }
})

test('by hand: bands at the same distance count by their widths, and variances are added with the squares of the factors', () => {
  equal([...bandFactors(window, sidebands)], [1, 1])
  const got = subtractedEfficiency(regions(500, 40, 60), regions(180, 30, 50), [1, 1])
  equal([got.passing, got.total, got.efficiency], [400, 500, 0.8])
  const sigma = Math.sqrt(100 ** 2 * 600 + 400 ** 2 * 260) / 500 ** 2
  close(got.high - got.efficiency, sigma)
  close(got.efficiency - got.low, sigma)
  close(got.entries, 500 ** 2 / 860)
  equal(got.background, { passing: 100, failing: 80 })
  const [low, high] = bandFactors(window, { low: [51, 71], high: [101, 111] })
  // Centres 61, 91 and 106: the window is two thirds of the way from low to high.
  close(low, 1 / 3)
  close(high, (20 / 10) * (2 / 3))
  const two = subtractedEfficiency(regions(500, 40, 60), regions(180, 30, 50), [1, 1], { coverage: 0.9544997361036416 })
  close(two.high - two.efficiency, 2 * sigma)
})

test('a common factor of all weights changes neither efficiency nor interval', () => {
  const scaled = (all: RegionSums, w: number): RegionSums => ({
    window: sums(all.window.value * w, all.window.variance * w * w),
    low: sums(all.low.value * w, all.low.variance * w * w),
    high: sums(all.high.value * w, all.high.variance * w * w),
  })
  const [p, f] = [regions(500, 40, 60), regions(0, 3, 0)]
  for (const failing of [regions(180, 30, 50), regions(50, 0, 10)]) {
    const one = subtractedEfficiency(p, failing, [0.5, 0.7])
    const other = subtractedEfficiency(scaled(p, 0.01), scaled(failing, 0.01), [0.5, 0.7])
    for (const key of ['efficiency', 'low', 'high', 'entries'] as const) close(other[key], one[key], 1e-12)
  }
  const beyond = subtractedEfficiency(p, f, [0.5, 0.7])
  ok(beyond.efficiency > 1)
  equal([beyond.low, beyond.high], [NaN, NaN])
})

test('efficiencies beyond 0 and 1 and backgrounds without a signal are told', () => {
  const problem = (p: RegionSums, f: RegionSums) => subtractedEfficiency(p, f, [1, 1]).problem
  is(
    problem(regions(50, 30, 30), regions(200, 5, 5)),
    'efficiency below 0: the background is more than the passing probes',
  )
  is(
    problem(regions(200, 5, 5), regions(50, 30, 30)),
    'efficiency above 1: the background is more than the failing probes',
  )
  is(problem(regions(50, 30, 30), regions(50, 30, 30)), 'no signal above the background')
  is(problem(regions(NaN, 30, 30), regions(50, 0, 0)), 'not a finite number')
  is(problem(regions(100, 30, 30), regions(50, 0, 0)), null)
})

test('few probes are told; an empty window is uncertain by one probe; without background the interval is that of counting', () => {
  const few = subtractedEfficiency(regions(100, 10, 10), regions(7, 0, 2), [0.5, 0.5])
  is(few.warning, 'too few probes for the uncertainty: 7 failing in the window, no failing in a side band')
  const none = subtractedEfficiency(regions(100, 10, 10), regions(0, 0, 0), [0.5, 0.5])
  is(none.efficiency, 1)
  close(none.high - none.efficiency, 1 / 90)
  const counted = subtractedEfficiency(regions(90, 0, 0), regions(0, 0, 0), [0.5, 0.5])
  const { low } = clopperPearson(90, 90)
  equal([counted.efficiency, counted.low, counted.high, counted.warning], [1, low, 1, null])
})

interface Case {
  readonly regions: { readonly window: [number, number] } & Sidebands
  readonly passing: { readonly values: number[]; readonly variances: number[] }
  readonly failing: { readonly values: number[]; readonly variances: number[] }
  readonly signal: [number, number]
  readonly efficiency: number
  readonly sigma: number
}

test('spectra with and without weights have the efficiencies and uncertainties that numpy computes by matrices', () => {
  const cases: Case[] = JSON.parse(readFileSync('test/hist/data/sidebands.gen.json', 'utf8'))
  equal(cases.length, 24)
  for (const { regions, passing, failing, signal, efficiency, sigma } of cases) {
    const hist = ({ values, variances }: Case['passing']) =>
      spectrum(
        m => values[Math.floor(m - 50)]!,
        m => variances[Math.floor(m - 50)]!,
      )
    const { low, high } = regions
    const options = { massWindow: regions.window, sidebands: { low, high } }
    const [row] = efficiencyTable(hist(passing), hist(failing), options).rows
    close(row!.passing, signal[0], 1e-9)
    close(row!.total, signal[0] + signal[1], 1e-9)
    close(row!.efficiency, efficiency, 1e-9)
    close(row!.errorLow, sigma, 1e-9)
    close(row!.errorHigh, sigma, 1e-9)
  }
})

test('toys: the pull of the subtracted efficiency has mean 0 and width 1, with weights as well', () => {
  const random = new Random(5)
  const factors = bandFactors(window, { low: [60, 75], high: [110, 130] })
  for (const weighted of [false, true]) {
    const draw = (mean: number) => {
      const n = random.poisson(mean)
      if (!weighted) return sums(n)
      let [value, variance] = [0, 0]
      for (let i = 0; i < n; i++) {
        const w = random.uniform(0.2, 1.8)
        value += w
        variance += w * w
      }
      return sums(value, variance)
    }
    // Signal and background density a GeV: 12 GeV^-1 at 60, falling by 0.08 a GeV.
    const toy = (signal: number, scale: number): RegionSums => {
      const line = ([a, b]: readonly [number, number]) => scale * ((12 - 0.08 * ((a + b) / 2 - 60)) * (b - a))
      return {
        window: draw(signal + line(window)),
        low: draw(line([60, 75])),
        high: draw(line([110, 130])),
      }
    }
    const pulls = Array.from({ length: 2000 }, () => {
      const { efficiency, low, high } = subtractedEfficiency(toy(510, 0.6), toy(90, 1), factors)
      return (efficiency - 0.85) / ((high - low) / 2)
    })
    const mean = pulls.reduce((sum, x) => sum + x) / pulls.length
    const width = Math.sqrt(pulls.reduce((sum, x) => sum + (x - mean) ** 2, 0) / pulls.length)
    // Three standard deviations of 2,000 toys, and a bias of a ratio that is of the order of the relative uncertainty (0.02).
    ok(Math.abs(mean) < 0.09, `mean ${mean}`)
    ok(Math.abs(width - 1) < 0.05, `width ${width}`)
  }
})

test('bins, other axes and the mass have cells of their own, in any order of the axes', () => {
  const content = (m: number) => (m > 86 && m < 96 ? 50 : 5)
  for (const axes of [
    [pt, npv, mll],
    [mll, pt, npv],
    [npv, mll, pt],
  ]) {
    const [passing, failing] = [newHist(axes), newHist(axes)]
    const extent = (a: number) => (axes[a] === mll ? 82 : 4)
    for (let i = 0; i < 80; i++) {
      for (const [at, height] of [
        [{ pt: 1, npv: 1 }, 1],
        [{ pt: 1, npv: 2 }, 2],
        [{ pt: 1, npv: 3 }, 100],
        [{ pt: 2, npv: 1 }, 7],
      ] as const) {
        const cell = axes.reduceRight((sum, axis, a) => {
          const k = axis === mll ? i + 1 : axis === pt ? at.pt : at.npv
          return sum * extent(a) + k
        }, 0)
        passing.value[cell]! += height * content(50.5 + i)
        failing.value[cell]! += height * 5
      }
    }
    const options = { axes: ['pt'], massWindow: window, sidebands }
    const rows = efficiencyTable(passing, failing, options).rows
    close(rows[0]!.passing, 3 * 450)
    close(rows[1]!.passing, 7 * 450)
    close(efficiencyTable(passing, failing, { ...options, flow: true }).rows[0]!.passing, 103 * 450)
    const counted = efficiencyTable(passing, failing, { axes: ['pt'], massWindow: window }).rows
    equal([counted[0]!.passing, counted[0]!.total], [3 * 550, 3 * 650])
  }
})

test('regions that do not fit are told', () => {
  const hist = spectrum(() => 1)
  const table = (massWindow: readonly [number, number], bands?: Sidebands, axes?: readonly string[]) => () =>
    efficiencyTable(hist, hist, { massWindow, ...(bands && { sidebands: bands }), ...(axes && { axes }) })
  throws(table([81, 101.5]), /the mass window \[81, 101\.5\] does not begin and end at edges of its mll \(80 bins/)
  throws(table([101, 81]), /the mass window \[101, 81\] does not ascend/)
  throws(
    table(window, { low: [60, 82], high: [110, 130] }),
    /low side band \[60, 82\] is not below the mass window \[81, 101\]/,
  )
  throws(table(window, { low: [60, 70], high: [100, 130] }), /high side band \[100, 130\] is not above/)
  throws(
    table(window, { low: [40, 70], high: [110, 130] }),
    /the low side band \[40, 70\] does not begin and end at edges/,
  )
  throws(table(window, undefined, ['mll']), /cannot be one of the axes/)
  const bare = newHist([pt])
  throws(() => efficiencyTable(bare, bare, { massWindow: window }), /no axis "mll" for a mass window.*cut_and_count/)
})

test.run()
