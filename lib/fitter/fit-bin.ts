/** The fit of one bin of one file: plain data in, plain data out, so that it can be done in any thread. */
import { UsageError } from '../core/errors.js'
import { type FitResult, fitPair, layoutOf, type PairModel } from '../fit/index.js'
import type { BinFit, FitTask, FittedSpectrum, Prefit, Range } from './bin-fit.js'
import { counted } from './count.js'
import { contentsOf, pairModel } from './model.js'
import type { Settings } from './settings.js'
import type { Spectrum } from './spectra.js'

/** Fits one bin, or counts its probes. Spectra that cannot be fitted make a fit that failed. */
export async function fitTask(task: FitTask): Promise<BinFit> {
  if (task.unfit.length > 0) return unfitted(task, task.unfit)
  if (task.isCounted) return { ...unfitted(task, []), ...counted(task) }
  const model = await pairModel(task.model)
  try {
    const before = task.prefit === undefined ? null : prefitted(task.prefit, model)
    const settings = before === null ? task.settings : withHeld(task.settings, before.held)
    const { result, limited } = fitWithin(task, model, settings)
    return fitOf(task, model, limited, result, before?.problems ?? [])
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return unfitted(
      task,
      error.problems.map(({ place, message }) => `${place}: ${message}`),
    )
  }
}

type Spectra = Pick<FitTask, 'pass' | 'fail'>

function statisticOf({ pass, fail }: Spectra): BinFit['statistic'] {
  return pass.variances === null && fail.variances === null ? 'poisson' : 'scaled-poisson'
}

function fitSpectra(
  spectra: Spectra,
  model: PairModel,
  settings: Settings,
  intervals: boolean,
  moreStarts?: number,
): FitResult {
  const { pass, fail } = spectra
  const side = ({ values, variances }: Spectrum) => ({ values, variances: variances ?? values })
  return fitPair({ edges: pass.edges, pass: side(pass), fail: side(fail) }, model, {
    ...settings,
    statistic: statisticOf(spectra),
    intervals: intervals ? ['eff'] : [],
    ...(moreStarts === undefined ? {} : { moreStarts }),
  })
}

/** Again where a parameter has ended outside of the limits that another one's value gives it. */
function fitWithin(task: FitTask, model: PairModel, settings: Settings) {
  const relative = Object.entries(settings.relative)
  const first = fitSpectra(task, model, settings, task.intervals)
  const limits: Record<string, Range> = {}
  const start: Record<string, number> = {}
  for (const [name, { to, factors }] of relative) {
    const own = parameterOf(first, name)
    const [low, high] = factors.map(factor => factor * parameterOf(first, to)).sort((a, b) => a - b) as [number, number]
    if ((own >= low && own <= high) || settings.fixed[name] !== undefined) continue
    limits[name] = [low, high]
    start[name] = Math.min(Math.max(settings.start[name] ?? own, low), high)
  }
  if (Object.keys(limits).length === 0) return { result: first, limited: settings }
  const limited = { ...settings, limits: { ...settings.limits, ...limits }, start: { ...settings.start, ...start } }
  return { result: fitSpectra(task, model, limited, task.intervals), limited }
}

function prefitted(prefit: Prefit, model: PairModel) {
  const result = fitSpectra(prefit, model, prefit.settings, false, prefit.moreStarts)
  const held = Object.fromEntries(prefit.hold.map(name => [name, parameterOf(result, name)]))
  return { held, problems: result.problems.map(problem => `the fit of ${prefit.label} before: ${problem}`) }
}

function withHeld(settings: Settings, held: Readonly<Record<string, number>>): Settings {
  return { ...settings, fixed: { ...settings.fixed, ...held } }
}

function fitOf(
  task: FitTask,
  model: PairModel,
  settings: Settings,
  result: FitResult,
  before: readonly string[],
): BinFit {
  const { pass, fail } = task
  const eff = result.parameters.find(p => p.name === 'eff')!
  const backgrounds = backgroundOf(result, model, pass.edges)
  return {
    ...headOf(task),
    valid: result.valid && before.length === 0,
    problems: [...before, ...result.problems],
    efficiency: {
      value: eff.value,
      error: number(eff.error),
      down: distance(eff.interval?.lower ?? null),
      up: distance(eff.interval?.upper ?? null),
    },
    q: result.q,
    ndof: result.ndof,
    chi2: pearson(pass.values, result.expected.pass) + pearson(fail.values, result.expected.fail),
    statistic: statisticOf(task),
    total: ['N_sig', 'N_bkg_pass', 'N_bkg_fail'].reduce((sum, name) => sum + parameterOf(result, name), 0),
    parameters: result.parameters.map(({ name, value, error, fixed, atLimit }) => ({
      name,
      value,
      error: number(error),
      fixed,
      atLimit,
      start: settings.start[name] ?? null,
      limits: settings.limits[name] ?? null,
    })),
    mass: {
      edges: [...pass.edges],
      passing: fitted(pass, result.expected.pass, backgrounds.pass),
      failing: fitted(fail, result.expected.fail, backgrounds.fail),
    },
  }
}

function headOf({ fit, sample, label, bin, ranges, model }: FitTask) {
  return { fit, sample, label, bin, ranges, shapes: model.name }
}

function unfitted(task: FitTask, problems: readonly string[]): BinFit {
  const none = null
  return {
    ...headOf(task),
    valid: false,
    problems,
    efficiency: { value: none, error: none, down: none, up: none },
    ...{ q: none, ndof: none, chi2: none, statistic: statisticOf(task), total: none, parameters: [] },
    mass: {
      edges: [...task.pass.edges],
      passing: fitted(task.pass, null, null),
      failing: fitted(task.fail, null, null),
    },
  }
}

function fitted(
  { values, variances }: Spectrum,
  expected: Float64Array | null,
  background: readonly number[] | null,
): FittedSpectrum {
  return {
    values: [...values],
    variances: variances === null ? null : [...variances],
    expected: expected === null ? null : [...expected],
    background,
  }
}

function parameterOf({ parameters }: FitResult, name: string): number {
  return parameters.find(p => p.name === name)!.value
}

function number(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value
}

function distance(value: number | null): number | null {
  const found = number(value)
  return found === null ? null : Math.abs(found)
}

function pearson(values: Float64Array, expected: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) if (expected[i]! > 0) sum += (values[i]! - expected[i]!) ** 2 / expected[i]!
  return sum
}

/** What of the expectation is background. */
function backgroundOf(result: FitResult, model: PairModel, edges: Float64Array) {
  const { background } = layoutOf(model)
  const values = result.parameters.map(one => one.value)
  const of = (side: 'pass' | 'fail') =>
    Array.from(
      contentsOf(model.background[side], background[side], values, edges, parameterOf(result, `N_bkg_${side}`)),
    )
  return { pass: of('pass'), fail: of('fail') }
}
