/** The step of a damped Newton method within limits: min g·d + d·A·d/2 with low <= d <= high, A positive definite. A primal
 *  active-set method: exact, and parameters that end at a limit stand on it to the last digit. */
import { cholesky, solveCholesky } from './linear-algebra.js'

/** Solver for problems of n parameters; holds its work space. */
export class BoxedStep {
  readonly #n: number
  readonly #state: Int8Array
  readonly #rows: Int32Array
  readonly #factor: Float64Array
  readonly #right: Float64Array

  constructor(n: number) {
    this.#n = n
    this.#state = new Int8Array(n)
    this.#rows = new Int32Array(n)
    this.#factor = new Float64Array(n * n)
    this.#right = new Float64Array(n)
  }

  /** Writes the step to `d`. Requires low <= 0 <= high; a parameter with low = high = 0 is held. False where A is not positive
   *  definite on the parameters that are free. */
  solve(a: Float64Array, g: Float64Array, low: Float64Array, high: Float64Array, d: Float64Array): boolean {
    const n = this.#n
    const state = this.#state
    d.fill(0)
    for (let i = 0; i < n; i++) {
      if (low[i]! >= high[i]!) state[i] = 2
      else if (low[i]! >= 0 && g[i]! > 0) state[i] = -1
      else if (high[i]! <= 0 && g[i]! < 0) state[i] = 1
      else state[i] = 0
    }
    for (let round = 0; round < 6 * n + 6; round++) {
      const blocked = this.#towardsFree(a, g, low, high, d)
      if (blocked === null) return false
      if (blocked) continue
      if (!this.#release(a, g, d)) return true
    }
    return true
  }

  /** Moves the free parameters towards their optimum as far as limits allow; true if one was met, null if not definite. */
  #towardsFree(
    a: Float64Array,
    g: Float64Array,
    low: Float64Array,
    high: Float64Array,
    d: Float64Array,
  ): boolean | null {
    const n = this.#n
    const rows = this.#rows
    const right = this.#right
    let count = 0
    for (let i = 0; i < n; i++) if (this.#state[i] === 0) rows[count++] = i
    if (count === 0) return false
    if (!cholesky(a, n, rows, count, this.#factor)) return null
    for (let k = 0; k < count; k++) {
      const row = rows[k]! * n
      let sum = -g[rows[k]!]!
      for (let j = 0; j < n; j++) sum -= a[row + j]! * d[j]!
      right[k] = sum
    }
    solveCholesky(this.#factor, count, right)
    let part = 1
    let stop = -1
    for (let k = 0; k < count; k++) {
      const i = rows[k]!
      const to = d[i]! + right[k]!
      const limit = Math.min(Math.max(to, low[i]!), high[i]!)
      if (limit === to) continue
      const reached = (limit - d[i]!) / right[k]!
      if (reached < part) {
        part = Math.max(reached, 0)
        stop = k
      }
    }
    for (let k = 0; k < count; k++) d[rows[k]!]! += part * right[k]!
    if (stop < 0) return false
    const i = rows[stop]!
    const up = right[stop]! > 0
    d[i] = up ? high[i]! : low[i]!
    this.#state[i] = up ? 1 : -1
    return true
  }

  /** Frees the parameter at a limit that pulls inwards most; false if none does. */
  #release(a: Float64Array, g: Float64Array, d: Float64Array): boolean {
    const n = this.#n
    let worst = -1
    let most = 1e-14
    for (let i = 0; i < n; i++) {
      const state = this.#state[i]!
      if (state !== 1 && state !== -1) continue
      let slope = g[i]!
      for (let j = 0; j < n; j++) slope += a[i * n + j]! * d[j]!
      if (slope * state > most) {
        most = slope * state
        worst = i
      }
    }
    if (worst < 0) return false
    this.#state[worst] = 0
    return true
  }
}
