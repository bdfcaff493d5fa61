/** Pairs -> histograms of passing and failing probes. A chunk gives its entries (cell and weight of each pair); they are added
 *  to the histograms in chunk order, so the sums do not depend on how the events were cut into chunks. */
import { positions } from '../columns/index.js'
import type { FoldStage, Pairs, Read, Values } from '../core/types.js'
import type { HistTree } from '../formats/index.js'
import { type Axis, addEntries, type Entries, fillEntries, type Hist, newHist } from '../hist/index.js'
import { decision, inverted } from './split-probes.js'
import type { Variable } from './variables.js'

/** One passing and one failing histogram of the result. */
export interface HistogramPair {
  /** Keys above `passing` and `failing` in the result, for example ['pt', 'barrel']; none for the nd method. */
  readonly path: readonly string[]
  readonly axes: readonly Axis[]
  /** One variable an axis. */
  readonly variables: readonly Variable[]
  /** Pairs to fill: all of these must hold. */
  readonly selection: readonly Condition[]
}

/** value > above, or lo < |value| < hi, all strict (the reference loses a value of exactly 0 in this way, and so do we).
 *  Compared in the variable's own precision. */
export type Condition =
  | { readonly kind: 'above'; readonly variable: Variable; readonly above: number }
  | { readonly kind: 'region'; readonly variable: Variable; readonly lo: number; readonly hi: number }

export interface FillOptions {
  readonly filter: string
  readonly histograms: readonly HistogramPair[]
  /** null: every weight is 1. */
  readonly weight: Variable | null
}

interface PairEntries {
  readonly passing: Entries
  readonly failing: Entries
}

interface PairHists {
  readonly passing: Hist
  readonly failing: Hist
}

export function fillHists(options: FillOptions): FoldStage<Pairs, HistTree, PairEntries[], PairHists[]> {
  const { filter, histograms, weight } = options
  return {
    kind: 'fold',
    name: 'fillHists',
    reads: readsOf(options),
    note: `${filter}: ${histograms.length} x passing, failing; ${weight === null ? 'unweighted' : `weight ${weight.name}`}`,
    partial: pairs => {
      const load = cachedLoads(pairs)
      const weights = weight === null ? null : load(weight)
      return histograms.map(h => entriesOf(h, pairs, filter, load, weights))
    },
    init: () => histograms.map(h => ({ passing: newHist(h.axes), failing: newHist(h.axes) })),
    merge: (hists, entries) => {
      for (let i = 0; i < hists.length; i++) {
        addEntries(hists[i]!.passing, entries[i]!.passing)
        addEntries(hists[i]!.failing, entries[i]!.failing)
      }
    },
    done: hists => treeOf(histograms, hists),
  }
}

function readsOf({ histograms, weight }: FillOptions): Read[] {
  const variables = histograms.flatMap(h => [...h.variables, ...h.selection.map(s => s.variable)])
  return [...new Set([...variables, ...(weight === null ? [] : [weight])].flatMap(v => v.reads))]
}

/** Several histograms use the same variables: each is gathered once a chunk. */
function cachedLoads(pairs: Pairs): (variable: Variable) => Values {
  const loaded = new Map<string, Values>()
  return variable => {
    let values = loaded.get(variable.name)
    if (values === undefined) loaded.set(variable.name, (values = variable.load(pairs)))
    return values
  }
}

function entriesOf(
  histogram: HistogramPair,
  pairs: Pairs,
  filter: string,
  load: (variable: Variable) => Values,
  weights: Values | null,
): PairEntries {
  const values = histogram.variables.map(load)
  const selected = selectPairs(histogram.selection, pairs.event.length, load)
  const pass = decision(pairs, filter)
  const rows = pairs.event.length
  const fill = (mask: Uint8Array) =>
    fillEntries(histogram.axes, values, { rows, weights, selection: positions(both(mask, selected)) })
  return { passing: fill(pass), failing: fill(inverted(pass)) }
}

function both(a: Uint8Array, b: Uint8Array | null): Uint8Array {
  return b === null ? a : a.map((x, i) => x & b[i]!)
}

function selectPairs(
  conditions: readonly Condition[],
  rows: number,
  load: (variable: Variable) => Values,
): Uint8Array | null {
  if (conditions.length === 0) return null
  const keep = new Uint8Array(rows).fill(1)
  for (const condition of conditions) applyCondition(condition, load(condition.variable), keep)
  return keep
}

function applyCondition(condition: Condition, values: Values, keep: Uint8Array): void {
  const bound = condition.variable.dtype === 'float32' ? Math.fround : (x: number) => x
  if (condition.kind === 'above') {
    const above = bound(condition.above)
    for (let k = 0; k < keep.length; k++) if (!(Number(values[k]!) > above)) keep[k] = 0
    return
  }
  const lo = bound(condition.lo)
  const hi = bound(condition.hi)
  for (let k = 0; k < keep.length; k++) {
    const x = Math.abs(Number(values[k]!))
    if (!(x > lo && x < hi)) keep[k] = 0
  }
}

function treeOf(histograms: readonly HistogramPair[], hists: readonly PairHists[]): HistTree {
  interface Growing {
    [key: string]: Hist | Growing
  }
  const tree: Growing = {}
  histograms.forEach((histogram, i) => {
    let at = tree
    for (const key of histogram.path) at = (at[key] ??= {}) as Growing
    at.passing = hists[i]!.passing
    at.failing = hists[i]!.failing
  })
  return tree
}
