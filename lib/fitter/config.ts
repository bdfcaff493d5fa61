/** The configuration of the fitter: the reference's run-fitter JSON as it is, and keys of our own (schemas/fitter.schema.json). */
import type { Cursor, Findings } from '../config/fitter.js'
import { loadFitterDocument } from '../config/fitter.js'
import { nearestHint } from '../core/errors.js'
import { type ModulePlace, parseModulePlace } from '../core/user-module.js'
import type { Resonance } from '../fit/index.js'
import { type BinChoice, type BinRange, binChoice, MASSES, type MassName } from './config-bins.js'
import { type ModelChoice, modelChoices } from './config-models.js'
import type { FitInput, RelativeLimits } from './inputs.js'

/** Settings of one parameter. */
export interface ParameterSettings {
  readonly start?: number
  readonly limits?: readonly [number, number]
  readonly fixed?: number
  readonly constraint?: { readonly mean: number; readonly sigma: number }
  readonly relative_limits?: RelativeLimits
}

export interface FitterConfig {
  /** Of the file, as it was given; null: a document of a program. */
  readonly path: string | null
  readonly resonance: Resonance
  readonly isMuon: boolean
  /** Fits are to be looked at when they are done. */
  readonly isInteractive: boolean
  readonly inputs: readonly FitInput[]
  readonly bins: BinChoice
  /** Of histograms of several axes: those that are kept; null: see `binChoice`. */
  readonly axes: readonly string[] | null
  /** Bins of the mass with centres within these limits are fitted; null: all. */
  readonly mass: BinRange | null
  /** At least one. */
  readonly models: readonly ModelChoice[]
  readonly userShapes: ReadonlyMap<string, { readonly module: ModulePlace; readonly place: Cursor }>
  /** Pair -> labels of data and simulation. */
  readonly pairs: Readonly<Record<string, readonly [string, string]>>
  readonly resultsFile: string | null
  readonly plotFolder: string | null
  /** What the configuration has that has no effect here. */
  readonly notes: readonly string[]
  /** The document; what is wrong is in its findings. */
  readonly document: Cursor
  /** What is wrong so far; reading the files adds to it. */
  readonly findings: Findings
}

/** `source`: the document or its path. Nothing is thrown: what is wrong is in the findings, with which planFits ends. */
export function fitterConfig(source: unknown, label?: string): FitterConfig {
  const document = loadFitterDocument(source, label)
  return configOf(document, typeof source === 'string' ? source : (label ?? null))
}

/** The same of a document that was loaded. */
export function configOf(document: Cursor, path: string | null): FitterConfig {
  const fit = document.get('fit')
  const output = document.get('output')
  const mass = MASSES[document.get('mass').or<MassName>('Z')] ?? MASSES.Z
  const inputs = inputsOf(document.get('input'))
  const userShapes = new Map(
    document
      .get('shapes')
      .entries()
      .map(([name, place]) => [name, { module: parseModulePlace(place.or('')), place }]),
  )
  return {
    path,
    resonance: mass.resonance,
    isMuon: mass.isMuon,
    isInteractive: fit.get('interactive').or(false),
    inputs,
    bins: binChoice(fit, mass),
    axes: document.get('axes').or<readonly string[] | null>(null),
    mass: massRange(fit),
    models: modelChoices(document, inputs, [...userShapes.keys()]),
    userShapes,
    pairs: pairsOf(document.get('scale_factors').get('data_mc_pair'), inputs),
    resultsFile: output.get('results_file').or<string>('') || null,
    plotFolder: output.get('plot_dir').or<string>('') || null,
    notes: notesOf(fit),
    document,
    findings: document.findings,
  }
}

/** Labels are unique among data, and among simulation. */
function inputsOf(input: Cursor): FitInput[] {
  const inputs = (['DATA', 'MC'] as const).flatMap(sample =>
    [`root_files_${sample}`, sample === 'DATA' ? 'data' : 'mc'].flatMap(key =>
      input
        .get(key)
        .entries()
        .filter(([, place]) => !place.isWrong)
        .map(([label, place]): FitInput => {
          const file = typeof place.value === 'string' ? place.value : String(place.get('file').value)
          return { sample, label, name: place.get('name').or<string | null>(null), file, place }
        }),
    ),
  )
  for (const [k, { sample, label, file, place }] of inputs.entries()) {
    if (file === '') place.problem('is empty, wanted the path of a file.')
    if (inputs.findIndex(other => other.sample === sample && other.label === label) < k) {
      place.problem(`"${label}" is a label of ${sample} already. Rename one.`)
    }
  }
  if (inputs.length === 0 && !input.isAbsent && !input.isWrong) {
    input.problem('has no files: give root_files_DATA, root_files_MC, or both.')
  }
  return inputs
}

function massRange(fit: Cursor): BinRange | null {
  const [low, high] = [fit.get('x_min').or<number | null>(null), fit.get('x_max').or<number | null>(null)]
  if (low === null && high === null) return null
  if (low !== null && high !== null && low < high) return [low, high]
  const got = `got ${JSON.stringify(low)} and ${JSON.stringify(high)}`
  if (!fit.get('x_max').isWrong) {
    fit.get('x_min').problem(`x_min and x_max must be numbers, x_min the smaller; ${got}.`)
  }
  return null
}

function pairsOf(pairs: Cursor, inputs: readonly FitInput[]): Record<string, readonly [string, string]> {
  return Object.fromEntries(
    pairs.entries().flatMap(([name, pair]) => {
      if (pair.isWrong) return []
      for (const [k, sample] of (['DATA', 'MC'] as const).entries()) {
        const labels = inputs.filter(one => one.sample === sample).map(one => one.label)
        const label = pair.get(k).or('')
        if (labels.includes(label)) continue
        pair
          .get(k)
          .problem(`"${label}" is none of the labels of ${sample} (${labels.join(', ')}).${nearestHint(label, labels)}`)
      }
      return [[name, pair.value as readonly [string, string]]]
    }),
  )
}

function notesOf(fit: Cursor): string[] {
  const isSet = (key: string) => fit.get(key).or(false)
  return [
    ...(isSet('use_cdf') ? ['use_cdf: shapes are integrated over bins in any case.'] : []),
    ...(isSet('sigmoid_eff') ? ['sigmoid_eff: the efficiency is a parameter of its own, between 0 and 1.'] : []),
  ]
}
