/** Histograms as JSON lines, in UHI's form; and adding up those of several `fill`s. */
import { DataError } from '../core/errors.js'
import type { ByteInput } from '../formats/arrow/index.js'
import { type HistTree, isHist, parseUhiTree, uhiTree } from '../formats/index.js'
import { mergeInto, sameAxes } from '../hist/index.js'
import { parseLine } from './read-reports.js'

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

/** With its end: {"dataset", "folder", "method", "filter", "histograms": {name: UHI}}. */
export function histLine({ dataset, folder, method, filter }: HistIdentity, tree: HistTree): string {
  const head = JSON.stringify({ dataset, folder, method, filter })
  return `${head.slice(0, -1)},"histograms":${uhiTree(tree).replaceAll('\n', '')}}\n`
}

type Line = (HistIdentity & { readonly histograms: object }) | { readonly end: { readonly histograms: number } }

/** The histograms of one or more `fill`s, those of the same identity added up, in the order in which each came first. Throws
 *  DataError where one has not finished. */
export async function readHistLines(input: ByteInput): Promise<HistLine[]> {
  const found = new Map<string, HistLine>()
  let open = 0
  let ended = false
  for await (const text of input.lines()) {
    if (text.trim() === '') continue
    const line = parseLine<Line>(text, input.name)
    if ('end' in line) {
      if (line.end.histograms !== open) throw input.cutOff()
      open = 0
      ended = true
      continue
    }
    open++
    const { histograms, ...identity } = line
    const key = JSON.stringify([identity.dataset, identity.method, identity.filter])
    const tree = parseUhiTree(JSON.stringify(histograms), `${input.name}: ${identity.method}, ${identity.filter}`)
    const before = found.get(key)
    if (before === undefined) found.set(key, { identity, tree })
    else addTree(before.tree, tree, `${input.name}: ${identity.dataset}, ${identity.method}, ${identity.filter}`)
  }
  if (!ended || open > 0) throw input.cutOff()
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
  return new DataError('ValueError', `${place}: histograms with different axes cannot be added up. Fill them with the same options.`)
}
