/** Bin edges of histogram axes: the built-in ones, those of the binning file over them, and a store for programs. */

import { nearestHint } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { ordered } from '../core/ordered.js'
import { own } from '../core/own.js'
import type { Cursor } from './cursor.js'
import { show } from './cursor.js'

const PT = [5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 30, 35, 40, 45, 50, 60, 80, 100, 150, 200, 250, 300, 350, 400]
const ETA = [
  -2.5, -2.4, -2.3, -2.2, -2.1, -2, -1.9, -1.8, -1.7, -1.566, -1.4442, -1.3, -1.2, -1.1, -1, -0.9, -0.8, -0.7, -0.6,
  -0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4442, 1.566, 1.7,
  1.8, 1.9, 2, 2.1, 2.2, 2.3, 2.4, 2.5,
]
const PHI = [
  -3.32, -2.97, -2.62, -2.27, -1.92, -1.57, -1.22, -0.87, -0.52, -0.18, 0.18, 0.52, 0.87, 1.22, 1.57, 1.92, 2.27, 2.62,
  2.97, 3.32,
]

/** Built-in edges, by key `<variable>_bins`. */
export const DEFAULT_BINNING: Readonly<Record<string, readonly number[]>> = {
  pt_bins: PT,
  eta_bins: ETA,
  phi_bins: PHI,
  el_pt_bins: PT,
  el_eta_bins: ETA,
  el_phi_bins: PHI,
  ph_et_bins: PT,
  ph_pt_bins: PT,
  ph_eta_bins: ETA,
  ph_phi_bins: PHI,
}

/** Edges by key, for programs: starts as the built-in binning. */
export class BinningStore {
  private readonly edges = new Map<string, readonly number[]>(Object.entries(DEFAULT_BINNING))

  /** The edges, or null where the key is unknown. */
  get(key: string): readonly number[] | null {
    return this.edges.get(key) ?? null
  }

  /** Throws RangeError where the edges are not two or more strictly increasing numbers. */
  set(key: string, edges: readonly number[]): void {
    const fault = edgesFault(edges)
    if (fault !== null) throw new RangeError(`${key}: ${fault}`)
    this.edges.set(key, [...edges])
  }

  /** Back to the built-in edges. Throws RangeError where there are none. */
  reset(key: string): void {
    const edges = own(DEFAULT_BINNING, key)
    if (edges === undefined) throw new RangeError(`${key}: there are no built-in edges to go back to.`)
    this.edges.set(key, edges)
  }

  resetAll(): void {
    this.edges.clear()
    for (const [key, edges] of Object.entries(DEFAULT_BINNING)) this.edges.set(key, edges)
  }

  /** A binning document with everything that the store holds. */
  toDocument(): Record<string, readonly number[]> {
    return ordered(this.edges)
  }
}

/** What is wrong with edges, or null. */
export function edgesFault(edges: readonly number[]): string | null {
  if (edges.length < 2) return `must have 2 or more edges, got ${edges.length}.`
  for (let i = 0; i < edges.length; i++) {
    if (!Number.isFinite(edges[i])) return `edge ${i} must be a finite number, got ${String(edges[i])}.`
    if (i > 0 && edges[i]! <= edges[i - 1]!) {
      return `edges must increase: edge ${i} is ${show(edges[i])} after ${show(edges[i - 1])}.`
    }
  }
  return null
}

/** Checks the binning document beyond its schema. */
export function checkBinning(binning: Cursor): void {
  for (const [key, edges] of binning.entries()) {
    if (key === '$schema' || edges.isWrong) continue
    if (!key.endsWith('_bins')) {
      const full = `${key.replace(/_?bins?$/, '')}_bins`
      const meant = Object.keys(DEFAULT_BINNING).find(name => name === full || isOneEdit(name, full))
      edges.warn(`ignored: keys end in "_bins".${meant === undefined ? '' : ` Nearest: "${meant}".`}`)
      continue
    }
    const fault = edgesFault(edges.or<number[]>([]))
    if (fault !== null) edges.problem(fault)
  }
}

/** Collects the edges of the variables that histograms use; notes those that have none, and edges that look misspelt. */
export class EdgesInUse {
  readonly edges: Record<string, readonly number[]> = {}
  private readonly document: Cursor
  private readonly table: Readonly<Record<string, unknown>>

  constructor(document: Cursor) {
    this.document = document
    this.table = isObject(document.value) ? { ...DEFAULT_BINNING, ...document.value } : DEFAULT_BINNING
  }

  /** Uses a variable as an axis; `place` is where the runner names it. */
  use(variable: string, place: Cursor): void {
    const key = `${variable}_bins`
    const own = this.document.get(key)
    if (!own.isAbsent) this.edges[variable] = own.or<number[]>([0, 1])
    else if (Object.hasOwn(this.table, key)) this.edges[variable] = this.table[key] as readonly number[]
    else {
      const known = Object.keys(this.table).filter(name => name.endsWith('_bins'))
      place.problem(
        `no bin edges for "${variable}": "${key}" is neither in the binning file nor built in.${nearestHint(key, known)} ` +
          `Add "${key}" to the binning file.`,
      )
    }
  }

  /** Warns of edges that nothing uses and whose key is one letter away from a key that counts: a typing error. */
  warnOfUnused(): void {
    const used = Object.keys(this.edges).map(variable => `${variable}_bins`)
    const known = [...new Set([...used, ...Object.keys(DEFAULT_BINNING)])]
    for (const [key, edges] of this.document.entries()) {
      if (known.includes(key)) continue
      const meant = known.find(name => isOneEdit(key, name))
      if (meant !== undefined) edges.warn(`no histogram uses these edges. Nearest: "${meant}".`)
    }
  }
}

/** One letter inserted, left out or changed. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  const skipA = a.length >= b.length ? 1 : 0
  const skipB = b.length >= a.length ? 1 : 0
  return a.slice(start + skipA) === b.slice(start + skipB)
}
