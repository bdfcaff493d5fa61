/** Profile intervals (as MINOS): where the likelihood, minimised over all other parameters, has risen by 1 in q = -2 ln L. */
import { covarianceOf, type Limits, type Minimum, minimise, type Objective } from './minimise/index.js'

/** Distances from the best value; `lower` is negative. Null where the limit comes before the rise of 1, NaN where
 *  the profile could not be followed. */
export interface Interval {
  readonly lower: number | null
  readonly upper: number | null
}

export interface Profiled {
  readonly interval: Interval
  /** A point below the minimum that the profile came across, or null. */
  readonly deeper: Float64Array | null
}

interface Settings {
  readonly maxIterations?: number
  readonly tolerance?: number
}

/** The rise that is sought, and how well. */
const RISE = 1
const PRECISION = 2e-3
/** Promised fall at which a point of the profile is low enough. */
const ROUGH = 2e-4
/** A point this much below the minimum shows that it was none. */
const DEEPER = 1e-3

/** The interval of parameter `index` around `minimum`. */
export function profileInterval(
  objective: Objective,
  minimum: Minimum,
  index: number,
  limits: Limits,
  settings: Settings,
): Profiled {
  if (minimum.hessian === null) return { interval: { lower: NaN, upper: NaN }, deeper: null }
  const tangent = tangentOf(minimum, index, limits, objective.size)
  const sides: (number | null)[] = []
  for (const sign of [-1, 1]) {
    const found = oneSide(objective, minimum, index, limits, settings, sign, tangent)
    if (typeof found === 'object' && found !== null) {
      return { interval: { lower: NaN, upper: NaN }, deeper: found }
    }
    sides.push(found)
  }
  return { interval: { lower: sides[0]!, upper: sides[1]! }, deeper: null }
}

/** How the others follow the parameter: covariance with it over its variance; and its own uncertainty. */
function tangentOf({ x, hessian }: Minimum, index: number, { lower, upper }: Limits, n: number) {
  const free: number[] = []
  for (let i = 0; i < n; i++) if (i === index || (x[i]! > lower[i]! && x[i]! < upper[i]!)) free.push(i)
  const { matrix } = covarianceOf(hessian!, n, free)
  const variance = matrix[index * n + index]!
  const known = variance > 0
  const slope = Float64Array.from({ length: n }, (_, i) => (known ? matrix[i * n + index]! / variance || 0 : 0))
  slope[index] = 1
  return { slope, sigma: known ? Math.sqrt(variance) : NaN }
}

/** The distance on one side; null at a limit; or a point that is lower than the minimum. */
function oneSide(
  objective: Objective,
  minimum: Minimum,
  index: number,
  { lower, upper }: Limits,
  settings: Settings,
  sign: number,
  { slope, sigma }: { slope: Float64Array; sigma: number },
): number | null | Float64Array {
  const best = minimum.x[index]!
  const room = sign < 0 ? best - lower[index]! : upper[index]! - best
  if (!(room > 0)) return null
  const low = lower.slice()
  const high = upper.slice()
  // (distance, √rise) of points that are below and above
  let inside = { at: 0, root: 0, x: minimum.x }
  let outside: { at: number; root: number } | null = null
  let at = Math.min(sigma > 0 ? sigma : 0.1 * room, room)
  for (let step = 0; step < 40; step++) {
    const from = inside.x
    const start = from.map((value, i) => {
      const to = value + (sign * at - (from[index]! - best)) * slope[i]!
      return Math.min(Math.max(to, lower[i]!), upper[i]!)
    })
    start[index] = low[index] = high[index] = best + sign * at
    // Fisher steps settle nearly always, and need no second derivatives
    const held = { ...settings, lower: low, upper: high }
    let found = minimise(objective, start, { ...held, tolerance: ROUGH, rough: true })
    if (!found.settled) found = minimise(objective, found.x, held)
    const rise = found.value - minimum.value
    if (rise < -DEEPER) return found.x
    if (!found.converged && !found.settled) return NaN
    if (Math.abs(rise - RISE) < PRECISION) return sign * at * Math.sqrt(RISE / rise)
    const root = Math.sqrt(Math.max(rise, 0))
    if (rise < RISE) {
      if (at >= room) return null
      inside = { at, root, x: found.x }
    } else outside = { at, root }
    at = nextDistance(inside, outside, sigma, room)
  }
  return NaN
}

/** √rise is nearly a straight line: secant within the bracket, or out by what is missing. */
function nextDistance(
  inside: { at: number; root: number },
  outside: { at: number; root: number } | null,
  sigma: number,
  room: number,
): number {
  const target = Math.sqrt(RISE)
  if (outside === null) {
    const rate = inside.root > 0.05 ? inside.at / inside.root : Math.max(sigma, 0.1 * room) || 0.1 * room
    return Math.min(Math.min(inside.at + 1.02 * (target - inside.root) * rate, 3 * inside.at + 0.01 * room), room)
  }
  const part = (target - inside.root) / (outside.root - inside.root)
  return inside.at + Math.min(Math.max(part, 0.05), 0.95) * (outside.at - inside.at)
}
