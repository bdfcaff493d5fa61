/** Toy pairs of histograms thrown from a model. */
import { layoutOf, type PairHistograms, PairLikelihood, type PairModel } from '../../lib/fit/index.js'

/** Numbers in [0, 1): mulberry32, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A Poisson number: by multiplication for small means, else by halving the mean with a gamma-distributed waiting time. */
export function poisson(mean: number, random: () => number): number {
  let count = 0
  let rest = mean
  while (rest > 30) {
    // Ahrens and Dieter: the time of event m is gamma distributed
    const m = Math.floor(rest * 0.875)
    const time = gamma(m, random)
    if (time > rest) return count + binomial(m - 1, rest / time, random)
    count += m
    rest -= time
  }
  let product = random()
  const limit = Math.exp(-rest)
  while (product > limit) {
    count++
    product *= random()
  }
  return count
}

/** Marsaglia and Tsang, for shapes of at least 1. */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v
  }
}

function binomial(trials: number, p: number, random: () => number): number {
  let count = 0
  for (let i = 0; i < trials; i++) if (random() < p) count++
  return count
}

/** Throws pairs of histograms from `truth` (values of all parameters by name). */
export function toyMaker(edges: readonly number[], model: PairModel, truth: Readonly<Record<string, number>>) {
  const empty = new Float64Array(edges.length - 1)
  const likelihood = new PairLikelihood(
    { edges, pass: { values: empty }, fail: { values: empty } },
    model,
    'poisson',
    {},
  )
  const x = Float64Array.from(layoutOf(model).names, name => {
    const value = truth[name]
    if (value === undefined) throw new Error(`toy: no value for ${name}`)
    return value
  })
  likelihood.evaluate(x, 0)
  const { pass, fail } = likelihood.expected
  const expected = { pass: pass.slice(), fail: fail.slice() }
  return (random: () => number): PairHistograms => ({
    edges,
    pass: { values: expected.pass.map(mean => poisson(mean, random)) },
    fail: { values: expected.fail.map(mean => poisson(mean, random)) },
  })
}
