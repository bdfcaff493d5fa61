/** Fits one pair of histograms, passing and failing probes together, with the efficiency as a parameter. */
import { UsageError } from '../core/errors.js'
import type { Constraint, PairHistograms } from './histograms.js'
import { PairLikelihood } from './likelihood.js'
import { covarianceOf, type Limits, type Minimum, minimise } from './minimise/index.js'
import { EFF, layoutOf, type PairModel, type Sides } from './model.js'
import { type FitOptions, type Setup, setUp } from './options.js'
import { type Interval, profileInterval } from './profile.js'
import { better, search } from './search.js'

/** One parameter of a fit. */
export interface FittedParameter {
  readonly name: string
  readonly value: number
  /** From the second derivatives at the minimum (HESSE), with parameters at limits held there; NaN where it is fixed, at a limit or
   *  not determined. */
  readonly error: number
  readonly fixed: boolean
  readonly atLimit: 'lower' | 'upper' | null
  /** The data do not determine it: moving it (alone or with others) does not change the likelihood. */
  readonly undetermined: boolean
  /** Where the profile likelihood rises by 1, if that was asked for. */
  readonly interval?: Interval
}

export interface FitResult {
  /** Everything is well: at a minimum, the covariance positive, the efficiency determined. Use no other without looking. */
  readonly valid: boolean
  /** What is not well, in words; empty where `valid`. */
  readonly problems: readonly string[]
  /** At a minimum by gradient and curvature (minimise.ts); not so where the iterations ran out. */
  readonly converged: boolean
  readonly covariancePositive: boolean
  /** q = -2 ln L up to a constant, at the minimum. */
  readonly q: number
  /** Bins of both histograms less free parameters. */
  readonly ndof: number
  readonly edm: number
  readonly parameters: readonly FittedParameter[]
  readonly atLimit: readonly string[]
  /** Covariance of all parameters, row by row in their order; rows of fixed and limited ones 0, of undetermined ones NaN. */
  readonly covariance: Float64Array
  /** Expected contents of the bins. */
  readonly expected: Sides<Float64Array>
  readonly iterations: number
  readonly evaluations: number
}

/** Starts besides the given one, at most. */
const MORE_STARTS = 120

/** Fits `model` to `histograms`.
 *  @throws UsageError listing every mistake of options and histograms; a fit that fails is a result that says so. */
export function fitPair(histograms: PairHistograms, model: PairModel, options: FitOptions = {}): FitResult {
  const { names } = layoutOf(model)
  const { setup, problems } = setUp(names, histograms, options)
  if (problems.length > 0) throw new UsageError(problems)
  cutToSupport(model, setup)
  const likelihood = new PairLikelihood(histograms, model, options.statistic ?? 'poisson', constraintsOf(options))
  const settings = { maxIterations: options.maxIterations ?? 300, tolerance: options.tolerance ?? 1e-5 }
  let best = search(likelihood, model, histograms, setup, {
    starts: options.moreStarts ?? MORE_STARTS,
    ...settings,
  })
  if (best === null) throw new UsageError([{ place: 'start', message: 'the shapes cannot be normalised at any start' }])
  const intervals = new Map<number, Interval>()
  for (const name of options.intervals ?? []) {
    const index = names.indexOf(name)
    const { interval, deeper } = profileInterval(likelihood, best, index, best, settings)
    // a profile that finds a deeper minimum is a start for a better fit
    if (deeper !== null) {
      const again = minimise(likelihood, deeper, { ...best, ...settings })
      if (better(again, best)) {
        best = { ...again, lower: best.lower, upper: best.upper }
        intervals.clear()
        intervals.set(index, profileInterval(likelihood, best, index, best, settings).interval)
        continue
      }
    }
    intervals.set(index, interval)
  }
  return resultOf(likelihood, model, best, { lower: setup.lower, upper: setup.upper, intervals })
}

/** Cuts limits to where the shapes' parameters move them. */
function cutToSupport(model: PairModel, { start, lower, upper }: Setup): void {
  const { signal, background } = layoutOf(model)
  for (const [shapes, at] of [
    [model.signal, signal],
    [model.background, background],
  ] as const) {
    for (const side of ['pass', 'fail'] as const) {
      for (const [name, [low, high]] of Object.entries(shapes[side].support ?? {})) {
        const i = at[side][shapes[side].parameters.indexOf(name)]!
        if (!(lower[i]! < upper[i]!) || !(Math.max(lower[i]!, low) < Math.min(upper[i]!, high))) continue
        lower[i] = Math.max(lower[i]!, low)
        upper[i] = Math.min(upper[i]!, high)
        start[i] = Math.min(Math.max(start[i]!, lower[i]!), upper[i]!)
      }
    }
  }
}

function constraintsOf({ constraints, fixed }: FitOptions): Record<string, Constraint> {
  return Object.fromEntries(Object.entries(constraints ?? {}).filter(([name]) => fixed?.[name] === undefined))
}

interface Context extends Limits {
  readonly intervals: ReadonlyMap<number, Interval>
}

function resultOf(likelihood: PairLikelihood, model: PairModel, best: Minimum, context: Context): FitResult {
  const { names } = likelihood.layout
  const n = names.length
  const { lower, upper } = context
  const fixed = names.map((_, i) => !(lower[i]! < upper[i]!))
  const limit = names.map((_, i) =>
    fixed[i] ? null : best.x[i]! <= lower[i]! ? 'lower' : best.x[i]! >= upper[i]! ? 'upper' : null,
  )
  const scales = heldScales(likelihood, model, best.x, fixed)
  const free = names.flatMap((_, i) => (fixed[i] || limit[i] !== null || scales.has(i) ? [] : [i]))
  const covariance =
    best.hessian === null
      ? { matrix: new Float64Array(n * n).fill(NaN), positive: false, undetermined: [] }
      : covarianceOf(best.hessian, n, free)
  const undetermined = new Set([...covariance.undetermined, ...scales])
  likelihood.evaluate(best.x, 0)
  const { pass, fail } = likelihood.expected
  const efficiencyKnown = fixed[EFF] || limit[EFF] !== null || !undetermined.has(EFF)
  const problems = [
    ...(best.converged ? [] : [`not at a minimum (${best.reason} after ${best.iterations} iterations)`]),
    ...(best.converged && !covariance.positive ? ['the covariance is not positive'] : []),
    ...(efficiencyKnown ? [] : ['the data do not determine the efficiency']),
    ...[...context.intervals].flatMap(([i, { lower: down, upper: up }]) =>
      Number.isNaN(down) || Number.isNaN(up) ? [`the interval of ${names[i]} could not be followed`] : [],
    ),
  ]
  return {
    valid: problems.length === 0,
    problems,
    converged: best.converged,
    covariancePositive: covariance.positive,
    q: best.value,
    ndof: 2 * likelihood.bins - fixed.filter(held => !held).length,
    edm: best.edm,
    parameters: names.map((name, i) => ({
      name,
      value: best.x[i]!,
      error: free.includes(i) && !undetermined.has(i) ? Math.sqrt(covariance.matrix[i * n + i]!) : NaN,
      fixed: fixed[i]!,
      atLimit: limit[i]!,
      undetermined: undetermined.has(i),
      ...(context.intervals.has(i) ? { interval: context.intervals.get(i)! } : {}),
    })),
    atLimit: names.filter((_, i) => limit[i] !== null),
    covariance: covariance.matrix,
    expected: { pass: pass.slice(), fail: fail.slice() },
    iterations: best.iterations,
    evaluations: likelihood.evaluations,
  }
}

/** Of each shape whose parameters have a common factor and are all free, the largest: it is held in the covariance. */
function heldScales(
  likelihood: PairLikelihood,
  model: PairModel,
  x: Float64Array,
  fixed: readonly boolean[],
): Set<number> {
  const held = new Set<number>()
  for (const role of ['signal', 'background'] as const) {
    for (const side of ['pass', 'fail'] as const) {
      const at = likelihood.layout[role][side]
      if (model[role][side].homogeneous !== true || at.some(i => fixed[i])) continue
      held.add(at.reduce((largest, i) => (Math.abs(x[i]!) > Math.abs(x[largest]!) ? i : largest)))
    }
  }
  return held
}
