/** Where fits start: the given values, what the peak of the data suggests, and points of a Halton sequence over the limits, each
 *  with the yields that suit its shapes best. The same for the same input: nothing is random. */
import type { PairHistograms } from './histograms.js'
import type { PairLikelihood } from './likelihood.js'
import { N_BKG_FAIL, type PairModel } from './model.js'
import type { Setup } from './options.js'
import { peakOf } from './peak.js'
import type { SpectrumFacts } from './shapes/index.js'

/** How many points are compared for one start. */
const SCREENED = 4
/** Combinations of modes that are tried at least, and for each mode of the signal. */
const COMBINED = 8
const OF_EACH = 3
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71]

export class Starts {
  readonly #likelihood: PairLikelihood
  readonly #setup: Setup
  readonly #valleys: readonly Setup[]
  readonly #centre: Float64Array
  readonly #branches: ReadonlyMap<number, number>
  /** Parameters that are re-drawn together: all, the signal's, either background's. */
  readonly #blocks: readonly (readonly number[])[]
  readonly #likely: ReadonlyMap<number, readonly [number, number]>
  /** In how many ways the signal's shape may lie. */
  readonly signalModes: number
  #drawn = 0

  constructor(likelihood: PairLikelihood, model: PairModel, histograms: PairHistograms, setup: Setup) {
    this.#likelihood = likelihood
    this.#setup = setup
    this.#branches = branchesOf(likelihood, model, setup)
    this.#likely = likelyOf(likelihood, model, histograms)
    const { signal, background, names } = likelihood.layout
    const free = (indices: Iterable<number>): number[] =>
      [...new Set(indices)].filter(i => i > N_BKG_FAIL && setup.lower[i]! < setup.upper[i]!)
    this.#blocks = [
      free(names.keys()),
      free([...signal.pass, ...signal.fail]),
      free(background.pass),
      free(background.fail),
    ]
    const modes = modesOf(likelihood, model, histograms)
    this.signalModes = modes.signal.length
    this.#centre = setup.start.slice()
    for (const values of [modes.signal[0], modes.pass[0], modes.fail[0]]) this.#set(this.#centre, values ?? [])
    this.#valleys = this.#combine(modes)
  }

  /** The given start as it is. */
  given(): Setup | null {
    const { start, ...limits } = this.#setup
    const inside = this.#within(start.slice())
    return this.#likelihood.evaluate(inside.start, 0) < Infinity ? inside : { start, ...limits }
  }

  /** Start `k` = 1, 2, ...: the given shapes, the valleys that the shapes know of, then the best of some drawn points, around `best`
   *  where there is one. */
  next(k: number, best: Float64Array | null): Setup | null {
    if (k === 1) return this.#projected(this.#setup.start.slice())?.start ?? null
    if (k - 2 < this.#valleys.length) return this.#valleys[k - 2]!
    let lowest: { start: Setup; value: number } | null = null
    for (let i = 0; i < SCREENED; i++) {
      const candidate = this.#projected(this.#draw(k, best))
      if (candidate !== null && (lowest === null || candidate.value < lowest.value)) lowest = candidate
    }
    return lowest?.start ?? null
  }

  /** Every mode of the signal with each of the backgrounds': the best few of each signal mode, in turns. */
  #combine({ signal, pass, fail }: Modes): Setup[] {
    const ranked = signal.map(values => {
      const found: { start: Setup; value: number }[] = []
      for (const first of pass) {
        for (const second of fail) {
          const point = this.#setup.start.slice()
          for (const mode of [values, first, second]) this.#set(point, mode)
          const candidate = this.#projected(point)
          if (candidate !== null) found.push(candidate)
        }
      }
      return found.sort((a, b) => a.value - b.value)
    })
    const chosen: Setup[] = []
    const ofEach = Math.max(OF_EACH, Math.ceil(COMBINED / signal.length))
    for (let rank = 0; rank < ofEach; rank++) {
      for (const found of ranked) if (rank < found.length) chosen.push(found[rank]!.start)
    }
    return chosen
  }

  /** Writes a mode's values; what is held stays. */
  #set(point: Float64Array, values: readonly (readonly [number, number])[]): void {
    const { lower, upper } = this.#setup
    for (const [i, value] of values) if (lower[i]! < upper[i]!) point[i] = value
  }

  /** Every other start re-draws all shapes, the others one of the best point's. Of the points a third is spread over the likely
   *  values, a third over the limits, and a third around the point, denser the nearer. */
  #draw(k: number, best: Float64Array | null): Float64Array {
    const all = k % 2 === 1 || best === null
    const block = this.#blocks[all ? 0 : 1 + ((k / 2) % 3)]!
    const point = (all ? this.#centre : best).slice()
    const { lower, upper } = this.#setup
    const n = ++this.#drawn
    for (const i of block) {
      const u = radicalInverse(n, PRIMES[(i - N_BKG_FAIL - 1) % PRIMES.length]!)
      const [low, high] = this.#range(i, point[i]!, n % 3 === 0)
      const finite = upper[i]! - lower[i]! < Infinity
      if (n % 3 === 2 || !finite) point[i] = point[i]! + ((2 * u - 1) ** 3 / 2) * (high - low)
      else point[i] = low + u * (high - low)
    }
    for (const [i, value] of this.#branches) if (n % 2 === 0) point[i] = 2 * value - point[i]!
    return point
  }

  #range(i: number, value: number, likely: boolean): readonly [number, number] {
    const lower = this.#setup.lower[i]!
    const upper = this.#setup.upper[i]!
    const range = likely ? this.#likely.get(i) : undefined
    if (range !== undefined) {
      const low = Math.max(range[0], lower)
      const high = Math.min(range[1], upper)
      if (low < high) return [low, high]
    }
    const wide = 2 * Math.max(Math.abs(value), 1)
    return [Math.max(lower, value - wide), Math.min(upper, value + wide)].map((limit, end) =>
      upper - lower < Infinity ? (end === 0 ? lower : upper) : limit,
    ) as [number, number]
  }

  /** With the best yields for its shapes, and its value. */
  #projected(point: Float64Array): { start: Setup; value: number } | null {
    const start = this.#within(point)
    const value = this.#likelihood.projectYields(start.start, start.lower, start.upper)
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

/** A mode: parameters of the fit with their values. */
type Mode = readonly (readonly [number, number])[]

interface Modes {
  readonly signal: readonly Mode[]
  readonly pass: readonly Mode[]
  readonly fail: readonly Mode[]
}

/** The modes of the signal shapes (of both sides at once) and of either background. */
function modesOf({ layout }: PairLikelihood, model: PairModel, { edges, pass, fail }: PairHistograms): Modes {
  const low = edges[0]!
  const high = edges[edges.length - 1]!
  const facts = (values: ArrayLike<number>): SpectrumFacts => {
    const peak = peakOf(edges, values) ?? { mean: (low + high) / 2, sigma: (high - low) / 20 }
    return { low, high, ...peak }
  }
  const spectrum = { pass: facts(pass.values), fail: facts(fail.values) }
  const of = (role: 'signal' | 'background', side: 'pass' | 'fail'): Mode[] => {
    const shape = model[role][side]
    const at = layout[role][side]
    const modes = shape.modes?.(spectrum[side]) ?? [{}]
    return modes.map(mode => Object.entries(mode).map(([name, value]) => [at[shape.parameters.indexOf(name)]!, value]))
  }
  const failing = of('signal', 'fail')
  // the passing probes' peak is the clearer one where both share it
  const signal = of('signal', 'pass').map((mode, k) => [...failing[k % failing.length]!, ...mode])
  return { signal, pass: of('background', 'pass'), fail: of('background', 'fail') }
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

/** The likely ranges of parameters, as their shapes know them. */
function likelyOf(
  likelihood: PairLikelihood,
  model: PairModel,
  { edges }: PairHistograms,
): Map<number, readonly [number, number]> {
  const ranges = new Map<number, readonly [number, number]>()
  for (const role of ['signal', 'background'] as const) {
    for (const side of ['pass', 'fail'] as const) {
      const shape = model[role][side]
      const likely = shape.likely?.(edges[0]!, edges[edges.length - 1]!) ?? {}
      for (const [name, range] of Object.entries(likely)) {
        ranges.set(likelihood.layout[role][side][shape.parameters.indexOf(name)]!, range)
      }
    }
  }
  return ranges
}
