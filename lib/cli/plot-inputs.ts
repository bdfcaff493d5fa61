/** The histograms that `tnp-pipe plot` draws, file by file, and everything about them that does not fit. */
import { basename } from 'node:path'
import { hideAccess, isRemote } from '../bytes/address.js'
import { DataError, nearestHint, type Problem, UsageError } from '../core/errors.js'
import { type NamedPair, pairsOf, readHistograms } from '../formats/index.js'
import { type Axis, axisEdges, efficiencyTable } from '../hist/index.js'
import { chosen } from './efficiency.js'

export interface PlotInput {
  readonly file: string
  /** In legends. */
  readonly name: string
  readonly pairs: readonly NamedPair[]
}

export interface Inputs {
  readonly inputs: readonly PlotInput[]
  /** The filter that all files are of, where that is one. */
  readonly filter: string | undefined
}

/** Reads all files. Pushes what is wrong with them to `problems`; files that cannot be read throw DataError, all at once. */
export async function readInputs(
  files: readonly string[],
  flags: { readonly names?: readonly string[]; readonly only?: readonly string[]; readonly skipEmpty: boolean },
  problems: Problem[],
): Promise<Inputs> {
  const unreadable: DataError[] = []
  const named = namesOf(files, flags.names, problems)
  const inputs: PlotInput[] = []
  for (const [k, file] of files.entries()) {
    try {
      const pairs = chosen(pairsOf(await readHistograms(file), file), flags.only, file)
      inputs.push({ file: hideAccess(file), name: named.names[k]!, pairs })
    } catch (error) {
      if (error instanceof UsageError) problems.push(...error.problems)
      else if (error instanceof DataError) unreadable.push(error)
      else throw error
    }
  }
  if (unreadable.length > 0) {
    throw new DataError(unreadable[0]!.exception, unreadable.map(error => error.message).join('\n'))
  }
  const filled = withoutEmpty(inputs, flags.skipEmpty, problems)
  if (inputs.length === files.length) problems.push(...differences(filled))
  return { inputs: filled, filter: named.filter }
}

/** Datasets of our output tree; filters where the dataset is the same; else as much of the path as tells them apart. */
function namesOf(files: readonly string[], given: readonly string[] | undefined, problems: Problem[]) {
  const parts = files.map(file => {
    const path = hideAccess(isRemote(file) ? file.replace(/\?.*$/s, '') : file)
    const folders = path.split(/[\\/]/)
    const stem = basename(path).replace(/\.(pkl|json)$/, '')
    const inTree = /^get_\w+_\d+$/.test(folders.at(-2) ?? '') && folders.length > 2
    return { stem, filter: stem.replace(/_histos$/, ''), dataset: inTree ? folders.at(-3)! : undefined, path }
  })
  const filters = new Set(parts.map(({ filter }) => filter))
  const filter = filters.size === 1 && parts[0]!.stem.endsWith('_histos') ? parts[0]!.filter : undefined
  if (given !== undefined) {
    if (given.length !== files.length) {
      const message = `has ${given.length} names for ${files.length} files. Give one for each, separated by commas.`
      problems.push({ place: '--names', message })
      return { names: files, filter }
    }
    const twice = given.find((name, k) => given.indexOf(name) !== k)
    if (twice !== undefined) problems.push({ place: '--names', message: `has "${twice}" twice.` })
    return { names: given, filter }
  }
  const candidates = [
    parts.map(({ dataset, filter }) => dataset ?? filter),
    parts.map(({ filter }) => filter),
    parts.map(({ dataset, filter }) => (dataset === undefined ? filter : `${dataset}, ${filter}`)),
    parts.map(({ path }) => path),
  ]
  const names = candidates.find(some => new Set(some).size === some.length)
  if (names === undefined) {
    problems.push({ place: '--names', message: 'is needed: a file is given twice. Name each of them.' })
    return { names: files, filter }
  }
  return { names, filter }
}

function placeOf(file: string, name: string): string {
  return name === '' ? file : `${file} > ${name}`
}

/** Without probes in the bins there is no efficiency. A histogram that is empty in one file is left out of all. */
function withoutEmpty(inputs: readonly PlotInput[], skip: boolean, problems: Problem[]): PlotInput[] {
  const empty = inputs.flatMap(({ file, pairs }) =>
    pairs.filter(isEmpty).map(({ name }) => ({ name, place: placeOf(file, name) })),
  )
  if (!skip) {
    const message = 'has no probes in its bins. Leave it out with --only, or all such histograms with --skip-empty.'
    problems.push(...empty.map(({ place }) => ({ place, message })))
  }
  const names = new Set(empty.map(({ name }) => name))
  const left = inputs.map(input => ({ ...input, pairs: input.pairs.filter(({ name }) => !names.has(name)) }))
  if (skip && empty.length > 0 && left.every(({ pairs }) => pairs.length === 0)) {
    problems.push({
      place: '--skip-empty',
      message: 'leaves nothing to draw: each histogram is empty in one of the files.',
    })
  }
  return left
}

function isEmpty({ passing, failing }: NamedPair): boolean {
  try {
    const { rows } = efficiencyTable(passing, failing, { axes: [] })
    return rows.every(row => row.passing === 0 && row.total === 0)
  } catch {
    // Different axes: told where they are drawn.
    return false
  }
}

/** What each file has otherwise than the first one. */
function differences([first, ...others]: readonly PlotInput[]): Problem[] {
  if (first === undefined) return []
  return others.flatMap(other => {
    const names = (input: PlotInput) => input.pairs.map(({ name }) => name)
    const lacks = (has: PlotInput, lacking: PlotInput): Problem[] =>
      names(has)
        .filter(name => !names(lacking).includes(name))
        .map(name => ({
          place: lacking.file,
          message: `has no histograms ${name === '' ? '"passing" and "failing" on top' : `"${name}"`}, which ${has.file} has.${nearestHint(name, names(lacking))}`,
        }))
    const unlike = first.pairs.flatMap(pair => {
      const same = other.pairs.find(({ name }) => name === pair.name)
      const how = same === undefined ? undefined : unlikeness(pair.passing.axes, same.passing.axes)
      if (how === undefined) return []
      const message = `is binned otherwise than in ${first.file}: ${how}. Use the same binning for both runs.`
      return [{ place: placeOf(other.file, pair.name), message }]
    })
    return [...lacks(first, other), ...lacks(other, first), ...unlike]
  })
}

/** The first difference between two lists of axes (labels do not matter); undefined: none. */
function unlikeness(wanted: readonly Axis[], got: readonly Axis[]): string | undefined {
  const names = (axes: readonly Axis[]) => axes.map(axis => axis.name).join(', ')
  if (names(wanted) !== names(got)) return `its axes are ${names(got)}, not ${names(wanted)}`
  for (const [k, axis] of wanted.entries()) {
    const [a, b] = [axisEdges(axis), axisEdges(got[k]!)]
    if (a.length !== b.length) return `"${axis.name}" has ${b.length - 1} bins, not ${a.length - 1}`
    const at = a.findIndex((edge, i) => edge !== b[i])
    if (at >= 0) return `edge ${at} of "${axis.name}" is ${b[at]}, not ${a[at]}`
  }
  return undefined
}
