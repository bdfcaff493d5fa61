/** Side-band subtraction: the efficiency of the probes that are left in a window of the mass when a background, a straight line
 *  through the contents of a band below and a band above, is taken away. */
import { type EfficiencyEstimate, estimateEfficiency, type IntervalOptions, type WeightSum } from './efficiency.js'
import { ONE_SIGMA, standardDeviations } from './intervals.js'
import type { MassRange, Sidebands } from './mass-regions.js'

/** The three sums of one spectrum. */
export interface RegionSums {
  readonly window: WeightSum
  readonly low: WeightSum
  readonly high: WeightSum
}

export interface SubtractedEstimate extends EfficiencyEstimate {
  /** What was taken away in the window. */
  readonly background: { readonly passing: number; readonly failing: number }
  /** What there is too little of for the uncertainty to be Gaussian; null: nothing. */
  readonly warning: string | null
}

/** The background of the window is low * k_low + high * k_high: the line whose integrals over both bands are their contents,
 *  integrated over the window. With widths w and centres c,
 *    k_low = (w / w_low) (c_high - c) / (c_high - c_low),  k_high = (w / w_high) (c - c_low) / (c_high - c_low). */
export function bandFactors(window: MassRange, { low, high }: Sidebands): readonly [low: number, high: number] {
  const width = ([lower, upper]: MassRange) => upper - lower
  const centre = ([lower, upper]: MassRange) => (lower + upper) / 2
  const distance = centre(high) - centre(low)
  return [
    (width(window) / width(low)) * ((centre(high) - centre(window)) / distance),
    (width(window) / width(high)) * ((centre(window) - centre(low)) / distance),
  ]
}

/** Fewer effective probes in the window than these are told. */
const FEW = 10

/** P and F are what is left of passing and failing probes, with var = var(window) + k_low^2 var(low) + k_high^2 var(high). No probe
 *  is in two of the six sums, so that var(P / (P + F)) = (F^2 var P + P^2 var F) / (P + F)^4. The interval is that many
 *  standard deviations to both sides, and may go beyond 0 and 1. An empty window is uncertain by one probe of mean weight. Where all
 *  four bands are empty nothing is taken away, and the interval is that of counting. `entries` is (P + F)^2 / (var P + var F). */
export function subtractedEfficiency(
  passing: RegionSums,
  failing: RegionSums,
  factors: readonly [low: number, high: number],
  options: IntervalOptions = {},
): SubtractedEstimate {
  const bands = [passing.low, passing.high, failing.low, failing.high]
  if (bands.every(band => band.value === 0 && band.variance === 0)) {
    const counted = estimateEfficiency(passing.window, failing.window, options)
    return { ...counted, background: { passing: 0, failing: 0 }, warning: null }
  }
  const [p, f] = [passing, failing].map(sums => subtracted(sums, factors)) as [Subtracted, Subtracted]
  const total = p.signal + f.signal
  const lone = meanWeight([passing.window, failing.window, ...bands]) ** 2
  const varP = p.variance + (isEmpty(passing.window) ? lone : 0)
  const varF = f.variance + (isEmpty(failing.window) ? lone : 0)
  const efficiency = total > 0 ? p.signal / total : NaN
  const entries = total ** 2 / (varP + varF)
  const made = {
    passing: p.signal,
    total,
    efficiency,
    entries: entries > 0 ? entries : NaN,
    background: { passing: p.background, failing: f.background },
  }
  const problem = problemOf(p, f)
  if (problem !== null) return { ...made, low: NaN, high: NaN, problem, warning: null }
  const sigma = Math.sqrt(f.signal ** 2 * varP + p.signal ** 2 * varF) / total ** 2
  const { coverage = ONE_SIGMA } = options
  const reach = sigma * (coverage === ONE_SIGMA ? 1 : standardDeviations(coverage))
  return {
    ...made,
    low: efficiency - reach,
    high: efficiency + reach,
    problem: null,
    warning: warningOf(passing, failing),
  }
}

interface Subtracted {
  readonly signal: number
  readonly background: number
  readonly variance: number
}

function subtracted({ window, low, high }: RegionSums, [kLow, kHigh]: readonly [number, number]): Subtracted {
  const background = kLow * low.value + kHigh * high.value
  return {
    signal: window.value - background,
    background,
    variance: window.variance + kLow ** 2 * low.variance + kHigh ** 2 * high.variance,
  }
}

function problemOf(p: Subtracted, f: Subtracted): EfficiencyEstimate['problem'] {
  if (!Number.isFinite(p.signal + f.signal + p.variance + f.variance)) return 'not a finite number'
  if (p.variance < 0 || f.variance < 0) return 'negative sum of squared weights'
  if (p.signal + f.signal <= 0) return 'no signal above the background'
  if (p.signal < 0) return 'efficiency below 0: the background is more than the passing probes'
  if (f.signal < 0) return 'efficiency above 1: the background is more than the failing probes'
  return p.variance + f.variance === 0 ? 'no sum of squared weights' : null
}

function isEmpty({ value, variance }: WeightSum): boolean {
  return value === 0 && variance === 0
}

/** Of the probes in all regions: sum w^2 / sum w. */
function meanWeight(sums: readonly WeightSum[]): number {
  const value = sums.reduce((sum, { value }) => sum + value, 0)
  const variance = sums.reduce((sum, { variance }) => sum + variance, 0)
  return value > 0 ? variance / value : 0
}

function warningOf(passing: RegionSums, failing: RegionSums): string | null {
  const spectra = Object.entries({ passing, failing })
  const few = spectra.flatMap(([name, { window }]) => {
    const entries = isEmpty(window) ? 0 : window.value ** 2 / window.variance
    return entries < FEW ? [`${Number(entries.toPrecision(3))} ${name} in the window`] : []
  })
  const empty = spectra.flatMap(([name, { low, high }]) => (isEmpty(low) || isEmpty(high) ? [name] : []))
  const none = empty.length === 0 ? [] : [`no ${empty.join(', no ')} in a side band`]
  const all = [...few, ...none]
  return all.length === 0 ? null : `too few probes for the uncertainty: ${all.join(', ')}`
}
