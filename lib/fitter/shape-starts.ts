/** The shapes that a configuration may name, and what their parameters start from: the reference's numbers for its shapes, the
 *  EGM group's for those of its tool. */
import { type Resonance, referenceLimits, referenceStart } from '../fit/index.js'

/** Low, start, high. */
export type Range3 = readonly [low: number, start: number, high: number]

/** By the shape's own names; a number is held. Passing and failing may differ. */
export type Starts = Readonly<Record<string, number | Range3 | { readonly pass: Range3; readonly fail: Range3 }>>

/** Signals, backgrounds; shapes of one's own are both. */
export const SIGNALS = [
  ...['dcb', 'g', 'dv', 'cbg', 'voigtian', 'bwcb', 'template', 'cbexgauss', 'templateCbExGauss'],
] as const
export const BACKGROUNDS = ['ps', 'lin', 'exp', 'cheb', 'bpoly', 'cms', 'roocmsshape', 'exponential'] as const

/** Shapes that are made of histograms. */
export const TEMPLATES: readonly string[] = ['template', 'templateCbExGauss']
/** Shapes with a tail that may be on either side. */
export const TAILED: readonly string[] = ['cbexgauss', 'templateCbExGauss']

const CB_EX_GAUSS: Starts = {
  sigma: { pass: [0.7, 1, 6], fail: [0.7, 2, 15] },
  alpha: [1.2, 2, 3.5],
  n: [-5, 3, 5],
  sigma_2: { pass: [0.5, 1.5, 6], fail: [0.5, 2, 6] },
  sos: [0.5, 1, 5],
}

/** The widths of the PDG: Z 2.4952 GeV, J/psi 92.6 keV. */
const Z: Readonly<Record<string, Starts>> = {
  voigtian: { mean: [86, 91, 96], width: 2.4952, sigma: [0.3, 2, 10] },
  bwcb: { shift: [-5, 0, 5], sigma: [0.3, 1.5, 10], alpha: [0.2, 1.5, 5], n: [0.5, 2, 30] },
  template: { shift: [-5, 0, 5], sigma: [0.5, 0.9, 5] },
  cbexgauss: { mean: [86, 91, 96], ...CB_EX_GAUSS },
  templateCbExGauss: { mean: [-5, 0, 5], ...CB_EX_GAUSS },
  roocmsshape: { alpha: [50, 60, 80], beta: [0.01, 0.05, 0.08], gamma: [-2, 0.1, 2], peak: 90 },
  exponential: { alpha: [-5, 0, 5] },
}

const J_PSI: Readonly<Record<string, Starts>> = {
  voigtian: { mean: [2.9, 3.09, 3.3], width: 9.26e-5, sigma: [0.003, 0.03, 0.15] },
  template: { shift: [-0.2, 0, 0.2], sigma: [0.001, 0.02, 0.15] },
  cbexgauss: {
    ...{ mean: [2.9, 3.09, 3.3], sigma: [0.003, 0.03, 0.15], alpha: [1.2, 2, 3.5], n: [-5, 3, 5] },
    ...{ sigma_2: [0.003, 0.03, 0.15], sos: 0 },
  },
  roocmsshape: { alpha: [-4, 3, 10], beta: [-0.5, 0.02, 0.3], gamma: [0, 0.074, 0.1], peak: 3 },
  exponential: { alpha: [-5, 0, 5] },
}

/** Start, limits or held value of one parameter of a shape on one side. */
export interface ParameterStart {
  readonly start?: number
  readonly limits?: readonly [number, number]
  readonly fixed?: number
}

/** null: nothing is known of the shape (one of the user's own), or it is not for this resonance. */
export function shapeStarts(
  shape: string,
  side: 'pass' | 'fail',
  resonance: Resonance,
): Readonly<Record<string, ParameterStart>> | null {
  if (referenceLimits[resonance][shape] !== undefined) {
    const { start, limits, fixed } = referenceStart(shape, resonance)
    const names = new Set([...Object.keys(start), ...Object.keys(fixed)])
    return Object.fromEntries(
      [...names].map(name => [
        name,
        {
          ...(start[name] === undefined ? {} : { start: start[name] }),
          ...(limits[name] === undefined ? {} : { limits: limits[name] }),
          ...(fixed[name] === undefined ? {} : { fixed: fixed[name] }),
        },
      ]),
    )
  }
  const starts = { Z, JPsi: J_PSI }[resonance][shape]
  return starts === undefined ? null : startsOf(starts, side)
}

/** Of a table's entries, those of one side. */
export function startsOf(starts: Starts, side: 'pass' | 'fail'): Readonly<Record<string, ParameterStart>> {
  return Object.fromEntries(
    Object.entries(starts).map(([name, value]) => {
      if (typeof value === 'number') return [name, { fixed: value }]
      const [low, start, high] = 'pass' in value ? value[side] : value
      return [name, { start, limits: [low, high] as const }]
    }),
  )
}
