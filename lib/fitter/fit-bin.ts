/** The fit of one bin of one file: plain data in, plain data out, so that it can be done in any thread. */
import { type FitResult, fitPair, layoutOf, type PairModel } from '../fit/index.js'
import { type FitterConfig, parameterSettings, type Sample, shapeOf } from './config.js'
import type { Spectrum } from './spectra.js'

export interface FitTask {
  readonly sample: Sample
  readonly label: string
  readonly bin: string
  readonly range: readonly [number, number] | null
  readonly pass: Spectrum
  readonly fail: Spectrum
}

export type ModelSettings = Pick<FitterConfig, 'resonance' | 'signal' | 'background' | 'parameters' | 'binParameters'>

export interface FittedValue {
  readonly name: string
  readonly value: number
  /** By the second derivatives; null where it is fixed, at a limit or not determined. */
  readonly error: number | null
  readonly fixed: boolean
  readonly atLimit: 'lower' | 'upper' | null
}

/** What came of one bin. Numbers that are not there are null, as JSON has it. */
export interface BinFit {
  readonly sample: Sample
  readonly label: string
  readonly bin: string
  readonly range: readonly [number, number] | null
  readonly shapes: string
  /** At a minimum, with a positive covariance, and the efficiency determined. */
  readonly valid: boolean
  /** Why not. */
  readonly problems: readonly string[]
  readonly efficiency: {
    readonly value: number
    readonly error: number | null
    /** Distances to the ends of the profile interval (68.27 %); null where it ends at a limit. */
    readonly down: number | null
    readonly up: number | null
  }
  /** -2 ln L against the data themselves; its expectation is about ndof where bins are well filled. */
  readonly q: number
  readonly ndof: number
  /** Σ (n - μ)²/μ, Pearson's. */
  readonly chi2: number
  readonly statistic: 'poisson' | 'scaled-poisson'
  /** Signal and backgrounds together, as the reference's N. */
  readonly total: number
  readonly parameters: readonly FittedValue[]
  readonly mass: {
    readonly edges: readonly number[]
    readonly passing: {
      readonly values: readonly number[]
      readonly expected: readonly number[]
      readonly background: readonly number[]
    }
    readonly failing: {
      readonly values: readonly number[]
      readonly expected: readonly number[]
      readonly background: readonly number[]
    }
  }
}

export function modelOf({ signal, background }: Pick<ModelSettings, 'signal' | 'background'>): PairModel {
  const [s, b] = [shapeOf(signal), shapeOf(background)]
  return { signal: { pass: s, fail: s }, background: { pass: b, fail: b }, shared: s.parameters }
}

/** Throws UsageError for spectra and settings that cannot be fitted. */
export function fitBin(task: FitTask, settings: ModelSettings, wantIntervals: boolean): BinFit {
  const { sample, label, bin, range, pass, fail } = task
  const model = modelOf(settings)
  const { names } = layoutOf(model)
  const statistic = pass.variances === null && fail.variances === null ? 'poisson' : 'scaled-poisson'
  const side = ({ values, variances }: Spectrum) => ({ values, variances: variances ?? values })
  const result = fitPair({ edges: pass.edges, pass: side(pass), fail: side(fail) }, model, {
    ...parameterSettings(settings, names, label, bin),
    statistic,
    intervals: wantIntervals ? ['eff'] : [],
  })
  const at = (name: string) => result.parameters.find(p => p.name === name)!
  const eff = at('eff')
  const [signal, passing, failing] = ['N_sig', 'N_bkg_pass', 'N_bkg_fail'].map(name => at(name).value) as [
    number,
    number,
    number,
  ]
  const backgrounds = backgroundOf(result, settings, pass.edges, { pass: passing, fail: failing })
  return {
    sample,
    label,
    bin,
    range,
    shapes: `${settings.signal}_${settings.background}`,
    valid: result.valid,
    problems: result.problems,
    efficiency: {
      value: eff.value,
      error: number(eff.error),
      down: number(eff.interval?.lower ?? null),
      up: number(eff.interval?.upper ?? null),
    },
    q: result.q,
    ndof: result.ndof,
    chi2: pearson(pass.values, result.expected.pass) + pearson(fail.values, result.expected.fail),
    statistic,
    total: signal + passing + failing,
    parameters: result.parameters.map(({ name, value, error, fixed, atLimit }) => ({
      name,
      value,
      error: number(error),
      fixed,
      atLimit,
    })),
    mass: {
      edges: [...pass.edges],
      passing: { values: [...pass.values], expected: [...result.expected.pass], background: backgrounds.pass },
      failing: { values: [...fail.values], expected: [...result.expected.fail], background: backgrounds.fail },
    },
  }
}

function number(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value
}

function pearson(values: Float64Array, expected: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) if (expected[i]! > 0) sum += (values[i]! - expected[i]!) ** 2 / expected[i]!
  return sum
}

/** What of the expectation is background. */
function backgroundOf(
  { parameters }: FitResult,
  { background }: Pick<ModelSettings, 'background'>,
  edges: Float64Array,
  yields: { readonly pass: number; readonly fail: number },
) {
  const shape = shapeOf(background)
  const binned = shape.over(edges)
  const of = (side: 'pass' | 'fail') => {
    const contents = new Float64Array(edges.length - 1)
    const values = shape.parameters.map(name => parameters.find(p => p.name === `bkg_${name}_${side}`)!.value)
    binned(values, contents, null)
    const positive = contents.map(x => Math.max(x, 0))
    const sum = positive.reduce((a, b) => a + b, 0)
    return [...positive].map(x => (x / sum) * yields[side])
  }
  return { pass: of('pass'), fail: of('fail') }
}
