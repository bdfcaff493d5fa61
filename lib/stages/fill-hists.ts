/** Pairs -> histograms of passing and failing probes. A chunk gives its entries (cell and weight of each pair); they are added
 *  to the histograms in chunk order, so the sums do not depend on how the events were cut into chunks. */
import type { FoldStage, Pairs, Read, Values } from '../core/types.js'
import { type HistTree, treeOfHists } from '../formats/index.js'
import {
  type Axis,
  addEntries,
  addPacked,
  type Entries,
  fillEntries,
  type Hist,
  isPacked,
  newFilling,
  type PackedEntries,
  packEntries,
} from '../hist/index.js'
import { decision } from './split-probes.js'
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
  readonly passing: Entries | PackedEntries
  readonly failing: Entries | PackedEntries
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
    init: () => histograms.map(h => ({ passing: newFilling(h.axes), failing: newFilling(h.axes) })),
    merge: (hists, entries) => {
      for (let i = 0; i < hists.length; i++) {
        add(hists[i]!.passing, entries[i]!.passing)
        add(hists[i]!.failing, entries[i]!.failing)
      }
    },
    done: hists => treeOf(histograms, hists),
    peek: hists => treeOf(histograms, hists),
    pack: partial => partial.map(({ passing, failing }) => ({ passing: packed(passing), failing: packed(failing) })),
  }
}

function add(hist: Hist, entries: Entries | PackedEntries): void {
  if (isPacked(entries)) addPacked(hist, entries)
  else addEntries(hist, entries)
}

function packed(entries: Entries | PackedEntries): PackedEntries {
  return isPacked(entries) ? entries : packEntries(entries)
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
  const { cells, selected } = cellsOf(histogram, pairs, load)
  const pass = decision(pairs, filter)
  const pick = (passing: number) => pickEntries(cells, weights, pass, passing, selected)
  return { passing: pick(1), failing: pick(0) }
}

interface PairCells {
  /** Cell of every pair, selected or not. */
  readonly cells: Int32Array
  readonly selected: Uint8Array | null
}

const knownCells = new WeakMap<Int32Array, Map<HistogramPair, PairCells>>()

/** Filters of one method fill the same histograms with the same pairs: which cell a pair is in is found out once. */
function cellsOf(histogram: HistogramPair, pairs: Pairs, load: (variable: Variable) => Values): PairCells {
  let known = knownCells.get(pairs.event)
  if (known === undefined) knownCells.set(pairs.event, (known = new Map()))
  let found = known.get(histogram)
  if (found === undefined) {
    const rows = pairs.event.length
    const { cells } = fillEntries(histogram.axes, histogram.variables.map(load), { rows })
    found = { cells, selected: selectPairs(histogram.selection, rows, load) }
    known.set(histogram, found)
  }
  return found
}

/** Entries of the pairs whose decision is `passing` and that are selected, in their order. */
function pickEntries(
  cells: Int32Array,
  weights: Values | null,
  pass: Uint8Array,
  passing: number,
  selected: Uint8Array | null,
): Entries {
  let n = 0
  for (let k = 0; k < pass.length; k++) if (pass[k] === passing && (selected === null || selected[k] === 1)) n++
  const picked = new Int32Array(n)
  const pickedWeights = weights === null ? null : new Float64Array(n)
  for (let k = 0, o = 0; k < pass.length; k++) {
    if (pass[k] !== passing || (selected !== null && selected[k] === 0)) continue
    picked[o] = cells[k]!
    if (pickedWeights !== null) pickedWeights[o] = Number(weights![k]!)
    o++
  }
  return { cells: picked, weights: pickedWeights }
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
  return treeOfHists(
    histograms.flatMap(({ path }, i) =>
      (['passing', 'failing'] as const).map(side => [[...path, side], hists[i]![side]] as const),
    ),
  )
}
