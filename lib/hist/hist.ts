/** The histogram itself: axes and, per cell including underflow and overflow, the sum of weights and of squared weights
 *  (hist's Weight storage). Filled by fill.ts, written by uhi.ts and lib/formats. */
import { BugError, UsageError } from '../core/errors.js'
import { type Axis, axisExtent, binCount, sameAxes } from './axis.js'

/** Cell (i0, i1, ...), each i counted from the axis's underflow, is at i0 + extent0 * (i1 + extent1 * (i2 + ...)): the first
 *  axis is the fastest, as in boost-histogram's storage. */
export interface Hist {
  readonly axes: readonly Axis[]
  /** Sum of weights. */
  readonly value: Float64Array
  /** Sum of squared weights. */
  readonly variance: Float64Array
  /** One a page of cells, 0 where no cell of the page has been filled (see `newFilling`); absent: not known. */
  readonly touched?: Uint8Array
}

/** One that is filled by `addEntries` and `addPacked` alone. */
export interface Filling extends Hist {
  readonly touched: Uint8Array
}

/** 2 ** PAGE_SHIFT cells a page: as many as fill one of the system's pages of memory. */
export const PAGE_SHIFT = 9
const PAGE_CELLS = 1 << PAGE_SHIFT

/** 2 GiB of cells: above it the binning is surely a mistake. */
const MAX_CELLS = 2 ** 27

/** Product of the axes' extents. Throws UsageError where it exceeds what can be held. */
export function cellCount(axes: readonly Axis[]): number {
  const cells = axes.reduce((product, axis) => product * axisExtent(axis), 1)
  if (cells > MAX_CELLS) {
    const bins = axes.map(axis => `${axis.name} ${binCount(axis)}`).join(', ')
    const message = `${cells} cells, at most ${MAX_CELLS} can be held (bins: ${bins}). Use fewer bins or variables.`
    throw new UsageError([{ place: 'histogram', message }])
  }
  return cells
}

/** An empty histogram. */
export function newHist(axes: readonly Axis[]): Hist {
  const cells = cellCount(axes)
  return { axes, value: new Float64Array(cells), variance: new Float64Array(cells) }
}

/** An empty histogram that knows which of its memory has been used. */
export function newFilling(axes: readonly Axis[]): Filling {
  const hist = newHist(axes)
  return { ...hist, touched: new Uint8Array(Math.ceil(hist.value.length / PAGE_CELLS)) }
}

/** To be called before a page is filled for the first time: writes into its memory. Where memory is read first, as adding to a cell
 *  does, the system gives it twice: an empty page that all share, then one of its own, and stops all threads for that. A third of
 *  the time of filling a large histogram for the first time. */
export function touchPage({ value, variance, touched }: Filling, page: number): void {
  touched[page] = 1
  const first = page << PAGE_SHIFT
  const last = Math.min(first + PAGE_CELLS, value.length) - 1
  for (const cell of [first, last]) {
    value[cell] = 0
    variance[cell] = 0
  }
}

/** Adds `from` to `into`, cell by cell. Throws BugError where their axes differ. `into` is none of `newFilling`. */
export function mergeInto(into: Hist, from: Hist): void {
  if (!sameAxes(into.axes, from.axes)) throw new BugError('mergeInto: the histograms have different axes')
  const { value, variance } = into
  for (let i = 0; i < value.length; i++) {
    value[i]! += from.value[i]!
    variance[i]! += from.variance[i]!
  }
}

/** Same axes and bitwise the same cells. */
export function equalHists(a: Hist, b: Hist): boolean {
  return sameAxes(a.axes, b.axes) && sameCells(a.value, b.value) && sameCells(a.variance, b.variance)
}

function sameCells(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return a.length === b.length
}

/** Sums over all cells, with underflow and overflow unless `flow` is false. */
export function sumHist(hist: Hist, flow = true): { value: number; variance: number } {
  let value = 0
  let variance = 0
  for (let i = 0; i < hist.value.length; i++) {
    if (!flow && isFlowCell(hist.axes, i)) continue
    value += hist.value[i]!
    variance += hist.variance[i]!
  }
  return { value, variance }
}

function isFlowCell(axes: readonly Axis[], cell: number): boolean {
  let rest = cell
  for (const axis of axes) {
    const extent = axisExtent(axis)
    const position = rest % extent
    if (position === 0 || position === extent - 1) return true
    rest = (rest - position) / extent
  }
  return false
}
