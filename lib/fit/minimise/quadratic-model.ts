/** The step of a damped quadratic model within limits, in units of each parameter's scale. */
import { BoxedStep } from './boxed-step.js'
import type { Limits } from './objective.js'

export class QuadraticModel {
  /** The point that the last solution leads to. */
  readonly trial: Float64Array
  readonly #n: number
  readonly #step: BoxedStep
  readonly #scale: Float64Array
  readonly #a: Float64Array
  readonly #g: Float64Array
  readonly #low: Float64Array
  readonly #high: Float64Array
  readonly #d: Float64Array

  constructor(n: number) {
    this.#n = n
    this.#step = new BoxedStep(n)
    this.trial = new Float64Array(n)
    this.#scale = new Float64Array(n)
    this.#a = new Float64Array(n * n)
    this.#g = new Float64Array(n)
    this.#low = new Float64Array(n)
    this.#high = new Float64Array(n)
    this.#d = new Float64Array(n)
  }

  /** Solves from `x` within `limits`; the fall that the undamped model predicts for the step, or null where the damped model is not positive
   *  definite. Scales are 1/√ of the diagonal of `scaleBy`; parameters without one stay. */
  solve(
    x: Float64Array,
    limits: Limits,
    hessian: Float64Array,
    gradient: Float64Array,
    damping: number,
    scaleBy = hessian,
  ): number | null {
    const n = this.#n
    const { lower, upper } = limits
    for (let i = 0; i < n; i++) {
      const h = scaleBy[i * n + i]!
      const held = !(lower[i]! < upper[i]!) || !(h > 1e-300)
      const s = held ? 0 : 1 / Math.sqrt(h)
      this.#scale[i] = s
      this.#g[i] = gradient[i]! * s
      this.#low[i] = held ? 0 : (lower[i]! - x[i]!) / s
      this.#high[i] = held ? 0 : (upper[i]! - x[i]!) / s
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) this.#a[i * n + j] = hessian[i * n + j]! * this.#scale[i]! * this.#scale[j]!
      this.#a[i * n + i]! += damping
    }
    if (!this.#step.solve(this.#a, this.#g, this.#low, this.#high, this.#d)) return null
    let predicted = 0
    for (let i = 0; i < n; i++) {
      let row = -damping * this.#d[i]!
      for (let j = 0; j < n; j++) row += this.#a[i * n + j]! * this.#d[j]!
      predicted -= this.#d[i]! * (this.#g[i]! + row / 2)
    }
    for (let i = 0; i < n; i++) this.trial[i] = this.#moved(x[i]!, i, limits)
    return Math.max(predicted, 0)
  }

  /** What stands on a limit stands on it exactly. */
  #moved(from: number, i: number, { lower, upper }: Limits): number {
    if (this.#scale[i] === 0) return from
    const step = this.#d[i]!
    if (step <= this.#low[i]!) return lower[i]!
    if (step >= this.#high[i]!) return upper[i]!
    return from + step * this.#scale[i]!
  }
}
