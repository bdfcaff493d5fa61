/** Where fits start: the given values, what the peak of the data suggests, and points of a Halton sequence over the limits, each
 *  with the yields that suit its shapes best. The same for the same input: nothing is random. */
import type { PairHistograms, PairLikelihood } from './likelihood.js'
import { N_BKG_FAIL, type PairModel } from './model.js'
import type { Setup } from './options.js'
import { peakOf } from './peak.js'

/** How many points are compared for one start. */
const SCREENED = 6
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71]

export class Starts {
  readonly #likelihood: PairLikelihood
  readonly #setup: Setup
  readonly #peaked: Float64Array
  readonly #branches: ReadonlyMap<number, number>
  /** Parameters that are re-drawn together: all, the signal's, either background's. */
  readonly #blocks: readonly (readonly number[])[]
  #drawn = 0

  constructor(likelihood: PairLikelihood, model: PairModel, histograms: PairHistograms, setup: Setup) {
    this.#likelihood = likelihood
    this.#setup = setup
    this.#peaked = fromPeak(likelihood, model, histograms, setup.start)
    this.#branches = branchesOf(likelihood, model, setup)
    const { signal, background, names } = likelihood.layout
    const free = (indices: Iterable<number>): number[] =>
      [...new Set(indices)].filter(i => i > N_BKG_FAIL && setup.lower[i]! < setup.upper[i]!)
    this.#blocks = [free(names.keys()), free([...signal.pass, ...signal.fail]), free(background.pass), free(background.fail)]
  }

  /** The given start as it is. */
  given(): Setup | null {
    const { start, ...limits } = this.#setup
    const inside = this.#within(start.slice())
    return this.#likelihood.evaluate(inside.start, 0) < Infinity ? inside : { start, ...limits }
  }

  /** Start `k` = 1, 2, ...: the given shapes, the peak's, then the best of some drawn points, around `best` where there is one. */
  next(k: number, best: Float64Array | null): Setup | null {
    if (k === 1) return this.#projected(this.#setup.start.slice())?.start ?? null
    if (k === 2) return this.#projected(this.#peaked.slice())?.start ?? null
    let lowest: { start: Setup; value: number } | null = null
    for (let i = 0; i < SCREENED; i++) {
      const candidate = this.#projected(this.#draw(k, best))
      if (candidate !== null && (lowest === null || candidate.value < lowest.value)) lowest = candidate
    }
    return lowest?.start ?? null
  }

  /** Every other start re-draws all shapes, the others one of the best point's; half of the points near the peak's suggestion. */
  #draw(k: number, best: Float64Array | null): Float64Array {
    const all = k % 2 === 1 || best === null
    const block = this.#blocks[all ? 0 : 1 + ((k / 2) % 3)]!
    const point = (all ? this.#peaked : best).slice()
    const { lower, upper } = this.#setup
    const n = ++this.#drawn
    const near = n % 2 === 0
    for (const i of block) {
      const u = radicalInverse(n, PRIMES[(i - N_BKG_FAIL - 1) % PRIMES.length]!)
      const finite = upper[i]! - lower[i]! < Infinity
      const range = finite ? upper[i]! - lower[i]! : 4 * Math.max(Math.abs(point[i]!), 1)
      const middle = near || !finite ? point[i]! : (lower[i]! + upper[i]!) / 2
      // near the point: denser the nearer, as limits are often far wider than what is likely
      point[i] = middle + (near ? (2 * u - 1) ** 3 / 2 : u - 0.5) * range
    }
    return point
  }

  /** With the best yields for its shapes, and its value. */
  #projected(point: Float64Array): { start: Setup; value: number } | null {
    const start = this.#within(point)
    if (!this.#likelihood.projectYields(start.start, start.lower, start.upper)) return null
    const value = this.#likelihood.evaluate(start.start, 0)
    return value < Infinity ? { start, value } : null
  }

  /** Moved inside the limits; where a shape jumps at a value of a parameter, the limits of the point's own side. */
  #within(start: Float64Array): Setup {
    let { lower, upper } = this.#setup
    if (this.#branches.size > 0) {
      lower = lower.slice()
      upper = upper.slice()
      for (const [i, value] of this.#branches) {
        const gap = 1e-6 * (upper[i]! - lower[i]!)
        if (start[i]! < value) upper[i] = value - gap
        else lower[i] = value + gap
      }
    }
    for (let i = 0; i < start.length; i++) start[i] = Math.min(Math.max(start[i]!, lower[i]!), upper[i]!)
    return { start, lower, upper }
  }
}

function radicalInverse(k: number, base: number): number {
  let result = 0
  let part = 1 / base
  for (let rest = k; rest > 0; rest = Math.floor(rest / base)) {
    result += (rest % base) * part
    part /= base
  }
  return result
}

/** The start with what the shapes make of the peak of the passing (and, where apart, the failing) probes. */
function fromPeak(
  likelihood: PairLikelihood,
  model: PairModel,
  { edges, pass, fail }: PairHistograms,
  start: Float64Array,
): Float64Array {
  const result = start.slice()
  for (const side of ['fail', 'pass'] as const) {
    const shape = model.signal[side]
    const peak = peakOf(edges, side === 'pass' ? pass.values : fail.values)
    if (peak === null || shape.fromPeak === undefined) continue
    for (const [name, value] of Object.entries(shape.fromPeak(peak.mean, peak.sigma))) {
      const k = shape.parameters.indexOf(name)
      if (k >= 0) result[likelihood.layout.signal[side][k]!] = value
    }
  }
  return result
}

/** Parameters at which a shape jumps inside their limits, with the value. */
function branchesOf(likelihood: PairLikelihood, model: PairModel, { lower, upper }: Setup): Map<number, number> {
  const cuts = new Map<number, number>()
  for (const role of ['signal', 'background'] as const) {
    for (const side of ['pass', 'fail'] as const) {
      const shape = model[role][side]
      for (const [name, value] of Object.entries(shape.branches ?? {})) {
        const i = likelihood.layout[role][side][shape.parameters.indexOf(name)]!
        if (lower[i]! < value && upper[i]! > value) cuts.set(i, value)
      }
    }
  }
  return cuts
}
