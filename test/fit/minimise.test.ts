/** The minimiser on functions whose minima are known, within limits and without. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { BoxedStep } from '../../lib/fit/minimise/boxed-step.js'
import { covarianceOf, type Limits, minimise, type Objective } from '../../lib/fit/minimise/index.js'
import { eigen } from '../../lib/fit/minimise/linear-algebra.js'
import { close } from './close.js'

/** A sum of squares, with its Gauss-Newton Hessian from differences of the residuals. */
class Squares implements Objective {
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  readonly size: number
  readonly #residuals: (x: Float64Array) => number[]

  constructor(size: number, residuals: (x: Float64Array) => number[]) {
    this.size = size
    this.#residuals = residuals
    this.gradient = new Float64Array(size)
    this.hessian = new Float64Array(size * size)
  }

  evaluate(x: Float64Array, order: 0 | 1 | 2): number {
    const r = this.#residuals(x)
    const value = r.reduce((sum, v) => sum + v * v, 0)
    if (order === 0) return value
    const jacobian = Array.from({ length: this.size }, (_, k) => {
      const h = 1e-6 * Math.max(1, Math.abs(x[k]!))
      const [up, down] = [1, -1].map(sign => this.#residuals(x.map((v, i) => (i === k ? v + sign * h : v))))
      return r.map((_, i) => (up![i]! - down![i]!) / (2 * h))
    })
    for (let k = 0; k < this.size; k++) {
      this.gradient[k] = 2 * r.reduce((sum, v, i) => sum + v * jacobian[k]![i]!, 0)
      for (let l = 0; l < this.size; l++) {
        this.hessian[k * this.size + l] = 2 * r.reduce((sum, _, i) => sum + jacobian[k]![i]! * jacobian[l]![i]!, 0)
      }
    }
    return value
  }
}

const limits = (...pairs: readonly (readonly [number, number])[]): Limits => ({
  lower: Float64Array.from(pairs, p => p[0]),
  upper: Float64Array.from(pairs, p => p[1]),
})
const FREE = [-Infinity, Infinity] as const
const rosenbrock = () => new Squares(2, x => [10 * (x[1]! - x[0]! ** 2), 1 - x[0]!])

test('Rosenbrock: the minimum at 1, 1', () => {
  const found = minimise(rosenbrock(), Float64Array.from([-1.2, 1]), limits(FREE, FREE))
  equal([found.converged, found.reason], [true, 'minimum'])
  close(found.x[0]!, 1, 1e-3, 'x')
  ok(found.value < 1e-5 && found.edm < 1e-5)
})

test('limits: the minimum on an edge stands on it exactly, and is one', () => {
  const found = minimise(rosenbrock(), Float64Array.from([-1.2, 1]), limits([-2, 0.5], [-2, 2]))
  equal(found.converged, true)
  equal(found.x[0], 0.5)
  close(found.x[1]!, 0.25, 1e-3, 'y')
  const corner = minimise(rosenbrock(), Float64Array.from([-1.2, 2]), limits([-2, -1], [3, 4]))
  equal([...corner.x, corner.converged].slice(1), [3, true])
  close(corner.x[0]!, -Math.sqrt(3), 0.01, 'x where y = 3')
})

test('limits: equal ones hold a parameter; a start outside is moved inside', () => {
  const found = minimise(rosenbrock(), Float64Array.from([9, 9]), limits([0.3, 0.3], [-1, 1]))
  equal(found.x[0], 0.3)
  close(found.x[1]!, 0.09, 1e-4, 'y')
})

test('Powell’s singular function: a Hessian of rank two at the minimum', () => {
  const powell = new Squares(4, ([a, b, c, d]) => [
    a! + 10 * b!,
    Math.sqrt(5) * (c! - d!),
    (b! - 2 * c!) ** 2,
    Math.sqrt(10) * (a! - d!) ** 2,
  ])
  const found = minimise(powell, Float64Array.from([3, -1, 0, 1]), limits(FREE, FREE, FREE, FREE))
  ok(found.value < 1e-4, `value ${found.value}`)
})

test('a saddle is not called a minimum: it is left downwards', () => {
  // minima at x = ±1, a saddle at 0
  const saddle = new Squares(2, ([x, y]) => [x! * x! - 1, y!])
  const found = minimise(saddle, Float64Array.from([0, 0.5]), limits([-3, 3], [-3, 3]))
  equal(found.converged, true)
  close(Math.abs(found.x[0]!), 1, 1e-3, '|x|')
})

test('cut off before it is there: not converged, and says why', () => {
  const found = minimise(rosenbrock(), Float64Array.from([-1.2, 1]), { ...limits(FREE, FREE), maxIterations: 3 })
  equal([found.converged, found.reason, found.hessian], [false, 'iterations', null])
})

test('a start where the function is not defined: not converged', () => {
  const nowhere: Objective = {
    size: 1,
    gradient: new Float64Array(1),
    hessian: new Float64Array(1),
    evaluate: () => Infinity,
  }
  equal(minimise(nowhere, Float64Array.from([0]), limits(FREE)).reason, 'undefined start')
})

test('boxed step: never worse than 10,000 points of the box', () => {
  const a = Float64Array.from([4, 1, -1, 1, 3, 0.5, -1, 0.5, 2])
  const value = (g: Float64Array, d: ArrayLike<number>): number => {
    let sum = 0
    for (let i = 0; i < 3; i++) {
      sum += g[i]! * d[i]!
      for (let j = 0; j < 3; j++) sum += (a[i * 3 + j]! * d[i]! * d[j]!) / 2
    }
    return sum
  }
  const step = new BoxedStep(3)
  for (const g of [
    [1, 2, 3],
    [-9, 0.1, 4],
    [0.2, -5, 0.3],
    [8, 8, -8],
  ]) {
    const gradient = Float64Array.from(g)
    const [low, high, d] = [Float64Array.from([-0.5, -1, 0]), Float64Array.from([0.7, 0, 2]), new Float64Array(3)]
    ok(step.solve(a, gradient, low, high, d))
    let best = Infinity
    for (let k = 0; k < 10648; k++) {
      const at = [k % 22, Math.floor(k / 22) % 22, Math.floor(k / 484)].map(
        (p, i) => low[i]! + (p / 21) * (high[i]! - low[i]!),
      )
      best = Math.min(best, value(gradient, at))
    }
    ok(value(gradient, d) <= best + 1e-12, `g = ${g}`)
    ok(d.every((v, i) => v >= low[i]! && v <= high[i]!))
  }
  equal(
    step.solve(
      Float64Array.from([1, 2, 0, 2, 1, 0, 0, 0, 1]),
      Float64Array.from([1, 1, 1]),
      low(),
      high(),
      new Float64Array(3),
    ),
    false,
  )
})

const low = () => Float64Array.from([-9, -9, -9])
const high = () => Float64Array.from([9, 9, 9])

test('eigenvalues and vectors of a known matrix', () => {
  const { values, vectors } = eigen(Float64Array.from([2, -1, 0, -1, 2, -1, 0, -1, 2]), 3)
  const sorted = [...values].sort((x, y) => x - y)
  for (const [i, want] of [2 - Math.SQRT2, 2, 2 + Math.SQRT2].entries()) close(sorted[i]!, want, 1e-12, `value ${i}`)
  for (let e = 0; e < 3; e++) {
    close(
      [0, 1, 2].reduce((sum, i) => sum + vectors[i * 3 + e]! ** 2, 0),
      1,
      1e-12,
      'length',
    )
  }
})

test('covariance: an inverse; a flat direction leaves the others known; a direction downwards is said', () => {
  const { matrix, positive, undetermined } = covarianceOf(Float64Array.from([4, 1, 1, 2]), 2, [0, 1])
  equal([positive, undetermined], [true, []])
  close(matrix[0]!, (2 * 2) / 7, 1e-12, 'variance 0')
  close(matrix[1]!, (2 * -1) / 7, 1e-12, 'covariance')
  const flat = covarianceOf(Float64Array.from([2, 0, 0, 0, 8, 8, 0, 8, 8]), 3, [0, 1, 2])
  equal([flat.positive, flat.undetermined], [true, [1, 2]])
  close(flat.matrix[0]!, 1, 1e-12, 'the determined one')
  equal(covarianceOf(Float64Array.from([1, 3, 3, 1]), 2, [0, 1]).positive, false)
})

test.run()
