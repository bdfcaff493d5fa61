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
}

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

/** Adds `from` to `into`, cell by cell. Throws BugError where their axes differ. */
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
