/** Settings of a fit, and their checks: everything that is wrong is found at once. */
import type { Problem } from '../core/errors.js'
import type { Constraint, PairHistograms, Statistic } from './histograms.js'
import type { Limits } from './minimise/index.js'
import { EFF, N_BKG_FAIL, N_BKG_PASS, N_SIG } from './model.js'

export interface FitOptions {
  /** Start values by parameter; every shape parameter that is not fixed needs one. Yields have starts from the data. */
  readonly start?: Readonly<Record<string, number>>
  /** Lower and upper limits by parameter. Yields are 0 to 5 times all entries, the efficiency 0 to 1, unless given. */
  readonly limits?: Readonly<Record<string, readonly [number, number]>>
  /** Parameters held at a value. */
  readonly fixed?: Readonly<Record<string, number>>
  /** Gaussian constraints. */
  readonly constraints?: Readonly<Record<string, Constraint>>
  /** `poisson` (default) for counts; `scaled-poisson` for weighted histograms, which then need variances. */
  readonly statistic?: Statistic
  /** Parameters whose profile intervals are wanted. Default none. */
  readonly intervals?: readonly string[]
  /** Starts besides the given one, at most: default 120; fewer are used where they agree. 0: the given start only. */
  readonly moreStarts?: number
  /** Iterations of the minimiser for each start; default 300. */
  readonly maxIterations?: number
  /** EDM, in units of q, at which a minimum counts as reached; default 1e-5. */
  readonly tolerance?: number
}

/** The start, and the limits with fixed parameters between equal ones. */
export interface Setup extends Limits {
  readonly start: Float64Array
}

/** Start and limits of all parameters of a fit, or what is wrong with the options. */
export function setUp(
  names: readonly string[],
  histograms: PairHistograms,
  options: FitOptions,
): { setup: Setup; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const say = (place: string, message: string): void => void problems.push({ place, message })
  const n = names.length
  const start = new Float64Array(n).fill(NaN)
  const lower = new Float64Array(n).fill(-Infinity)
  const upper = new Float64Array(n).fill(Infinity)
  const entries = sumOf(histograms.pass.values) + sumOf(histograms.fail.values)
  for (const i of [N_SIG, N_BKG_PASS, N_BKG_FAIL]) {
    lower[i] = 0
    upper[i] = 5 * Math.max(entries, 1)
  }
  lower[EFF] = 0
  upper[EFF] = 1
  const indexOf = (name: string, place: string): number => {
    const found = names.indexOf(name)
    if (found < 0) say(`${place}/${name}`, `the model has no such parameter; it has ${names.join(', ')}`)
    return found
  }
  for (const [name, [low, high]] of Object.entries(options.limits ?? {})) {
    const i = indexOf(name, 'limits')
    if (i < 0) continue
    if (!(low <= high)) say(`limits/${name}`, `the lower (${low}) is above the upper (${high})`)
    lower[i] = low
    upper[i] = high
  }
  defaultYields(start, histograms, entries)
  for (const [name, value] of Object.entries(options.start ?? {})) {
    const i = indexOf(name, 'start')
    if (i < 0) continue
    start[i] = value
    if (!(value >= lower[i]! && value <= upper[i]!) && options.fixed?.[name] === undefined) {
      say(`start/${name}`, `${value} is outside its limits, ${lower[i]} to ${upper[i]}`)
    }
  }
  for (const [name, value] of Object.entries(options.fixed ?? {})) {
    const i = indexOf(name, 'fixed')
    if (i < 0) continue
    if (!Number.isFinite(value)) say(`fixed/${name}`, `${value} is not a number`)
    start[i] = lower[i] = upper[i] = value
  }
  for (const [name, { mean, sigma }] of Object.entries(options.constraints ?? {})) {
    if (indexOf(name, 'constraints') < 0) continue
    if (!(sigma > 0 && Number.isFinite(mean))) {
      say(`constraints/${name}`, `mean ${mean}, sigma ${sigma} (want a number, and a sigma above 0)`)
    }
  }
  for (const name of options.intervals ?? []) indexOf(name, 'intervals')
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(start[i]!)) say(`start/${names[i]}`, 'it has no start value; give one, or fix it')
    else if (i <= N_BKG_FAIL) start[i] = Math.min(Math.max(start[i]!, lower[i]!), upper[i]!)
  }
  checkHistograms(histograms, options.statistic ?? 'poisson', say)
  return { setup: { start, lower, upper }, problems }
}

/** Nine tenths signal, as the standard tool starts. */
function defaultYields(start: Float64Array, { pass }: PairHistograms, entries: number): void {
  const passing = sumOf(pass.values)
  start[N_SIG] = 0.9 * entries
  start[EFF] = entries > 0 ? passing / entries : 0.5
  start[N_BKG_PASS] = 0.1 * passing
  start[N_BKG_FAIL] = 0.1 * (entries - passing)
}

type Say = (place: string, message: string) => void

function checkHistograms(histograms: PairHistograms, statistic: Statistic, say: Say): void {
  const { edges } = histograms
  const bins = edges.length - 1
  if (bins < 1) say('edges', `${edges.length} edges (want at least 2)`)
  for (let i = 0; i < bins; i++) {
    if (!(edges[i + 1]! > edges[i]!)) {
      say('edges', `edge ${i + 1} (${edges[i + 1]}) is not above edge ${i} (${edges[i]})`)
      break
    }
  }
  for (const side of ['pass', 'fail'] as const) {
    const { values, variances } = histograms[side]
    if (values.length !== bins) say(`${side}/values`, `${values.length} bins (want ${bins}, one fewer than edges)`)
    const bad = Array.from(values).findIndex(n => !(n >= 0 && n < Infinity))
    if (bad >= 0)
      say(`${side}/values/${bad}`, `a content of ${values[bad]} (want 0 or more: merge bins, or set it to 0)`)
    if (statistic !== 'scaled-poisson') continue
    if (variances === undefined) say(`${side}/variances`, 'missing; a scaled-poisson fit needs them')
    else if (variances.length !== values.length) {
      say(`${side}/variances`, `${variances.length} bins (want ${values.length})`)
    }
  }
  if (!(sumOf(histograms.pass.values) + sumOf(histograms.fail.values) > 0)) say('values', 'both histograms are empty')
}

export function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
