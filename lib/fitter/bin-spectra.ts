/** The spectra of every input and bin, checked: what is missing or does not fit together is noted where the configuration names the
 *  file. */
import { hideAccess } from '../bytes/address.js'
import type { Cursor } from '../config/fitter.js'
import { DataError, nearestHint, UsageError } from '../core/errors.js'
import type { HistTree } from '../formats/index.js'
import { isClose } from '../hist/index.js'
import type { FitterConfig } from './config.js'
import { meansBin, type NamedBin } from './config-bins.js'
import type { FitInput } from './inputs.js'
import { openSpectra, type Spectrum, type SpectrumSource, within } from './spectra.js'

export interface BinSpectra {
  readonly pass: Spectrum
  readonly fail: Spectrum
  /** Why they cannot be fitted; empty: they can. */
  readonly unfit: readonly string[]
}

export interface OpenedInput {
  readonly input: FitInput
  /** null: it could not be opened. */
  readonly source: SpectrumSource | null
}

/** Runs `make`; what it throws of the user's files is noted at the place, and null comes back. */
export async function noted<T>(place: Cursor, make: () => Promise<T>): Promise<T | null> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof UsageError) for (const { message } of error.problems) place.problem(message)
    else if (error instanceof DataError) place.problem(error.message)
    else if (error instanceof RangeError) place.problem(`${error.message}.`)
    else throw error
    return null
  }
}

export async function openInputs(config: FitterConfig, stdin?: () => Promise<HistTree>): Promise<OpenedInput[]> {
  const opened: OpenedInput[] = []
  let read: Promise<HistTree> | undefined
  // Several inputs may be histograms of the same stream.
  const once = stdin === undefined ? undefined : () => (read ??= stdin())
  for (const input of config.inputs) {
    const options = { name: input.name, ...sourceOptions(config, once) }
    opened.push({
      input,
      source: input.place.isWrong ? null : await noted(input.place, () => openSpectra(input.file, options)),
    })
  }
  return opened
}

export function sourceOptions({ axes, bins }: FitterConfig, stdin?: () => Promise<HistTree>) {
  return { axes, isFound: bins.kind === 'found', ...(stdin === undefined ? {} : { stdin }) }
}

/** The bins that are meant: those of the configuration, or of the files, which then have the same ones. */
export async function binsOf(config: FitterConfig, opened: readonly OpenedInput[]): Promise<readonly NamedBin[]> {
  if (config.bins.kind === 'named') return config.bins.bins
  let first: { readonly label: string; readonly bins: readonly NamedBin[] } | null = null
  for (const { input, source } of opened) {
    const bins = source === null ? null : await noted(input.place, () => source.bins())
    if (bins === null) continue
    if (bins.length === 0) {
      input.place.problem(`${hideAccess(input.file)}: has no histograms of bins, wanted NAME_Pass and NAME_Fail.`)
    } else if (first === null) first = { label: input.label, bins }
    else {
      const difference = differenceOf(first.bins, bins)
      if (difference !== null) {
        const file = hideAccess(input.file)
        input.place.problem(`${file}: ${difference}, unlike ${first.label}. Fill both with the same binning.`)
      }
    }
  }
  return first === null ? [] : wanted(first.bins, config.bins.only, config.bins.place)
}

function differenceOf(a: readonly NamedBin[], b: readonly NamedBin[]): string | null {
  if (a.length !== b.length) return `has ${b.length} bins, not ${a.length}`
  for (const [k, bin] of a.entries()) {
    const other = b[k]!
    const axes = Object.keys(bin.ranges)
    if (Object.keys(other.ranges).join() !== axes.join() || (axes.length === 0 && bin.name !== other.name)) {
      return `has the bin ${other.name} in place of ${bin.name}`
    }
    for (const axis of axes) {
      const [low, high] = other.ranges[axis]!
      const [wantedLow, wantedHigh] = bin.ranges[axis]!
      if (isClose(low, wantedLow) && isClose(high, wantedHigh)) continue
      return `has a bin of ${axis} from ${low} to ${high} in place of ${wantedLow} to ${wantedHigh}`
    }
  }
  return null
}

function wanted(bins: readonly NamedBin[], only: readonly string[] | null, place: Cursor): readonly NamedBin[] {
  if (only === null) return bins
  const names = bins.map(bin => bin.name)
  const shown = names.length > 12 ? `${names.slice(0, 12).join(', ')}, ...` : names.join(', ')
  for (const name of only) {
    if (names.some(bin => meansBin(name, '', bin))) continue
    place.problem(`"${name}" is none of the bins of the histograms (${shown}).${nearestHint(name, names)}`)
  }
  return bins.filter(bin => only.some(name => meansBin(name, '', bin.name)))
}

/** null, with problems noted, where they are not there or do not fit together. */
export async function readBin(
  { input, source }: OpenedInput,
  bin: NamedBin,
  config: FitterConfig,
): Promise<BinSpectra | null> {
  const { place, file } = input
  const pass = await noted(place, () => source!.read(bin.passName))
  const fail = await noted(place, () => source!.read(bin.failName))
  if (pass === null || fail === null) return null
  const spectra = { pass: within(pass, config.mass), fail: within(fail, config.mass) }
  const where = `${hideAccess(file)} > ${bin.passName}, ${bin.failName}`
  const { edges } = spectra.pass
  if (edges.length < 2) {
    place.problem(
      `${where}: no bin of the mass has its centre between ${config.mass?.join(' and ')} GeV (x_min, x_max).`,
    )
    return null
  }
  if (!sameEdges(edges, spectra.fail.edges)) {
    const each = [edges, spectra.fail.edges].map(edgesText).join(', ')
    place.problem(`${where}: passing and failing are binned differently: ${each}.`)
    return null
  }
  return { ...spectra, unfit: unfitReasons(spectra) }
}

/** Spectra that are there and cannot be fitted, as problems of their file. Once each. */
export function noteUnfit({ input }: OpenedInput, bin: NamedBin, { unfit }: BinSpectra): void {
  const { place, file } = input
  for (const reason of unfit) {
    const where = `${hideAccess(file)} > ${bin.passName}, ${bin.failName}`
    const message = `${where}: ${reason}. With --allow-failed-bins it is marked as failed.`
    if (!place.findings.problems.some(problem => problem.message === message)) place.problem(message)
  }
}

export function sameEdges(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((edge, i) => isClose(edge, b[i]!))
}

export function edgesText(edges: Float64Array): string {
  return `${edges.length - 1} bins from ${edges[0]} to ${edges.at(-1)} GeV`
}

function unfitReasons({ pass, fail }: { readonly pass: Spectrum; readonly fail: Spectrum }): string[] {
  const reasons: string[] = []
  for (const [name, { values, edges }] of Object.entries({ passing: pass, failing: fail })) {
    const k = values.findIndex(value => !(value >= 0 && value < Infinity))
    if (k < 0) continue
    const bin = `${edges[k]} to ${edges[k + 1]} GeV`
    reasons.push(
      `${name}: the bin from ${bin} has ${values[k]!.toPrecision(3)}, which is no number of probes: merge bins, or leave negative weights out`,
    )
  }
  if ([...pass.values, ...fail.values].every(value => value === 0)) reasons.push('both spectra are empty')
  return reasons
}
