/** Fits: laws that hold for every model, edges of what can be fitted, and mistakes. */
import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import { dcbCms, gExp, type ToyModel } from '../../bench/fit/models.js'
import { randomNumbers, toyMaker } from '../../bench/fit/toys.js'
import { UsageError } from '../../lib/core/errors.js'
import {
  customShape,
  type FitOptions,
  type FitResult,
  fitPair,
  type PairHistograms,
  shapes,
} from '../../lib/fit/index.js'
import { close } from './close.js'

const SIMPLE = gExp(4000, 0.85)
const toy = (from: ToyModel, seed = 5): PairHistograms =>
  toyMaker(from.edges, from.model, from.truth)(randomNumbers(seed))
const of = (fit: FitResult, name: string) => fit.parameters.find(p => p.name === name)!
const both = <T>(value: T) => ({ pass: value, fail: value })

test('a toy: valid, near its truth, with all that a result has', () => {
  const histograms = toy(SIMPLE)
  const fit = fitPair(histograms, SIMPLE.model, { ...SIMPLE.options, intervals: ['eff', 'N_sig'] })
  equal([fit.valid, fit.converged, fit.covariancePositive, fit.problems], [true, true, true, []])
  equal(fit.ndof, 120 - 8)
  ok(fit.edm < 1e-5 && fit.q > 60 && fit.q < 180, `q ${fit.q}`)
  for (const { name, value, error, atLimit } of fit.parameters) {
    ok(Math.abs(value - SIMPLE.truth[name]!) < 4 * error, `${name}: ${value} ± ${error}`)
    equal(atLimit, null)
  }
  for (const name of ['eff', 'N_sig']) {
    const { interval, error } = of(fit, name)
    close(interval!.upper!, error, 0.1, `${name} up`)
    close(interval!.lower!, -error, 0.1, `${name} down`)
  }
  // at the minimum of an extended likelihood with free yields the expectation adds up to the entries
  for (const side of ['pass', 'fail'] as const) {
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
    close(sum(fit.expected[side]), sum(histograms[side].values), 1e-4, side)
  }
})

test('passing and failing exchanged: the efficiency is one less it, everything else the same', () => {
  const histograms = toy(SIMPLE)
  const fit = fitPair(histograms, SIMPLE.model, { ...SIMPLE.options, intervals: ['eff'] })
  const other = fitPair({ ...histograms, pass: histograms.fail, fail: histograms.pass }, SIMPLE.model, {
    ...SIMPLE.options,
    intervals: ['eff'],
  })
  close(of(other, 'eff').value, 1 - of(fit, 'eff').value, 1e-4, 'eff')
  close(of(other, 'eff').error, of(fit, 'eff').error, 1e-3, 'error')
  close(of(other, 'eff').interval!.upper!, -of(fit, 'eff').interval!.lower!, 5e-3, 'interval')
  close(of(other, 'N_bkg_pass').value, of(fit, 'N_bkg_fail').value, 2e-3, 'background')
  ok(Math.abs(other.q - fit.q) < 1e-4)
})

test('weights of one size: values scale, the efficiency and its uncertainty stay', () => {
  const histograms = toy(SIMPLE)
  const weight = 0.028
  const scaled = (values: ArrayLike<number>) => ({
    values: Array.from(values, v => v * weight),
    variances: Array.from(values, v => v * weight * weight),
  })
  const weighted = { ...histograms, pass: scaled(histograms.pass.values), fail: scaled(histograms.fail.values) }
  const fit = fitPair(histograms, SIMPLE.model, SIMPLE.options)
  const other = fitPair(weighted, SIMPLE.model, { ...SIMPLE.options, statistic: 'scaled-poisson' })
  equal(other.valid, true)
  close(of(other, 'eff').value, of(fit, 'eff').value, 1e-4, 'eff')
  close(of(other, 'eff').error, of(fit, 'eff').error, 2e-3, 'error')
  close(of(other, 'N_sig').value, weight * of(fit, 'N_sig').value, 1e-3, 'N_sig')
  close(of(other, 'N_sig').error, weight * of(fit, 'N_sig').error, 2e-3, 'error of N_sig')
  ok(Math.abs(other.q - fit.q) < 1e-3, `q ${other.q}, unweighted ${fit.q}`)
})

test('bins merged where the model does not change: the fit is the same within a part of its uncertainty', () => {
  const histograms = toy(SIMPLE)
  const merge = (values: ArrayLike<number>) => Array.from({ length: 30 }, (_, i) => values[2 * i]! + values[2 * i + 1]!)
  const coarse = {
    edges: SIMPLE.edges.filter((_, i) => i % 2 === 0),
    pass: { values: merge(histograms.pass.values) },
    fail: { values: merge(histograms.fail.values) },
  }
  const fine = of(fitPair(histograms, SIMPLE.model, SIMPLE.options), 'eff')
  const other = of(fitPair(coarse, SIMPLE.model, SIMPLE.options), 'eff')
  ok(Math.abs(fine.value - other.value) < 0.3 * fine.error)
})

test('no failing probes: the efficiency is 1, at its limit, with the lower side only', () => {
  const histograms = { ...toy(SIMPLE), fail: { values: new Float64Array(60) } }
  const fit = fitPair(histograms, SIMPLE.model, { ...SIMPLE.options, intervals: ['eff'] })
  equal(fit.valid, true)
  equal([of(fit, 'eff').value, of(fit, 'eff').atLimit, of(fit, 'N_bkg_fail').value], [1, 'upper', 0])
  ok(Number.isNaN(of(fit, 'eff').error))
  equal(of(fit, 'eff').interval!.upper, null)
  // q rises by 2 N (1 - eff): the side is 1/(2 N)
  close(of(fit, 'eff').interval!.lower!, -0.5 / of(fit, 'N_sig').value, 0.01, 'lower')
  equal(of(fit, 'bkg_C_fail').undetermined, true)
})

test('an entry where nothing is expected does not stop the fit', () => {
  const values = new Float64Array(60)
  values[30] = 40
  values[0] = 1
  const fit = fitPair({ edges: SIMPLE.edges, pass: { values }, fail: { values } }, SIMPLE.model, SIMPLE.options)
  equal(fit.converged, true)
  close(of(fit, 'eff').value, 0.5, 1e-2, 'eff')
})

test('fixed, shared and constrained parameters', () => {
  const histograms = toy(SIMPLE)
  const fixed = fitPair(histograms, SIMPLE.model, { ...SIMPLE.options, fixed: { eff: 0.8, mu: 90 } })
  equal([of(fixed, 'eff').value, of(fixed, 'eff').fixed, of(fixed, 'mu').value, fixed.ndof], [0.8, true, 90, 114])
  const free = fitPair(histograms, SIMPLE.model, SIMPLE.options)
  ok(fixed.q > free.q)
  const { mu, sigma, ...apart } = SIMPLE.options.start!
  const twice = fitPair(
    histograms,
    { ...SIMPLE.model, shared: ['mu', 'bkg_C'] },
    {
      start: { mu: mu!, bkg_C: 0.02, sigma_pass: sigma!, sigma_fail: sigma! },
      limits: { mu: [85, 95], sigma_pass: [0.5, 8], sigma_fail: [0.5, 8], bkg_C: [-0.3, 0.3] },
    },
  )
  equal(Object.keys(apart).length, 2)
  equal(
    twice.parameters.map(p => p.name).slice(4),
    ['mu', 'sigma_pass', 'sigma_fail', 'bkg_C'].sort((a, b) => order(a) - order(b)),
  )
  equal(twice.valid, true)
  // a constraint that is as good as the data: the mean lies in the middle, its uncertainty falls by √2
  const { value, error } = of(free, 'mu')
  const constrained = fitPair(histograms, SIMPLE.model, {
    ...SIMPLE.options,
    constraints: { mu: { mean: value + 2 * error, sigma: error } },
  })
  close(of(constrained, 'mu').value, value + error, 1e-4, 'mu')
  close(of(constrained, 'mu').error, error / Math.SQRT2, 0.02, 'error of mu')
  ok(Math.abs(constrained.q - free.q - 2) < 0.05, `q rises by 2: ${constrained.q - free.q}`)
})

/** The order in which names come: the passing signal's, the failing's, then the backgrounds'. */
const order = (name: string): number => ['mu', 'sigma_pass', 'sigma_fail', 'bkg_C'].indexOf(name)

test('a limit that stops a parameter is said, and the others keep their uncertainties', () => {
  const histograms = toy(SIMPLE)
  const fit = fitPair(histograms, SIMPLE.model, {
    ...SIMPLE.options,
    limits: { ...SIMPLE.options.limits, sigma: [0.5, 2.6] },
  })
  equal([fit.valid, fit.atLimit, of(fit, 'sigma').atLimit, of(fit, 'sigma').value], [true, ['sigma'], 'upper', 2.6])
  ok(Number.isNaN(of(fit, 'sigma').error))
  ok(of(fit, 'eff').error > 0)
})

test('coefficients of which only ratios matter: one is held, the efficiency is known', () => {
  const histograms = toy(SIMPLE)
  const cheb = shapes.get('cheb')!
  const coefficients = Object.fromEntries(
    ['pass', 'fail'].flatMap(side => ['c0', 'c1', 'c2'].map(c => [`bkg_${c}_${side}`, c === 'c0' ? 1 : 0.1])),
  )
  const limits = Object.fromEntries(Object.keys(coefficients).map(name => [name, [-3, 3] as const]))
  const free = fitPair(
    histograms,
    { ...SIMPLE.model, background: both(cheb) },
    {
      start: { mu: 90, sigma: 2.5, ...coefficients },
      limits: { mu: [85, 95], sigma: [0.5, 8], ...limits },
    },
  )
  equal([free.valid, free.problems], [true, []])
  const held = fitPair(
    histograms,
    { ...SIMPLE.model, background: both(cheb) },
    {
      start: { mu: 90, sigma: 2.5, ...coefficients },
      limits: { mu: [85, 95], sigma: [0.5, 8], ...limits },
      fixed: { bkg_c0_pass: 1, bkg_c0_fail: 1 },
    },
  )
  ok(Math.abs(free.q - held.q) < 1e-3)
  close(of(free, 'eff').error, of(held, 'eff').error, 1e-3, 'error')
})

test('limits are cut to where a parameter moves the shape: a start where the likelihood is flat does no harm', () => {
  const { model, options, ...rest } = dcbCms(5000, 0.85)
  const histograms = toy({ model, options, ...rest })
  const wide = { ...options.limits, nL: [0, 60] as const, nR: [0, 60] as const }
  const flat = fitPair(histograms, model, {
    ...options,
    limits: wide,
    start: { ...options.start, nL: 0.2, nR: 0.2 },
    moreStarts: 0,
  })
  ok(of(flat, 'nL').value >= 1 && of(flat, 'nR').value >= 1)
  const good = fitPair(histograms, model, options)
  ok(flat.q < good.q + 0.01, `${flat.q}, from a good start ${good.q}`)
})

test('a user’s own shape fits as the built-in one does', () => {
  const own = customShape({
    name: 'bell',
    parameters: ['mu', 'sigma'],
    density: (x, p) => Math.exp(-((x - p[0]!) ** 2) / (2 * p[1]! ** 2)),
  })
  const histograms = toy(SIMPLE)
  const fit = fitPair(histograms, { ...SIMPLE.model, signal: both(own) }, SIMPLE.options)
  const built = fitPair(histograms, SIMPLE.model, SIMPLE.options)
  ok(fit.valid)
  ok(Math.abs(fit.q - built.q) < 1e-4)
  close(of(fit, 'eff').error, of(built, 'eff').error, 1e-3, 'error')
})

test('the same input gives the same result, to the last digit', () => {
  const histograms = toy(dcbCms(3000, 0.8))
  const { model, options } = dcbCms(3000, 0.8)
  const [one, two] = [1, 2].map(() => fitPair(histograms, model, options))
  equal(one!.parameters, two!.parameters)
  equal(one!.q, two!.q)
})

test('cut off after few iterations: never called valid', () => {
  const { model, options } = dcbCms(3000, 0.8)
  for (let seed = 1; seed <= 5; seed++) {
    for (const maxIterations of [1, 3, 5]) {
      const fit = fitPair(toy(dcbCms(3000, 0.8), seed), model, { ...options, maxIterations })
      equal([fit.valid, fit.converged], [false, false])
      ok(/not at a minimum \(iterations/.test(fit.problems[0]!), fit.problems.join())
    }
  }
})

test('mistakes are listed all at once', () => {
  const histograms = toy(SIMPLE)
  const wrong: FitOptions = {
    start: { mu: 200, sigma: 2.5, bkg_C_pass: 0.02, nothing: 1 },
    limits: { mu: [85, 95], sigma: [8, 0.5] },
    constraints: { sigma: { mean: 2, sigma: 0 } },
    intervals: ['efficiency'],
    statistic: 'scaled-poisson',
  }
  try {
    fitPair({ ...histograms, pass: { values: [1, -2] } }, SIMPLE.model, wrong)
    ok(false, 'no error')
  } catch (error) {
    ok(error instanceof UsageError)
    const places = error.problems.map(p => p.place)
    for (const place of [
      'limits/sigma',
      'start/mu',
      'start/nothing',
      'constraints/sigma',
      'intervals/efficiency',
      'start/bkg_C_fail',
      'pass/values',
      'pass/values/1',
      'pass/variances',
      'fail/variances',
    ]) {
      ok(places.includes(place), `${place} is named among ${places.join(', ')}`)
    }
  }
  const empty = { values: new Float64Array(60) }
  throws(
    () => fitPair({ ...histograms, pass: empty, fail: empty }, SIMPLE.model, SIMPLE.options),
    /both histograms are empty/,
  )
})

test.run()
