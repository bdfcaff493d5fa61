/** Efficiencies bin by bin from histograms of passing and failing probes: numbers as the reference's get_ratio_histogram gives
 *  them, as rows. */
import { UsageError } from '../core/errors.js'
import { type Axis, axisEdges, axisExtent, binCount, sameAxes } from './axis.js'
import { clopperPearson } from './efficiency.js'
import type { Hist } from './hist.js'

export interface EfficiencyBin {
  readonly lower: number
  readonly upper: number
}

/** One cell. efficiency, errorLow and errorHigh are NaN where nothing is in it. */
export interface EfficiencyRow {
  /** Its range along each of the table's axes. */
  readonly bins: readonly EfficiencyBin[]
  /** Sums of weights, which are taken as counts. total: passing plus failing. */
  readonly passing: number
  readonly total: number
  readonly efficiency: number
  /** Distances of the ends of the Clopper-Pearson interval from the efficiency, not negative. NaN as well where negative
   *  weights leave no interval. */
  readonly errorLow: number
  readonly errorHigh: number
}

export interface EfficiencyTable {
  readonly axes: readonly Axis[]
  /** The last axis changes fastest. Underflow and overflow have no rows. */
  readonly rows: readonly EfficiencyRow[]
}

export interface TableOptions {
  /** Names of the axes to keep, in their order; default: all but `mll`, the probes' mass. The others are summed over. */
  readonly axes?: readonly string[]
  /** Count what lies below and above the axes that are summed over, too. Default: their bins alone, so that a table of fewer
   *  axes is the sum of one of more. */
  readonly flow?: boolean
}

/** The axis that histograms have on top where cut_and_count is false. */
export const MASS_AXIS = 'mll'

/** Throws UsageError where the two have different axes, or an axis is asked for that they do not have. */
export function efficiencyTable(passing: Hist, failing: Hist, options: TableOptions = {}): EfficiencyTable {
  if (!sameAxes(passing.axes, failing.axes)) {
    throw new UsageError([{ place: 'efficiency', message: 'passing and failing probes are binned differently.' }])
  }
  const kept = keptAxes(passing.axes, options.axes)
  const summed = passing.axes.map((_, a) => a).filter(a => !kept.includes(a))
  const offsets = summedOffsets(passing.axes, summed, options.flow ?? false)
  const axes = kept.map(a => passing.axes[a]!)
  const strides = stridesOf(passing.axes)
  const cells = indices(axes.map(binCount)).map(bins => {
    const at = bins.reduce((cell, bin, k) => cell + (bin + 1) * strides[kept[k]!]!, 0)
    return { bins, passing: sumAt(passing.value, at, offsets), failing: sumAt(failing.value, at, offsets) }
  })
  const edges = axes.map(axisEdges)
  const rows = cells.map(({ bins, passing, failing }) => ({
    bins: bins.map((bin, k) => ({ lower: edges[k]![bin]!, upper: edges[k]![bin + 1]! })),
    ...efficiencyOf(passing, passing + failing),
  }))
  return { axes, rows }
}

/** Negative weights may make passing negative or more than all: there is a ratio then, but no interval. */
function efficiencyOf(passing: number, total: number): Omit<EfficiencyRow, 'bins'> {
  const efficiency = total === 0 ? NaN : passing / total
  const { low, high } = passing > total ? { low: NaN, high: NaN } : clopperPearson(passing, total)
  return { passing, total, efficiency, errorLow: efficiency - low, errorHigh: high - efficiency }
}

/** Positions of the axes to keep. */
function keptAxes(axes: readonly Axis[], names: readonly string[] | undefined): number[] {
  const known = axes.map(axis => axis.name)
  if (names === undefined) return known.flatMap((name, a) => (name === MASS_AXIS ? [] : [a]))
  const missing = names.filter(name => !known.includes(name))
  if (missing.length > 0 || new Set(names).size < names.length) {
    const wrong = missing.length > 0 ? `no axis ${missing.map(n => `"${n}"`).join(', ')}` : 'an axis is named twice'
    throw new UsageError([{ place: 'efficiency', message: `${wrong}; the axes are ${known.join(', ')}.` }])
  }
  return names.map(name => known.indexOf(name))
}

/** Distance between neighbouring cells along each axis. */
function stridesOf(axes: readonly Axis[]): number[] {
  const strides: number[] = []
  let stride = 1
  for (const axis of axes) {
    strides.push(stride)
    stride *= axisExtent(axis)
  }
  return strides
}

/** Every combination of positions below the counts, the last one fastest. */
function indices(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (heads, count) => heads.flatMap(head => Array.from({ length: count }, (_, i) => [...head, i])),
    [[]],
  )
}

/** Where the cells that are added up lie, from the first underflow cell of the axes that are summed over. */
function summedOffsets(axes: readonly Axis[], summed: readonly number[], flow: boolean): number[] {
  const strides = stridesOf(axes)
  const first = flow ? 0 : 1
  const counts = summed.map(a => (flow ? axisExtent(axes[a]!) : binCount(axes[a]!)))
  return indices(counts).map(at => at.reduce((offset, i, k) => offset + (i + first) * strides[summed[k]!]!, 0))
}

function sumAt(cells: Float64Array, at: number, offsets: readonly number[]): number {
  let sum = 0
  for (const offset of offsets) sum += cells[at + offset]!
  return sum
}
