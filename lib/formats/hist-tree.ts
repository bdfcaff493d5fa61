/** The result of a histogramming method: named histograms, grouped by name as the reference groups them
 *  ({passing, failing}, or variable, region, {passing, failing}). Written as a pickle and as UHI JSON, in the order of the
 *  object's keys, which is the one in which they were given (see core/ordered.ts). */

import { parseBareNumbers } from '../core/bare-numbers.js'
import { DataError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'
import { ordered } from '../core/ordered.js'
import { type Hist, parseUhi, TextBytes, uhiSparseText, writeUhi } from '../hist/index.js'

export interface HistTree {
  readonly [key: string]: Hist | HistTree
}

export function isHist(node: Hist | HistTree): node is Hist {
  return node.value instanceof Float64Array
}

/** JSON text of a whole tree: an object of named histograms (uhi's "histograms.schema.json"), one a line, in the tree's order.
 *  A name is the keys on the way joined by "/", with "/" and "~" in a key written "~1" and "~0" (as in JSON pointers). */
export function uhiTree(tree: HistTree): string {
  return uhiTreeBytes(tree).toString('utf8')
}

/** "0," in values and in variances, and brackets. */
const BYTES_PER_EMPTY_CELL = 5

/** The same text as UTF-8. */
export function uhiTreeBytes(tree: HistTree): Buffer {
  const named = leaves(tree, '')
  const cells = named.reduce((sum, [, hist]) => sum + hist.value.length, 0)
  const out = new TextBytes(BYTES_PER_EMPTY_CELL * cells)
  named.forEach(([name, hist], i) => {
    out.text(`${i === 0 ? '{' : ','}\n${JSON.stringify(name)}:`)
    writeUhi(out, hist)
  })
  out.text(out.length === 0 ? '{\n\n}\n' : '\n}\n')
  return out.bytes()
}

/** The same on one line, without its end, and in UHI's sparse form: for pipes. */
export function uhiTreeLine(tree: HistTree): string {
  return `{${leaves(tree, '').map(([name, hist]) => `${JSON.stringify(name)}:${uhiSparseText(hist)}`)}}`
}

function leaves(tree: HistTree, prefix: string): [string, Hist][] {
  return Object.entries(tree).flatMap(([key, node]): [string, Hist][] => {
    const name = prefix + key.replaceAll('~', '~0').replaceAll('/', '~1')
    return isHist(node) ? [[name, node]] : leaves(node, `${name}/`)
  })
}

/** The tree of histograms whose names are given key by key, in their order. */
export function treeOfHists(named: Iterable<readonly [keys: readonly string[], hist: Hist]>): HistTree {
  const root: Growing = new Map()
  for (const [keys, hist] of named) {
    branchAt(root, keys.slice(0, -1))!.set(keys.at(-1)!, hist)
  }
  return grown(root)
}

type Growing = Map<string, Hist | Growing>

/** null: a histogram is in the way. */
function branchAt(root: Growing, keys: readonly string[]): Growing | null {
  let at = root
  for (const key of keys) {
    let next = at.get(key)
    if (next === undefined) at.set(key, (next = new Map()))
    if (!(next instanceof Map)) return null
    at = next
  }
  return at
}

function grown(tree: Growing): HistTree {
  return ordered([...tree].map(([key, node]) => [key, node instanceof Map ? grown(node) : node]))
}

/** The inverse of uhiTree. `place` names the text (a file) in errors. Throws DataError. */
export function parseUhiTree(text: string, place: string): HistTree {
  return readUhiTree(parseObject(text, place), place)
}

/** The same of what JSON.parse gave: an object of named histograms. Every histogram that does not fit is told, one a line. */
export function readUhiTree(histograms: Readonly<Record<string, unknown>>, place: string): HistTree {
  const tree: Growing = new Map()
  const unfit: string[] = []
  for (const [name, hist] of Object.entries(histograms)) {
    const keys = name.split('/').map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (keys.includes('__proto__')) throw new DataError('ValueError', `${place}: "${name}" is no name for a histogram.`)
    const last = keys.pop()!
    const at = branchAt(tree, keys)
    if (at === null)
      throw new DataError('ValueError', `${place}: "${name}" lies below a histogram. Rename one of them.`)
    try {
      at.set(last, parseUhi(hist, `${place}: ${name}`))
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      unfit.push(error.message)
    }
  }
  if (unfit.length > 0) throw new DataError('ValueError', unfit.join('\n'))
  return grown(tree)
}

function parseObject(text: string, place: string): Record<string, unknown> {
  let json: unknown
  try {
    json = parseBareNumbers(text, parseOrdered)
  } catch (cause) {
    throw new DataError('ValueError', `${place}: is not JSON (${(cause as Error).message}). Write it again.`, { cause })
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new DataError('ValueError', `${place}: wanted a JSON object of named histograms.`)
  }
  return json as Record<string, unknown>
}
