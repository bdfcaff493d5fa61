/** The configuration of the fitter: the reference's run-fitter JSON as it is, and a few keys of our own. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { type Resonance, referenceLimits } from '../fit/index.js'

export type Sample = 'DATA' | 'MC'

/** One file with the spectra of many bins. */
export interface FitInput {
  readonly sample: Sample
  readonly label: string
  readonly path: string
}

export interface FitBin {
  /** bin0, bin1, ... */
  readonly name: string
  /** Of the variable (pt), where the configuration tells it. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>
  readonly passName: string
  readonly failName: string
}

/** What one parameter starts from, and where it may go. */
export interface ParameterSettings {
  readonly start?: number
  readonly limits?: readonly [number, number]
  readonly fixed?: number
}

export interface FitterConfig {
  /** Of the file, as it was given. */
  readonly path: string
  readonly resonance: Resonance
  readonly signal: string
  readonly background: string
  /** The shapes of single bins (by bin, or `LABEL/bin`): signal and background. */
  readonly binShapes: Readonly<Record<string, readonly [signal: string, background: string]>>
  readonly inputs: readonly FitInput[]
  readonly bins: readonly FitBin[]
  /** Bins of the mass with centres within these limits are fitted; null: all. */
  readonly mass: readonly [number, number] | null
  /** Of parameters, for all bins, and for single ones (by bin, or `LABEL/bin`). */
  readonly parameters: Readonly<Record<string, ParameterSettings>>
  readonly binParameters: Readonly<Record<string, Readonly<Record<string, ParameterSettings>>>>
  /** Pair -> labels of data and simulation. */
  readonly pairs: Readonly<Record<string, readonly [string, string]>>
  readonly resultsFile: string | null
  readonly plotFolder: string | null
  /** What the configuration has that has no effect here. */
  readonly notes: readonly string[]
}

const MASSES: Readonly<Record<string, { resonance: Resonance; isMuon: boolean; firstBin: number }>> = {
  Z: { resonance: 'Z', isMuon: false, firstBin: 0 },
  Z_muon: { resonance: 'Z', isMuon: true, firstBin: 1 },
  JPsi: { resonance: 'JPsi', isMuon: false, firstBin: 0 },
  JPsi_muon: { resonance: 'JPsi', isMuon: true, firstBin: 0 },
}
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['info_level', 'mass', 'input', 'fit', 'output', 'scale_factors'],
  input: ['root_files_DATA', 'root_files_MC'],
  fit: [
    ...['bin', 'bin_ranges', 'fit_type', 'use_cdf', 'sigmoid_eff', 'interactive', 'x_min', 'x_max', 'hist_pass_name'],
    ...['hist_fail_name', 'numerator', 'denominator', 'abseta', 'parameters', 'bin_parameters', 'bin_fit_type'],
  ],
  output: ['plot_dir', 'results_file'],
  scale_factors: ['data_mc_pair'],
}

type Json = Readonly<Record<string, unknown>>

/** place: the file, for messages. Throws UsageError with all that is wrong. */
export function fitterConfig(document: unknown, place: string): FitterConfig {
  const reader = new Reader(place)
  const root = reader.object(document, '')
  reader.known(root, '')
  const massName = reader.text(root, 'mass', '/mass')
  const mass = MASSES[massName ?? '']
  if (massName !== undefined && mass === undefined) {
    reader.say(
      '/mass',
      `unknown mass "${massName}".${nearestHint(massName, Object.keys(MASSES))} All: ${Object.keys(MASSES).join(', ')}.`,
    )
  }
  const input = reader.object(root.input, '/input')
  reader.known(input, 'input')
  const fit = reader.object(root.fit, '/fit')
  reader.known(fit, 'fit')
  const inputs = (['DATA', 'MC'] as const).flatMap(sample =>
    Object.entries(reader.optionalObject(input[`root_files_${sample}`], `/input/root_files_${sample}`)).flatMap(
      ([label, path]) => {
        if (typeof path === 'string' && path !== '') return [{ sample, label, path }]
        reader.say(`/input/root_files_${sample}/${label}`, `must be the path of a file, got ${JSON.stringify(path)}.`)
        return []
      },
    ),
  )
  if (inputs.length === 0) reader.say('/input', 'has no files: give root_files_DATA, root_files_MC, or both.')
  const [signal, background] = reader.shapes(fit)
  const binShapes = Object.fromEntries(
    Object.entries(reader.optionalObject(fit.bin_fit_type, '/fit/bin_fit_type')).flatMap(([bin, type]) => {
      const at = `/fit/bin_fit_type/${bin}`
      const pair = reader.shapePair(reader.text({ [bin]: type }, bin, at), at)
      return pair === null ? [] : [[bin, pair]]
    }),
  )
  const parameters = reader.parameters(fit.parameters, '/fit/parameters')
  const binParameters = Object.fromEntries(
    Object.entries(reader.optionalObject(fit.bin_parameters, '/fit/bin_parameters')).map(([bin, of]) => [
      bin,
      reader.parameters(of, `/fit/bin_parameters/${bin}`),
    ]),
  )
  const bins = reader.bins(fit, mass ?? MASSES.Z!)
  const output = reader.optionalObject(root.output, '/output')
  reader.known(output, 'output')
  const factors = reader.optionalObject(root.scale_factors, '/scale_factors')
  reader.known(factors, 'scale_factors')
  const pairs = reader.pairs(factors, inputs)
  const range = reader.range(fit)
  if (reader.problems.length > 0) throw new UsageError(reader.problems)
  return {
    path: place,
    resonance: mass!.resonance,
    signal: signal!,
    background: background!,
    binShapes,
    inputs,
    bins,
    mass: range,
    parameters,
    binParameters,
    pairs,
    resultsFile: typeof output.results_file === 'string' && output.results_file !== '' ? output.results_file : null,
    plotFolder: typeof output.plot_dir === 'string' && output.plot_dir !== '' ? output.plot_dir : null,
    notes: notesOf(fit),
  }
}

function notesOf(fit: Json): string[] {
  return [
    ...(fit.use_cdf === true ? ['use_cdf: shapes are integrated over bins in any case.'] : []),
    ...(fit.sigmoid_eff === true ? ['sigmoid_eff: the efficiency is a parameter of its own, between 0 and 1.'] : []),
    ...(fit.interactive === true
      ? ['interactive: there is no window; give start values and limits in fit.parameters.']
      : []),
  ]
}

/** Collects what is wrong. */
class Reader {
  readonly problems: Problem[] = []
  readonly #place: string

  constructor(place: string) {
    this.#place = place
  }

  say(at: string, message: string): void {
    this.problems.push({ place: at === '' ? this.#place : `${this.#place} ${at}`, message })
  }

  object(value: unknown, at: string): Json {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
    this.say(at, value === undefined ? 'is missing.' : `must be an object, got ${JSON.stringify(value)}.`)
    return {}
  }

  optionalObject(value: unknown, at: string): Json {
    return value === undefined || value === null ? {} : this.object(value, at)
  }

  known(object: Json, name: string): void {
    const keys = KEYS[name]!
    for (const key of Object.keys(object)) {
      if (keys.includes(key)) continue
      this.say(
        `${name === '' ? '' : `/${name}`}/${key}`,
        `unknown key.${nearestHint(key, keys)} All: ${keys.join(', ')}.`,
      )
    }
  }

  text(object: Json, key: string, at: string): string | undefined {
    const value = object[key]
    if (typeof value === 'string') return value
    this.say(at, value === undefined ? 'is missing.' : `must be text, got ${JSON.stringify(value)}.`)
    return undefined
  }

  /** fit_type: signal_background. */
  shapes(fit: Json): readonly (string | undefined)[] {
    const at = '/fit/fit_type'
    return this.shapePair(this.text(fit, 'fit_type', at), at) ?? []
  }

  shapePair(type: string | undefined, at: string): readonly [string, string] | null {
    if (type === undefined) return null
    const { Z } = referenceLimits
    const [signal, background, ...more] = type.split('_')
    const all = Object.keys(Z)
    const signals = all.filter(name => SIGNALS.includes(name))
    const backgrounds = all.filter(name => !SIGNALS.includes(name))
    const ok = more.length === 0 && signals.includes(signal!) && backgrounds.includes(background ?? '')
    if (ok) return [signal!, background!]
    const pairs = signals.flatMap(s => backgrounds.map(b => `${s}_${b}`))
    const wanted = `Signals: ${signals.join(', ')}; backgrounds: ${backgrounds.join(', ')}.`
    this.say(at, `unknown shapes "${type}".${nearestHint(type, pairs)} ${wanted}`)
    return null
  }

  parameters(value: unknown, at: string): Record<string, ParameterSettings> {
    const found: Record<string, ParameterSettings> = {}
    for (const [name, settings] of Object.entries(this.optionalObject(value, at))) {
      const { start, limits, fixed, ...rest } = this.object(settings, `${at}/${name}`)
      for (const key of Object.keys(rest)) this.say(`${at}/${name}/${key}`, 'unknown key. All: start, limits, fixed.')
      for (const [key, number] of Object.entries({ start, fixed })) {
        if (number !== undefined && typeof number !== 'number')
          this.say(`${at}/${name}/${key}`, `must be a number, got ${JSON.stringify(number)}.`)
      }
      if (limits !== undefined && !isRange(limits))
        this.say(`${at}/${name}/limits`, `must be [low, high], got ${JSON.stringify(limits)}.`)
      if (isRange(limits) && typeof start === 'number' && !(start >= limits[0] && start <= limits[1])) {
        this.say(`${at}/${name}/start`, `${start} is outside of the limits ${limits[0]} to ${limits[1]}.`)
      }
      found[name] = {
        ...(typeof start === 'number' ? { start } : {}),
        ...(isRange(limits) ? { limits } : {}),
        ...(typeof fixed === 'number' ? { fixed } : {}),
      }
    }
    return found
  }

  bins(fit: Json, { isMuon, firstBin }: (typeof MASSES)[string]): FitBin[] {
    const names = fit.bin === undefined ? ['bin0'] : typeof fit.bin === 'string' ? [fit.bin] : fit.bin
    if (!Array.isArray(names) || names.length === 0 || !names.every(name => typeof name === 'string')) {
      this.say('/fit/bin', `must be "bin0" or a list of such, got ${JSON.stringify(fit.bin)}.`)
      return []
    }
    const ranges = fit.bin_ranges ?? []
    if (!Array.isArray(ranges) || !ranges.every(isRange)) {
      this.say('/fit/bin_ranges', 'must be a list of [low, high].')
      return []
    }
    const { hist_pass_name: pass, hist_fail_name: fail } = fit
    return (names as string[]).flatMap(name => {
      const number = /^bin(\d+)$/.exec(name)?.[1]
      const range = (ranges as [number, number][])[Number(number) - firstBin]
      if (typeof pass === 'string' && pass !== '' && typeof fail === 'string' && fail !== '') {
        return [{ name, ranges: range === undefined ? {} : { pt: range }, passName: pass, failName: fail }]
      }
      if (number === undefined || range === undefined) {
        const all = ranges.map((_, k) => `bin${k + firstBin}`)
        this.say(
          '/fit/bin',
          `"${name}" is none of the bins of bin_ranges (${all.join(', ') || 'none'}).${nearestHint(name, all)}`,
        )
        return []
      }
      const stem = isMuon
        ? `NUM_${fit.numerator ?? 'gold'}_DEN_${fit.denominator ?? 'baselineplus'}_abseta_${fit.abseta ?? 1}_pt_${Number(number)}`
        : `${name}_pt_${range[0]}p00To${range[1]}p00`
      return [{ name, ranges: { pt: range }, passName: `${stem}_Pass`, failName: `${stem}_Fail` }]
    })
  }

  range({ x_min, x_max }: Json): readonly [number, number] | null {
    if (x_min === undefined && x_max === undefined) return null
    if (typeof x_min === 'number' && typeof x_max === 'number' && x_min < x_max) return [x_min, x_max]
    this.say(
      '/fit/x_min',
      `x_min and x_max must be numbers, x_min the smaller; got ${JSON.stringify(x_min)} and ${JSON.stringify(x_max)}.`,
    )
    return null
  }

  pairs(factors: Json, inputs: readonly FitInput[]): Record<string, readonly [string, string]> {
    const found: Record<string, readonly [string, string]> = {}
    for (const [name, pair] of Object.entries(
      this.optionalObject(factors.data_mc_pair, '/scale_factors/data_mc_pair'),
    )) {
      const at = `/scale_factors/data_mc_pair/${name}`
      if (!Array.isArray(pair) || pair.length !== 2 || !pair.every(label => typeof label === 'string')) {
        this.say(at, `must be [label of data, label of simulation], got ${JSON.stringify(pair)}.`)
        continue
      }
      for (const [k, sample] of (['DATA', 'MC'] as const).entries()) {
        const labels = inputs.filter(one => one.sample === sample).map(one => one.label)
        if (!labels.includes(pair[k] as string)) {
          this.say(
            at,
            `"${pair[k]}" is none of the labels of root_files_${sample}.${nearestHint(pair[k] as string, labels)}`,
          )
        }
      }
      found[name] = pair as unknown as readonly [string, string]
    }
    return found
  }
}

const SIGNALS = ['dcb', 'dv', 'g', 'cbg']

function isRange(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(x => typeof x === 'number') &&
    (value[0] as number) <= (value[1] as number)
  )
}
