/** The observed Hessian: central differences of the gradient. */
import type { Limits, Objective } from './objective.js'

/** Second derivatives at x by the parameters that are not held, others 0. Steps are a thousandth of the parameter's scale
 *  1/√H_ii of the expected Hessian, and stay within the limits. The objective must have been evaluated at x with order 2. */
export function observedHessian(objective: Objective, x: Float64Array, { lower, upper }: Limits): Float64Array {
  const n = objective.size
  const expected = objective.hessian
  const result = new Float64Array(n * n)
  const at = x.slice()
  const forward = new Float64Array(n)
  const steps = Float64Array.from({ length: n }, (_, i) => stepOf(expected[i * n + i]!, x[i]!, upper[i]! - lower[i]!))
  for (let i = 0; i < n; i++) {
    if (!(lower[i]! < upper[i]!)) continue
    const high = Math.min(x[i]! + steps[i]!, upper[i]!)
    const low = Math.max(x[i]! - steps[i]!, lower[i]!)
    at[i] = high
    objective.evaluate(at, 1)
    forward.set(objective.gradient)
    at[i] = low
    objective.evaluate(at, 1)
    at[i] = x[i]!
    for (let j = 0; j < n; j++) result[i * n + j] = (forward[j]! - objective.gradient[j]!) / (high - low)
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const heldOne = !(lower[i]! < upper[i]!) || !(lower[j]! < upper[j]!)
      const mean = heldOne ? 0 : (result[i * n + j]! + result[j * n + i]!) / 2
      result[i * n + j] = result[j * n + i] = mean
    }
  }
  return result
}

const FRACTION = 1e-3

function stepOf(curvature: number, value: number, range: number): number {
  const most = Number.isFinite(range) ? 1e-3 * range : Infinity
  const scale = curvature > 0 ? FRACTION / Math.sqrt(curvature) : 1e-4 * Math.max(Math.abs(value), 1e-3)
  return Math.max(Math.min(scale, most), 1e-9 * Math.max(Math.abs(value), 1e-6))
}
