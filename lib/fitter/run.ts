/** From a configuration to fits of all bins, and to the ratios of data and simulation. */
import { hideAccess } from '../bytes/address.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import type { FitterConfig } from './config.js'
import type { FitTask } from './fit-bin.js'
import { referenceModel } from './model.js'
import { fitAll, type PoolOptions } from './pool.js'
import { scaleFactorsOf } from './ratios.js'
import type { FitterResults } from './results.js'
import { settingsOf } from './settings.js'
import { openSpectra, type Spectrum, within } from './spectra.js'

/** Throws UsageError with all spectra that are missing or do not fit together, before anything is fitted. */
export async function runFitter(
  config: FitterConfig,
  options: PoolOptions & { readonly wantIntervals: boolean },
): Promise<FitterResults> {
  const tasks = await planFits(config, options)
  const fits = await fitAll(tasks, options)
  return { config: config.path, fits, scaleFactors: scaleFactorsOf(config.pairs, fits) }
}

/** Which fits are meant: all that have what is given here. */
export interface FitChoice {
  readonly fit?: string
  readonly label?: string
  readonly bin?: string
}

/** Every fit of the configuration with its spectra, or those that `only` chooses. Throws UsageError with all that is wrong. */
export async function planFits(
  config: FitterConfig,
  { wantIntervals = true, only = {} }: { readonly wantIntervals?: boolean; readonly only?: FitChoice } = {},
): Promise<FitTask[]> {
  const { inputs, bins, mass } = config
  const problems: Problem[] = []
  const tasks: FitTask[] = []
  for (const { sample, label, path } of inputs.filter(input => input.label === (only.label ?? input.label))) {
    const source = await attempt(problems, `${sample} ${label}`, () => openSpectra(path))
    if (source === null) continue
    for (const { name: bin, ranges, passName, failName } of bins.filter(one => one.name === (only.bin ?? one.name))) {
      const place = `${sample} ${label}, ${bin}`
      const pass = await attempt(problems, place, async () => within(await source.read(passName), mass))
      const fail = await attempt(problems, place, async () => within(await source.read(failName), mass))
      if (pass === null || fail === null) continue
      const found = spectrumProblems(`${hideAccess(path)} > ${passName}, ${failName}`, pass, fail, mass)
      problems.push(...found)
      const [signal, background] = config.binShapes[`${label}/${bin}`] ??
        config.binShapes[bin] ?? [config.signal, config.background]
      const model = referenceModel(signal, background)
      const settings = await attempt(problems, place, async () => settingsOf(model, config, label, bin))
      if (found.length > 0 || settings === null) continue
      tasks.push({ fit: 'nominal', sample, label, bin, ranges, pass, fail, model, settings, intervals: wantIntervals })
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return tasks
}

async function attempt<T>(problems: Problem[], place: string, make: () => Promise<T>): Promise<T | null> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof UsageError) problems.push(...error.problems)
    else if (error instanceof DataError) problems.push({ place, message: error.message })
    else throw error
    return null
  }
}

function spectrumProblems(
  place: string,
  pass: Spectrum,
  fail: Spectrum,
  mass: readonly [number, number] | null,
): Problem[] {
  const bins = (s: Spectrum) => `${s.edges.length - 1} bins from ${s.edges[0]} to ${s.edges.at(-1)} GeV`
  if (pass.edges.length < 2) {
    return [
      { place, message: `no bin of the mass has its centre between ${mass?.[0]} and ${mass?.[1]} GeV (x_min, x_max).` },
    ]
  }
  if (pass.edges.length !== fail.edges.length || pass.edges.some((edge, i) => edge !== fail.edges[i])) {
    return [{ place, message: `passing and failing are binned differently: ${bins(pass)}, ${bins(fail)}.` }]
  }
  const problems: Problem[] = []
  for (const [name, { values, edges }] of Object.entries({ passing: pass, failing: fail })) {
    const k = values.findIndex(value => !(value >= 0))
    if (k >= 0) {
      const bin = `${edges[k]} to ${edges[k + 1]} GeV`
      problems.push({
        place,
        message: `${name}: the bin from ${bin} has ${values[k]}, which is no number of probes. Merge bins, or leave negative weights out.`,
      })
    }
  }
  if ([...pass.values, ...fail.values].every(value => value === 0)) {
    problems.push({ place, message: 'both spectra are empty.' })
  }
  return problems
}
