/** Histograms as JSON lines, in UHI's form; and adding up those of several `fill`s. */
import { DataError } from '../core/errors.js'
import type { ByteInput } from '../formats/arrow/index.js'
import { type HistTree, isHist, readUhiTree, uhiTreeLine } from '../formats/index.js'
import { mergeInto, sameAxes } from '../hist/index.js'
import { parseLine } from './read-reports.js'
import { checkShape, HIST_LINE } from './shapes.js'

/** Whose histograms they are. */
export interface HistIdentity {
  readonly dataset: string
  /** Of the dataset's outputs. */
  readonly folder: string
  readonly method: string
  readonly filter: string
}

export interface HistLine {
  readonly identity: HistIdentity
  readonly tree: HistTree
}

/** With its end: {"dataset", "folder", "method", "filter", "histograms": {name: UHI, sparse}}. */
export function histLine({ dataset, folder, method, filter }: HistIdentity, tree: HistTree): string {
  const head = JSON.stringify({ dataset, folder, method, filter })
  return `${head.slice(0, -1)},"histograms":${uhiTreeLine(tree)}}\n`
}

type Line = (HistIdentity & { readonly histograms: object }) | { readonly end: { readonly histograms: number } }

/** The histograms of one or more `fill`s as they come. Throws DataError where one has not finished, after what it gave. */
export async function* histLines(input: ByteInput): AsyncGenerator<HistLine> {
  let open = 0
  let ended = false
  for await (const text of input.lines()) {
    if (text.trim() === '') continue
    const line = parseLine<Line>(text, input.name)
    checkShape(HIST_LINE, line, input.name, 'the lines of `fill` or `merge`')
    if ('end' in line) {
      if (line.end.histograms !== open) throw input.cutOff()
      open = 0
      ended = true
      continue
    }
    open++
    const { histograms, ...identity } = line
    const place = `${input.name}: ${identity.dataset}, ${identity.method}, ${identity.filter}`
    yield { identity, tree: readUhiTree(histograms as Record<string, unknown>, place) }
  }
  if (!ended || open > 0) throw input.cutOff()
}

/** Those of the same identity added up, in the order in which each came first. */
export async function mergedHistLines(input: ByteInput): Promise<HistLine[]> {
  const found = new Map<string, HistLine>()
  for await (const line of histLines(input)) {
    const { dataset, method, filter } = line.identity
    const key = JSON.stringify([dataset, method, filter])
    const before = found.get(key)
    if (before === undefined) found.set(key, line)
    else addTree(before.tree, line.tree, `${input.name}: ${dataset}, ${method}, ${filter}`)
  }
  return [...found.values()]
}

function addTree(into: HistTree, from: HistTree, place: string): void {
  const keys = Object.keys(into)
  if (keys.join('\n') !== Object.keys(from).join('\n')) throw different(place)
  for (const key of keys) {
    const [a, b] = [into[key]!, from[key]!]
    if (isHist(a) !== isHist(b)) throw different(place)
    if (!isHist(a) || !isHist(b)) addTree(a as HistTree, b as HistTree, place)
    else if (!sameAxes(a.axes, b.axes)) throw different(place)
    else mergeInto(a, b)
  }
}

function different(place: string): DataError {
  return new DataError(
    'ValueError',
    `${place}: histograms with different axes cannot be added up. Fill them with the same options.`,
  )
}
