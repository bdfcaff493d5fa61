/** Models that toys are thrown from and fitted with: the bench of speed and of pulls. */
import { type FitOptions, type PairModel, type Shape, shapes, template } from '../../lib/fit/index.js'

export interface ToyModel {
  readonly name: string
  readonly edges: readonly number[]
  readonly model: PairModel
  readonly truth: Readonly<Record<string, number>>
  readonly options: FitOptions
}

const edges = Array.from({ length: 61 }, (_, i) => 60 + i)
const of = (name: string): Shape => shapes.get(name)!
const both = <T>(value: T) => ({ pass: value, fail: value })

const CMS = {
  truth: {
    bkg_alpha_pass: 66,
    bkg_beta_pass: 0.08,
    bkg_gamma_pass: 0.06,
    bkg_alpha_fail: 63,
    bkg_beta_fail: 0.06,
    bkg_gamma_fail: 0.045,
  },
  start: sides({ bkg_alpha: 62, bkg_beta: 0.05, bkg_gamma: 0.05 }),
  limits: sides<readonly [number, number]>({ bkg_alpha: [50, 85], bkg_beta: [0.01, 0.3], bkg_gamma: [-0.05, 0.3] }),
}

/** Double Crystal Ball and CMS shape, the nominal of tables; `probes` signal probes. */
export function dcbCms(probes: number, eff: number): ToyModel {
  return {
    name: 'dcb + cms',
    edges,
    model: { signal: both(of('dcb')), background: both(of('cms')), shared: of('dcb').parameters },
    truth: {
      N_sig: probes,
      eff,
      N_bkg_pass: 0.08 * probes,
      N_bkg_fail: 0.2 * probes,
      mu: 90.4,
      sigma: 2.4,
      alphaL: 1.1,
      nL: 3.5,
      alphaR: 1.4,
      nR: 5,
      ...CMS.truth,
    },
    options: {
      start: { mu: 90.5, sigma: 3, alphaL: 1, nL: 5, alphaR: 1, nR: 5, ...CMS.start },
      limits: {
        mu: [85, 95],
        sigma: [0.5, 8],
        alphaL: [0.2, 5],
        nL: [1.05, 60],
        alphaR: [0.2, 5],
        nR: [1.05, 60],
        ...CMS.limits,
      },
    },
  }
}

/** Gaussian and exponential. */
export function gExp(probes: number, eff: number): ToyModel {
  return {
    name: 'g + exp',
    edges,
    model: { signal: both(of('g')), background: both(of('exp')), shared: of('g').parameters },
    truth: {
      N_sig: probes,
      eff,
      N_bkg_pass: 0.1 * probes,
      N_bkg_fail: 0.15 * probes,
      mu: 90.3,
      sigma: 2.9,
      bkg_C_pass: 0.03,
      bkg_C_fail: 0.02,
    },
    options: {
      start: { mu: 90, sigma: 2.5, ...sides({ bkg_C: 0.02 }) },
      limits: { mu: [85, 95], sigma: [0.5, 8], ...sides<readonly [number, number]>({ bkg_C: [-0.3, 0.3] }) },
    },
  }
}

/** The standard tool's nominal: a template convolved with a Gaussian, apart for passing and failing, and CMS shape. The template
 *  is a Z line, smeared. */
export function templateCms(probes: number, eff: number): ToyModel {
  const signal = both(template(lineTemplate()))
  return {
    name: 'template + cms',
    edges,
    model: { signal, background: both(of('cms')), shared: [] },
    truth: {
      N_sig: probes,
      eff,
      N_bkg_pass: 0.08 * probes,
      N_bkg_fail: 0.2 * probes,
      shift_pass: -0.4,
      sigma_pass: 1.1,
      shift_fail: 0.3,
      sigma_fail: 1.7,
      ...CMS.truth,
    },
    options: {
      start: { ...sides({ shift: 0, sigma: 0.9 }), ...CMS.start },
      limits: { ...sides<readonly [number, number]>({ shift: [-5, 5], sigma: [0.2, 5] }), ...CMS.limits },
    },
  }
}

/** A smeared Z line from 50 to 130 GeV. */
export function lineTemplate() {
  const edges = Array.from({ length: 161 }, (_, i) => 50 + i / 2)
  return { edges, values: Array.from({ length: 160 }, (_, i) => 1e4 / ((edges[i]! + 0.25 - 91.2) ** 2 + 2.5)) }
}

/** The same for passing and failing. */
function sides<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [`${name}_pass`, value],
      [`${name}_fail`, value],
    ]),
  )
}
