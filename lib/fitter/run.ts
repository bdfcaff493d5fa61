/** From a configuration to fits of all bins, and to the ratios of data and simulation. */
import { hideAccess } from '../bytes/address.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import type { FitterConfig } from './config.js'
import type { BinFit, FitTask } from './fit-bin.js'
import { fitAll, type PoolOptions } from './pool.js'
import { openSpectra, type Spectrum, within } from './spectra.js'

export interface ScaleFactor {
  readonly pair: string
  readonly bin: string
  readonly data: { readonly value: number; readonly error: number } | null
  readonly simulation: { readonly value: number; readonly error: number } | null
  /** data / simulation, its error by the relative ones in quadrature; null where one of them is not there, or 0. */
  readonly value: number | null
  readonly error: number | null
}

export interface FitterResults {
  readonly fits: readonly BinFit[]
  readonly scaleFactors: readonly ScaleFactor[]
}

/** Throws UsageError with all spectra that are missing or do not fit together, before anything is fitted. */
export async function runFitter(config: FitterConfig, options: PoolOptions): Promise<FitterResults> {
  const tasks = await tasksOf(config)
  const fits = await fitAll(tasks, config, options)
  return { fits, scaleFactors: scaleFactors(config, fits) }
}

async function tasksOf({ inputs, bins, mass }: FitterConfig): Promise<FitTask[]> {
  const problems: Problem[] = []
  const tasks: FitTask[] = []
  for (const { sample, label, path } of inputs) {
    const source = await attempt(problems, `${sample} ${label}`, () => openSpectra(path))
    if (source === null) continue
    for (const { name: bin, range, passName, failName } of bins) {
      const place = `${sample} ${label}, ${bin}`
      const pass = await attempt(problems, place, async () => within(await source.read(passName), mass))
      const fail = await attempt(problems, place, async () => within(await source.read(failName), mass))
      if (pass === null || fail === null) continue
      const found = spectrumProblems(`${hideAccess(path)} > ${passName}, ${failName}`, pass, fail, mass)
      problems.push(...found)
      if (found.length === 0) tasks.push({ sample, label, bin, range, pass, fail })
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

function scaleFactors({ pairs, bins }: FitterConfig, fits: readonly BinFit[]): ScaleFactor[] {
  return Object.entries(pairs).flatMap(([pair, labels]) =>
    bins.map(({ name: bin }) => {
      const find = (sample: 'DATA' | 'MC', label: string) => {
        const fit = fits.find(one => one.sample === sample && one.label === label && one.bin === bin)
        const { value = Number.NaN, error = null } = fit?.efficiency ?? {}
        return fit?.valid !== true || error === null ? null : { value, error }
      }
      const data = find('DATA', labels[0])
      const simulation = find('MC', labels[1])
      if (data === null || simulation === null || data.value === 0 || simulation.value === 0) {
        return { pair, bin, data, simulation, value: null, error: null }
      }
      const value = data.value / simulation.value
      const error = value * Math.hypot(data.error / data.value, simulation.error / simulation.value)
      return { pair, bin, data, simulation, value, error }
    }),
  )
}
