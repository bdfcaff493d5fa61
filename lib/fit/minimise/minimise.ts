/** Minimising within limits: Fisher scoring with Levenberg-Marquardt damping from afar, Newton steps with the observed Hessian at
 *  the end, the step of each found within the limits by an active set (boxed-step.ts).
 *
 *  A minimum is called one only where the observed Hessian has been seen: the estimated distance to the minimum (EDM, g·H⁻¹·g/2 over
 *  the parameters that are free, in units of the function) is below the tolerance, no parameter at a limit wants back inside, and
 *  no direction curves downwards. */
import { DOWNWARDS, downwards } from './downwards.js'
import type { Limits, Objective } from './objective.js'
import { observedHessian } from './observed-hessian.js'
import { QuadraticModel } from './quadratic-model.js'

export interface MinimiseOptions extends Limits {
  /** Evaluations of gradient and expected Hessian (Newton steps count one): default 300. */
  readonly maxIterations?: number
  /** EDM at which a minimum counts as reached, in units of the function (twice the negative log-likelihood): default 1e-5. */
  readonly tolerance?: number
  /** Ends with the Fisher steps: no observed Hessian, `converged` false. For screening starts. */
  readonly rough?: boolean
  /** A descent that promises to end above this is given up. */
  readonly giveUpAbove?: number
  /** A descent that comes into the neighbourhood of this minimum ends there (`met`). */
  readonly known?: { readonly x: Float64Array; readonly value: number }
}

export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  /** Estimated distance to the minimum; Infinity where it was not reached. */
  readonly edm: number
  readonly converged: boolean
  readonly iterations: number
  /** A rough descent whose last step promised less than the tolerance. */
  readonly settled: boolean
  /** It came to the known minimum, and is not at one of its own. */
  readonly met: boolean
  /** Why it ended: at a minimum, out of iterations, no step goes down, or the start is not defined. */
  readonly reason: 'minimum' | 'iterations' | 'no descent' | 'undefined start'
  /** The observed Hessian at x where it was converged. */
  readonly hessian: Float64Array | null
}

/** Minimises `objective` from `start` (moved inside the limits first). */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  return new Descent(objective, start, options).run()
}

/** Fisher steps before the observed Hessian is asked: where both differ much, Fisher scoring crawls. */
const FISHER_STEPS = 12

/** Steps before a rough descent may be given up, and how many times the fall that the next one promises may still be to come. */
const PATIENCE = 5
const PROMISES = 8

/** Damping at the start: with less nearly every first step of a start drawn at random goes astray. */
const FIRST_DAMPING = 0.1

/** Rise of the function at which a descent is in the neighbourhood of a known minimum. */
const NEAR = 0.3

/** Work space of the descents of one objective, which come one after the other. */
const models = new WeakMap<Objective, QuadraticModel>()

function modelFor(objective: Objective): QuadraticModel {
  const model = models.get(objective) ?? new QuadraticModel(objective.size)
  models.set(objective, model)
  return model
}

class Descent {
  readonly #f: Objective
  readonly #n: number
  readonly #lower: Float64Array
  readonly #upper: Float64Array
  readonly #limits: Limits
  readonly #most: number
  readonly #tolerance: number
  readonly #rough: boolean
  readonly #giveUpAbove: number
  readonly #known: MinimiseOptions['known']
  readonly #x: Float64Array
  readonly #trial: Float64Array
  readonly #model: QuadraticModel
  readonly #gradient: Float64Array
  readonly #hessian: Float64Array
  #value = Infinity
  #damping = FIRST_DAMPING
  /** By how much the next refused step raises the damping. */
  #raise = 2
  #iterations = 0
  #settled = false
  #met = false

  constructor(objective: Objective, start: Float64Array, options: MinimiseOptions) {
    const n = objective.size
    this.#f = objective
    this.#n = n
    this.#lower = options.lower
    this.#upper = options.upper
    this.#limits = { lower: options.lower, upper: options.upper }
    this.#most = options.maxIterations ?? 300
    this.#tolerance = options.tolerance ?? 1e-5
    this.#rough = options.rough ?? false
    this.#giveUpAbove = options.giveUpAbove ?? Infinity
    this.#known = options.known
    this.#x = start.map((value, i) => Math.min(Math.max(value, options.lower[i]!), options.upper[i]!))
    this.#model = modelFor(objective)
    this.#trial = this.#model.trial
    this.#gradient = new Float64Array(n)
    this.#hessian = new Float64Array(n * n)
  }

  run(): Minimum {
    this.#value = this.#f.evaluate(this.#x, 2)
    if (!(this.#value < Infinity)) return this.#end('undefined start')
    this.#fisher()
    if (this.#rough || this.#met) return this.#end('iterations')
    for (;;) {
      const edm = this.#newton()
      if (edm !== null) return edm
    }
  }

  /** Damped Fisher scoring until the step promises little, or has gone on for long. */
  #fisher(): void {
    let refused = 0
    for (let steps = 0; this.#iterations < this.#most; steps++) {
      const predicted = this.#model.solve(this.#x, this.#limits, this.#f.hessian, this.#f.gradient, this.#damping)
      if (predicted === null || predicted < this.#tolerance) {
        if (this.#damping < 0.01 || predicted === null || refused > 10) {
          this.#settled = predicted !== null && this.#damping < 0.01
          return
        }
        this.#damping /= 10
        continue
      }
      if (steps >= PATIENCE && this.#value - PROMISES * predicted > this.#giveUpAbove) return
      if (!this.#rough && steps >= FISHER_STEPS && predicted < 1) return
      if (!this.#rough && steps >= 4 * FISHER_STEPS) return
      if (this.#try(predicted)) {
        refused = 0
        if (this.#known !== undefined && this.#isNear(this.#known)) return
      } else if (++refused > 12) return
    }
  }

  /** Whether the known minimum is within a small part of its own uncertainties, and the value what it must be there. */
  #isNear({ x, value }: NonNullable<MinimiseOptions['known']>): boolean {
    if (Math.abs(this.#value - value) > 2 * NEAR) return false
    const n = this.#n
    const hessian = this.#f.hessian
    let rise = 0
    for (let i = 0; i < n; i++) {
      let row = 0
      for (let j = 0; j < n; j++) row += hessian[i * n + j]! * (this.#x[j]! - x[j]!)
      rise += (row * (this.#x[i]! - x[i]!)) / 2
    }
    this.#met = rise < NEAR && this.#value > value - 0.1 * NEAR && Math.abs(this.#value - value - rise) < NEAR
    return this.#met
  }

  /** One Newton step with the observed Hessian; the result where it ends there. */
  #newton(): Minimum | null {
    if (this.#iterations >= this.#most) return this.#end('iterations')
    this.#f.evaluate(this.#x, 2)
    if (this.#known !== undefined && this.#isNear(this.#known)) return this.#end('iterations')
    // before the observed Hessian, which costs most; of what Fisher's step promises ten times, since it may promise too little
    if (this.#giveUpAbove < Infinity) {
      const predicted = this.#model.solve(this.#x, this.#limits, this.#f.hessian, this.#f.gradient, 1e-3)
      if (predicted !== null && this.#value - 10 * predicted > this.#giveUpAbove) return this.#end('iterations')
    }
    this.#gradient.set(this.#f.gradient)
    const fisher = this.#f.hessian.slice()
    const hessian = observedHessian(this.#f, this.#x, this.#limits)
    // what the expected Hessian does not see (a saddle may be flat in it) has the observed one's scale
    for (let k = 0; k < fisher.length; k += this.#n + 1) if (!(fisher[k]! > 1e-300)) fisher[k] = Math.abs(hessian[k]!)
    this.#iterations++
    // flat directions may come out slightly downwards: as much damping as counts as rounding
    let edm: number | null = null
    for (let damping = 1e-9; edm === null && damping <= DOWNWARDS; damping *= 100) {
      edm = this.#model.solve(this.#x, this.#limits, hessian, this.#gradient, damping, fisher)
    }
    if (edm !== null && edm < this.#tolerance) {
      const down = downwards(hessian, fisher, this.#x, this.#limits)
      if (down === null) {
        // what is left of the way costs one value
        this.#attempt(edm)
        return this.#end('minimum', edm, hessian)
      }
      if (!this.#leaveSaddle(down)) return this.#end('no descent')
      return null
    }
    let damping = edm === null ? 1e-3 : 1e-9
    for (let tries = 0; tries < 40; tries++) {
      const predicted = this.#model.solve(this.#x, this.#limits, hessian, this.#gradient, damping, fisher)
      if (predicted !== null) {
        const before = this.#value
        if (this.#attempt(predicted) > 1e-4) return null
        // rounding hides what is left of the way
        if (predicted < 1e-12 * Math.abs(before)) break
      }
      damping = Math.max(damping * 8, 1e-4)
    }
    return this.#stuck(edm, hessian, fisher)
  }

  #stuck(edm: number | null, hessian: Float64Array, fisher: Float64Array): Minimum | null {
    if (edm !== null && edm < 10 * this.#tolerance && downwards(hessian, fisher, this.#x, this.#limits) === null) {
      return this.#end('minimum', edm, hessian)
    }
    const down = downwards(hessian, fisher, this.#x, this.#limits)
    if (down !== null && this.#leaveSaddle(down)) return null
    return this.#end('no descent')
  }

  /** Fisher step: evaluates the trial point with its derivatives, and takes it if it falls. Adapts the damping as H. B. Nielsen
   *  (Damping parameter in Marquardt's method, IMM-REP-1999-05) does: smoothly by how well the fall was promised, and by more with
   *  each refusal in a row. */
  #try(predicted: number): boolean {
    this.#iterations++
    this.#gradient.set(this.#f.gradient)
    this.#hessian.set(this.#f.hessian)
    const value = this.#f.evaluate(this.#trial, 2)
    const ratio = (this.#value - value) / predicted
    if (ratio > 1e-4) {
      this.#damping = Math.max(this.#damping * Math.max(1 / 3, 1 - (2 * ratio - 1) ** 3), 1e-9)
      this.#raise = 2
      this.#x.set(this.#trial)
      this.#value = value
      return true
    }
    this.#damping = Math.min(Math.max(this.#damping, 1e-4) * this.#raise, 1e12)
    this.#raise *= 2
    this.#f.gradient.set(this.#gradient)
    this.#f.hessian.set(this.#hessian)
    return false
  }

  /** Newton step: value only. The ratio of real to predicted fall; the point is taken if that is positive. */
  #attempt(predicted: number): number {
    const value = this.#f.evaluate(this.#trial, 0)
    const ratio = (this.#value - value) / predicted
    if (ratio > 1e-4) {
      this.#x.set(this.#trial)
      this.#value = value
    }
    return ratio
  }

  /** Walks away from a saddle along `direction`, either way, as far as the function falls. */
  #leaveSaddle(direction: Float64Array): boolean {
    const before = this.#value
    let best: Float64Array | null = null
    let least = before
    for (const sign of [1, -1]) {
      for (let length = 0.03; length < 1000; length *= 3) {
        for (let i = 0; i < this.#n; i++) {
          const to = this.#x[i]! + sign * length * direction[i]!
          this.#trial[i] = Math.min(Math.max(to, this.#lower[i]!), this.#upper[i]!)
        }
        const value = this.#f.evaluate(this.#trial, 0)
        if (!(value < least)) {
          if (value > before) break
          continue
        }
        least = value
        best = this.#trial.slice()
      }
    }
    if (best === null || !(before - least > this.#tolerance)) return false
    this.#x.set(best)
    this.#value = least
    this.#f.evaluate(this.#x, 2)
    this.#damping = FIRST_DAMPING
    this.#raise = 2
    this.#fisher()
    return true
  }

  #end(reason: Minimum['reason'], edm = Infinity, hessian: Float64Array | null = null): Minimum {
    const { x, value, iterations } = { x: this.#x, value: this.#value, iterations: this.#iterations }
    return {
      x,
      value,
      settled: this.#settled,
      met: this.#met,
      edm,
      converged: reason === 'minimum',
      iterations,
      reason,
      hessian,
    }
  }
}
