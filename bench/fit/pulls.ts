/** Pulls of the efficiency over toys, and fits from bad starts. */
import { type FitOptions, fitPair, type PairHistograms } from '../../lib/fit/index.js'
import type { ToyModel } from './models.js'
import { randomNumbers, toyMaker } from './toys.js'

export interface Pulls {
  readonly toys: number
  readonly mean: number
  readonly width: number
  /** Part of the toys whose profile interval holds the true efficiency. */
  readonly coverage: number
  readonly invalid: number
}

/** Fits `count` toys: (efficiency - truth)/uncertainty, the uncertainty that of the side on which the truth lies. */
export function pulls({ edges, model, truth, options }: ToyModel, count: number, seed: number): Pulls {
  const make = toyMaker(edges, model, truth)
  const random = randomNumbers(seed)
  const values: number[] = []
  let covered = 0
  let invalid = 0
  for (let i = 0; i < count; i++) {
    const fit = fitPair(make(random), model, { ...options, intervals: ['eff'] })
    const { value, error, interval } = fit.parameters.find(p => p.name === 'eff')!
    if (!fit.valid) {
      invalid++
      continue
    }
    const difference = truth.eff! - value
    const side = difference < 0 ? interval?.lower : interval?.upper
    // where the limit comes before the rise of 1, everything up to it is inside
    if (side === null || side === undefined || Math.abs(difference) <= Math.abs(side)) covered++
    values.push(-difference / (side === null || side === undefined ? error : Math.abs(side)))
  }
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const width = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1))
  return { toys: count, mean, width, coverage: covered / values.length, invalid }
}

/** Of several samples together. */
export function joinPulls(samples: readonly Pulls[]): Pulls {
  const used = samples.map(({ toys, invalid }) => toys - invalid)
  const all = used.reduce((sum, n) => sum + n, 0)
  const over = (value: (one: Pulls) => number) => samples.reduce((sum, one, k) => sum + used[k]! * value(one), 0) / all
  const mean = over(one => one.mean)
  const square = over(one => one.width ** 2 + (one.mean - mean) ** 2)
  return {
    toys: samples.reduce((sum, { toys }) => sum + toys, 0),
    mean,
    width: Math.sqrt(square),
    coverage: over(one => one.coverage),
    invalid: samples.reduce((sum, { invalid }) => sum + invalid, 0),
  }
}

export interface BadStarts {
  readonly fits: number
  readonly valid: number
  /** Fits reported as valid that end more than 1 above the best known minimum. */
  readonly wrong: number
}

/** Fits toys from starts at the ends of all limits and with signal and background exchanged, in turns. The best known minimum is the
 *  lowest of the fits from a bad start, from the given start and from the truth. */
export function badStarts(
  { edges, model, truth, options }: ToyModel,
  count: number,
  seed: number,
  more: FitOptions = {},
): BadStarts {
  const make = toyMaker(edges, model, truth)
  const random = randomNumbers(seed)
  let valid = 0
  let wrong = 0
  for (let i = 0; i < count; i++) {
    const histograms = make(random)
    const fit = fitPair(histograms, model, { ...options, ...more, start: badStart(options, histograms, i) })
    if (!fit.valid) continue
    valid++
    const shapesOfTruth = Object.fromEntries(Object.entries(truth).filter(([name]) => name in options.start!))
    const best = Math.min(
      fitPair(histograms, model, options).q,
      fitPair(histograms, model, { ...options, start: shapesOfTruth, moreStarts: 0 }).q,
    )
    if (fit.q > best + 1) wrong++
  }
  return { fits: count, valid, wrong }
}

function badStart({ start, limits }: FitOptions, { pass, fail }: PairHistograms, k: number): Record<string, number> {
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
  const passing = sum(pass.values)
  const failing = sum(fail.values)
  // all background, the efficiency that of the background
  if (k % 3 === 2) {
    return {
      ...start,
      N_sig: 0.02 * (passing + failing),
      eff: 0.1,
      N_bkg_pass: 0.98 * passing,
      N_bkg_fail: 0.98 * failing,
    }
  }
  return Object.fromEntries(
    Object.entries(limits!).map(([name, [low, high]], i) => [name, (k + (k >> i)) % 2 === 0 ? low : high]),
  )
}
