/** The efficiencies that scale factors are made of, from the files that their document names. What is wrong with any of them
 *  is noted at its place in the document, so that one error tells everything. */
import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { hideAccess, isRemote } from '../bytes/address.js'
import { readPlace } from '../bytes/places.js'
import type { Cursor, Findings } from '../config/cursor.js'
import { type EfficiencyTableDocument, looksLikeEfficiencies, readEfficiencies } from '../config/efficiencies.js'
import type { EfficienciesDocument } from '../config/generated/types.gen.js'
import { parseDocument } from '../config/load.js'
import type { EfficiencySource, ScaleFactorConfig } from '../config/scale-factors.js'
import { DataError, nearestHint, UsageError } from '../core/errors.js'
import { efficiencyTables, isFitResults, readFitResults } from '../fitter/index.js'
import { type HistTree, type NamedPair, PICKLE, pairsBelow, readUhiTree, unpickleHists } from '../formats/index.js'
import { efficienciesJson } from '../formats/scale-factors/index.js'
import {
  binningDifference,
  countEfficiencies,
  type EfficiencyGrid,
  emptyGrid,
  type Inputs,
} from '../scale-factors/index.js'
import { readStdin } from './stdin.js'

/** What a file holds. */
type Content =
  | { readonly kind: 'histograms'; readonly pairs: readonly NamedPair[] }
  | { readonly kind: 'tables'; readonly tables: readonly EfficiencyTableDocument[] }

const DATA = {
  nominal: 'nominal',
  alt_signal: 'altSignal',
  alt_background: 'altBackground',
  alt_signal_background: 'altSignalBackground',
} as const
const MC = { nominal: 'nominal', alt_mc: 'altMC', alt_tag: 'altTag' } as const

/** Throws UsageError with everything that the findings have, from the document and from its files. */
export async function readInputs(config: ScaleFactorConfig): Promise<Inputs> {
  const { findings } = config
  const files = new Map<string, Content | null>()
  const read = async (group: Readonly<Record<string, EfficiencySource>>, names: Readonly<Record<string, string>>) => {
    const grids: Record<string, EfficiencyGrid> = {}
    for (const [key, source] of Object.entries(group)) {
      const grid = await gridOf(source, config, files)
      if (grid !== null) grids[names[key]!] = grid
    }
    return grids
  }
  const data = await read(config.data, DATA)
  const mc = await read(config.mc, MC)
  compareBins(config, { ...data }, { ...mc })
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  return { data, mc } as unknown as Inputs
}

/** Every other grid has the bins of the nominal one of data. */
function compareBins(
  config: ScaleFactorConfig,
  data: Readonly<Record<string, EfficiencyGrid>>,
  mc: Readonly<Record<string, EfficiencyGrid>>,
): void {
  const reference = data.nominal ?? mc.nominal
  if (reference === undefined) return
  for (const [sources, names, grids] of [
    [config.data, DATA, data],
    [config.mc, MC, mc],
  ] as const) {
    for (const [key, source] of Object.entries(sources)) {
      const grid = grids[(names as Readonly<Record<string, string>>)[key]!]
      if (grid === undefined || grid === reference) continue
      const difference = binningDifference(reference.axes, grid.axes)
      if (difference === null) continue
      const first = config.data.nominal ?? config.mc.nominal!
      source.place.problem(`${nameOf(source)}: ${difference} as ${nameOf(first)}. Fill both with the same binning.`)
    }
  }
}

function nameOf({ file, name }: EfficiencySource): string {
  return name === null ? hideAccess(file) : `${hideAccess(file)} > ${name}`
}

async function gridOf(
  source: EfficiencySource,
  config: ScaleFactorConfig,
  files: Map<string, Content | null>,
): Promise<EfficiencyGrid | null> {
  const { file, place } = source
  if (!files.has(file)) files.set(file, await readContent(source, config.findings))
  const content = files.get(file)!
  if (content === null) return null
  const chosen =
    content.kind === 'histograms'
      ? choose(content.pairs, source, 'histograms')
      : choose(content.tables, source, 'tables')
  if (chosen === null) return null
  if (!('passing' in chosen)) refuseMethod(place)
  const name = chosen.name === '' ? hideAccess(file) : `${hideAccess(file)} > ${chosen.name}`
  try {
    return 'passing' in chosen
      ? countEfficiencies(chosen.passing, chosen.failing, {
          axes: config.axes,
          interval: config.interval,
          massWindow: source.counting.massWindow,
          sidebands: source.counting.sidebands ?? undefined,
        })
      : gridOfTable(chosen, config.axes)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    for (const { message } of error.problems) place.problem(`${name}: ${message}`)
    return null
  }
}

/** What a source says of histograms means nothing for efficiencies. */
function refuseMethod(place: Cursor): void {
  for (const key of ['method', 'mass_window', 'sidebands']) {
    const at = place.get(key)
    if (!at.isAbsent) at.problem('is for histograms, but the file has efficiencies. Remove it.')
  }
}

/** What stands for standard input: efficiencies from the command before in a pipe. */
const STDIN = '-'

/** null, and a problem at the source's place, where the file cannot be read. */
async function readContent({ file, place }: EfficiencySource, findings: Findings): Promise<Content | null> {
  try {
    const bytes = file === STDIN ? await readStdin() : await readPlace(file)
    if (bytes[0] === PICKLE) return histograms(unpickleHists(bytes, hideAccess(file)), file, place)
    const before = findings.problems.length
    const document = parseDocument(bytes, hideAccess(file), findings)
    if (findings.problems.length > before) return null
    if (isFitResults(document.value)) return tablesOfFits(document.value, file, place)
    if (looksLikeEfficiencies(document)) {
      const tables = readEfficiencies(document)
      return tables === null ? null : { kind: 'tables', tables }
    }
    const tree = readUhiTree(document.value as Record<string, unknown>, hideAccess(file))
    return histograms(tree, file, place)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const hint = error.exception === 'FileNotFoundError' ? siblingsHint(file) : ''
    place.problem(`${error.message}${hint}`)
    return null
  }
}

/** Fits, as `tnp-pipe fit` hands them on. */
function tablesOfFits(results: unknown, file: string, place: Cursor): Content | null {
  const { fits } = readFitResults(results, hideAccess(file))
  try {
    const { tables } = JSON.parse(efficienciesJson(efficiencyTables(fits))) as EfficienciesDocument
    return { kind: 'tables', tables }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    for (const problem of error.problems) place.problem(`${hideAccess(file)} > ${problem.place}: ${problem.message}`)
    return null
  }
}

function histograms(tree: HistTree, file: string, place: Cursor): Content | null {
  const lonely: string[] = []
  const pairs = pairsBelow(tree, [], lonely)
  for (const problem of lonely) place.problem(`${hideAccess(file)}: ${problem}.`)
  if (pairs.length === 0 && lonely.length === 0) {
    place.problem(
      `${hideAccess(file)}: has no "passing" and "failing" histograms next to each other, and is no efficiencies.`,
    )
  }
  return pairs.length === 0 || lonely.length > 0 ? null : { kind: 'histograms', pairs }
}

function siblingsHint(file: string): string {
  if (isRemote(file)) return ''
  try {
    return nearestHint(basename(file), readdirSync(dirname(file)))
  } catch {
    return ''
  }
}

function choose<T extends { readonly name: string }>(
  items: readonly T[],
  { file, name, place }: EfficiencySource,
  what: string,
): T | null {
  const names = items.map(item => item.name)
  const all = `Its ${what}: ${names.map(n => JSON.stringify(n)).join(', ')}.`
  if (name === null) {
    if (items.length === 1) return items[0]!
    place.problem(
      `${hideAccess(file)}: has ${items.length} ${what}. Choose one with {"file": ..., "name": ...}. ${all}`,
    )
    return null
  }
  const found = items.find(item => item.name === name)
  if (found === undefined) {
    place.problem(`${hideAccess(file)}: has no ${what} "${name}".${nearestHint(name, names)} ${all}`)
    return null
  }
  return found
}

/** The table with its axes in the order of the scale factors'. Throws UsageError where it has others. */
function gridOfTable({ axes, bins }: EfficiencyTableDocument, names: readonly [string, string]): EfficiencyGrid {
  const places = names.map(name => axes.findIndex(axis => axis.name === name))
  if (axes.length !== 2 || places.includes(-1)) {
    const known = axes.map(axis => axis.name).join(', ')
    const message = `has the axes ${known}, wanted ${names.join(', ')} ("axes" names them).`
    throw new UsageError([{ place: 'table', message }])
  }
  const [x, y] = places.map(place => axes[place]!) as [(typeof axes)[number], (typeof axes)[number]]
  const m = y.edges.length - 1
  const labelled = ({ name, label, edges }: typeof x) => ({ name, label: label ?? name, edges })
  const grid = emptyGrid([labelled(x), labelled(y)])
  for (const { bin, status, reason, efficiency, up, down, origin } of bins) {
    const at = bin[places[0]!]! * m + bin[places[1]!]!
    grid.origin[at] = origin ?? ''
    if (status === 'failed') grid.failure[at] = reason!
    else {
      grid.efficiency[at] = efficiency!
      grid.up[at] = up!
      grid.down[at] = down!
    }
  }
  return grid
}
