/** Limits and start values that the reference's fitter (egamma-tnp) gives to the parameters of its shapes, for the Z and for the
 *  J/psi; its `loc` of `cms` is alpha here. */

/** Lower limit, start, upper limit. */
export type Range = readonly [low: number, start: number, high: number]
type Table = Readonly<Record<string, Readonly<Record<string, Range>>>>

export type Resonance = 'Z' | 'JPsi'

const TAIL: Range = [0, 1, 10]
const POWER: Range = [0, 5, 30]

const Z: Table = {
  dcb: { mu: [88, 90.5, 92], sigma: [1, 3, 6], alphaL: TAIL, nL: POWER, alphaR: TAIL, nR: POWER },
  dv: { mu: [88, 90, 93], sigma1: [2, 3, 4], gamma1: [0.01, 0.5, 3], sigma2: [1, 2, 3], gamma2: [0.01, 1, 3] },
  g: { mu: [88, 90, 94], sigma: [1, 2.5, 6] },
  cbg: { mu: [88, 90, 92], sigma: [1, 3, 6], alpha: [-10, -1, 10], n: POWER, sigma2: [1, 3, 10] },
  ps: { a: [0, 0.5, 10], b: [0, 1, 30] },
  lin: { b: [-1, 0.1, 1], C: [0, 0.1, 10] },
  exp: { C: [-10, 0.1, 10] },
  cheb: { c0: [0.001, 1, 3], c1: [0.001, 1, 3], c2: [0.001, 1, 3] },
  bpoly: { c0: [0, 0.05, 10], c1: [0, 0.1, 1], c2: [0, 0.1, 1] },
  cms: { alpha: [50, 90, 150], beta: [-0.5, 0.02, 0.3], gamma: [0, 0.074, 0.1] },
}

const MU: Range = [2.5, 3.05, 3.5]

const J_PSI: Table = {
  ...Z,
  dcb: { ...Z.dcb, mu: MU, sigma: [0, 0.03, 0.06] },
  dv: { ...Z.dv, mu: MU, sigma1: [0, 0.03, 0.06] },
  g: { mu: MU, sigma: [0, 0.03, 0.1] },
  cbg: { ...Z.cbg, mu: MU, sigma: [0, 0.03, 0.06], n: [0.1, 5, 30], sigma2: [0, 0.03, 0.15] },
  cms: { ...Z.cms, alpha: [-4, 3, 10] },
}

/** The reference's limits and starts by shape and parameter. */
export const referenceLimits: Readonly<Record<Resonance, Table>> = { Z, JPsi: J_PSI }

/** Start, limits and held values of a shape's parameters (by the shape's own names), as a fit wants them. */
export interface ShapeStart {
  readonly start: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, readonly [number, number]>>
  readonly fixed: Readonly<Record<string, number>>
}

/** The coefficient that is held where only ratios matter. */
const SCALE: Readonly<Record<string, string>> = { lin: 'C', cheb: 'c0', bpoly: 'c0' }

/** The reference's start and limits of a shape. Where only the ratios of coefficients matter, one is held at 1 and the others may
 *  take every ratio that the limits allow (lower ends rounded down to a power of ten).
 *  @throws RangeError where the reference has no such shape. */
export function referenceStart(name: string, resonance: Resonance): ShapeStart {
  const ranges = referenceLimits[resonance][name]
  if (ranges === undefined) {
    throw new RangeError(`shape '${name}': not one of the reference's, ${Object.keys(Z).join(', ')}`)
  }
  const held = SCALE[name]
  if (held === undefined) {
    return {
      start: Object.fromEntries(Object.entries(ranges).map(([parameter, range]) => [parameter, range[1]])),
      limits: Object.fromEntries(Object.entries(ranges).map(([parameter, [from, , to]]) => [parameter, [from, to]])),
      fixed: {},
    }
  }
  const [low, start, high] = ranges[held]!
  const least = Math.max(low, 1e-4 * high)
  const others = Object.entries(ranges).filter(([parameter]) => parameter !== held)
  return {
    start: Object.fromEntries(others.map(([parameter, range]) => [parameter, range[1] / start])),
    limits: Object.fromEntries(
      others.map(([parameter, [from, , to]]) => [
        parameter,
        [from < 0 ? from / least : wider(from / high), to / least] as readonly [number, number],
      ]),
    ),
    fixed: { [held]: 1 },
  }
}

const wider = (ratio: number): number => (ratio > 0 ? 10 ** Math.floor(Math.log10(ratio)) : ratio)
