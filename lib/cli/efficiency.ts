/** `tnp-pipe efficiency FILE...`: efficiencies bin by bin from files of histograms, our own and the reference's: .pkl or UHI
 *  JSON, whatever their names. Pickles are read without running anything in them. */
import { hideAccess } from '../bytes/address.js'
import { readPlace } from '../bytes/places.js'
import { DataError, nearestHint, UsageError } from '../core/errors.js'
import { type HistTree, isHist, parseUhiTree, unpickleHists } from '../formats/index.js'
import { type EfficiencyTable, efficiencyTable, type Hist } from '../hist/index.js'
import { FORMATS, type Format } from './efficiency-format.js'

export interface EfficiencyFlags {
  readonly format: string
  /** Names of histograms, or of groups of them: `pt`, `pt/barrel`. */
  readonly only?: readonly string[]
  /** Axes to keep. */
  readonly axes?: readonly string[]
  readonly flow: boolean
}

/** One table, of the histograms `name` of a file: `pt/barrel`, or '' where the file has but one pair of them. */
export interface NamedTable extends EfficiencyTable {
  readonly file: string
  readonly name: string
}

/** The text that the command prints. Throws DataError where a file cannot be read or has no such histograms, UsageError where
 *  the flags name what is not there. */
export async function efficiency(files: readonly string[], flags: EfficiencyFlags): Promise<string> {
  const format = Object.hasOwn(FORMATS, flags.format) ? FORMATS[flags.format as Format] : undefined
  if (format === undefined) throw usage('--format', `is "${flags.format}", wanted ${Object.keys(FORMATS).join(', ')}.`)
  const { axes, flow } = flags
  const tables: NamedTable[] = []
  for (const file of files) {
    for (const { name, passing, failing } of chosen(pairsOf(await readHistograms(file), file), flags.only, file)) {
      const table = atPlace(name === '' ? file : `${file} > ${name}`, () =>
        efficiencyTable(passing, failing, axes === undefined ? { flow } : { axes, flow }),
      )
      tables.push({ file: hideAccess(file), name, ...table })
    }
  }
  return format(tables)
}

/** The histograms of a .pkl or UHI JSON file, told apart by their first byte. */
export async function readHistograms(file: string): Promise<HistTree> {
  const bytes = await readPlace(file)
  return bytes[0] === PICKLE ? unpickleHists(bytes, file) : parseUhiTree(bytes.toString('utf8'), file)
}

/** What every pickle since protocol 2 begins with; no JSON text does. */
const PICKLE = 0x80

interface NamedPair {
  readonly name: string
  readonly passing: Hist
  readonly failing: Hist
}

function pairsOf(tree: HistTree, file: string): NamedPair[] {
  const pairs = pairsBelow(tree, [])
  if (pairs.length > 0) return pairs
  throw new DataError('ValueError', `${file}: has no "passing" and "failing" histograms next to each other.`)
}

function pairsBelow(tree: HistTree, path: readonly string[]): NamedPair[] {
  const { passing, failing } = tree
  const here =
    passing !== undefined && failing !== undefined && isHist(passing) && isHist(failing)
      ? [{ name: path.join('/'), passing, failing }]
      : []
  const deeper = Object.entries(tree).flatMap(([key, node]) => (isHist(node) ? [] : pairsBelow(node, [...path, key])))
  return [...here, ...deeper]
}

function chosen(pairs: readonly NamedPair[], only: readonly string[] | undefined, file: string): readonly NamedPair[] {
  if (only === undefined) return pairs
  const matches = (pair: NamedPair, name: string) => pair.name === name || pair.name.startsWith(`${name}/`)
  for (const name of only) {
    if (pairs.some(pair => matches(pair, name))) continue
    const names = pairs.map(pair => pair.name)
    const hint = nearestHint(name, names)
    throw usage('--only', `"${name}" is none of the histograms of ${file} (${names.join(', ')}).${hint}`)
  }
  return pairs.filter(pair => only.some(name => matches(pair, name)))
}

function atPlace<T>(place: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.problems.map(problem => ({ ...problem, place })))
  }
}

function usage(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
