/** Uncertainties from second differences of the likelihood's values alone: a second opinion on HESSE that shares neither gradients
 *  nor steps with the fit. */
import {
  type FitOptions,
  type FitResult,
  type PairHistograms,
  PairLikelihood,
  type PairModel,
} from '../../lib/fit/index.js'
import { covarianceOf } from '../../lib/fit/minimise/index.js'

/** Steps in parts of the scale at which a parameter alone raises q by 1. */
const STEPS = [0.03, 0.06]

/** Uncertainty by parameter, for those that are free at the minimum of `result`: extrapolated from two steps. */
export function valueUncertainties(
  histograms: PairHistograms,
  model: PairModel,
  { statistic, constraints }: FitOptions,
  { parameters }: FitResult,
): ReadonlyMap<string, number> {
  const likelihood = new PairLikelihood(histograms, model, statistic ?? 'poisson', constraints ?? {})
  const x = Float64Array.from(parameters, p => p.value)
  const n = x.length
  const free = parameters.flatMap((p, i) => (p.fixed || p.atLimit !== null || p.undetermined ? [] : [i]))
  likelihood.evaluate(x, 2)
  const scales = free.map(i => 1 / Math.sqrt(likelihood.hessian[i * n + i]! / 2))
  const [fine, coarse] = STEPS.map(step => differences(likelihood, x, free, scales, step))
  // errors of second differences go with the square of the step
  const hessian = fine!.map((value, k) => value + (value - coarse![k]!) / 3)
  const { matrix } = covarianceOf(hessian, n, free)
  return new Map(free.map(i => [parameters[i]!.name, Math.sqrt(matrix[i * n + i]!)]))
}

function differences(
  likelihood: PairLikelihood,
  x: Float64Array,
  free: readonly number[],
  scales: readonly number[],
  step: number,
): Float64Array {
  const n = x.length
  const result = new Float64Array(n * n)
  const at = x.slice()
  const value = (i: number, di: number, j: number, dj: number): number => {
    at[i]! += di
    at[j]! += dj
    const q = likelihood.evaluate(at, 0)
    at.set(x)
    return q
  }
  const centre = likelihood.evaluate(x, 0)
  for (const [k, i] of free.entries()) {
    const h = step * scales[k]!
    result[i * n + i] = (value(i, h, i, 0) - 2 * centre + value(i, -h, i, 0)) / (h * h)
    for (const [l, j] of free.slice(0, k).entries()) {
      const g = step * scales[l]!
      const cross = value(i, h, j, g) - value(i, h, j, -g) - value(i, -h, j, g) + value(i, -h, j, -g)
      result[i * n + j] = result[j * n + i] = cross / (4 * h * g)
    }
  }
  return result
}
