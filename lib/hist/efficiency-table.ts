/** Efficiencies bin by bin from histograms of passing and failing probes, as rows. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { type Axis, axisEdges, axisExtent, binCount, sameAxis } from './axis.js'
import { type EfficiencyProblem, estimateEfficiency, type IntervalOptions, type WeightSum } from './efficiency.js'
import type { Hist } from './hist.js'

export interface EfficiencyBin {
  readonly lower: number
  readonly upper: number
}

/** One cell. efficiency, errorLow and errorHigh are NaN where nothing is in it. */
export interface EfficiencyRow {
  /** Its range along each of the table's axes. */
  readonly bins: readonly EfficiencyBin[]
  /** Sums of weights. total: passing plus failing. */
  readonly passing: number
  readonly total: number
  readonly efficiency: number
  /** Distances of the ends of the interval from the efficiency, not negative. NaN as well where there is a problem. */
  readonly errorLow: number
  readonly errorHigh: number
  /** The number of probes without weights that would say as much, (sum w)^2 / sum w^2 of all probes; NaN where the sums leave
   *  none. */
  readonly entries: number
  /** Why there are probes but no interval; null: all is well, or there are none. */
  readonly problem: EfficiencyProblem | null
}

export interface EfficiencyTable {
  readonly axes: readonly Axis[]
  /** The last axis changes fastest. Underflow and overflow have no rows. */
  readonly rows: readonly EfficiencyRow[]
}

export interface TableOptions extends IntervalOptions {
  /** Names of the axes to keep, in their order; default: all but `mll`, the probes' mass. The others are summed over. */
  readonly axes?: readonly string[]
  /** Count what lies below and above the axes that are summed over, too. Default: their bins alone, so that a table of fewer
   *  axes is the sum of one of more. */
  readonly flow?: boolean
}

/** The axis that histograms have on top where cut_and_count is false. */
export const MASS_AXIS = 'mll'

/** Histograms without any sum of squared weights hold counts. Throws UsageError where the two have different axes, or an axis is
 *  asked for that they do not have. */
export function efficiencyTable(passing: Hist, failing: Hist, options: TableOptions = {}): EfficiencyTable {
  const problems = [...axisProblems(passing.axes, failing.axes), ...nameProblems(passing.axes, options.axes ?? [])]
  if (problems.length > 0) throw new UsageError(problems)
  const kept = keptAxes(passing.axes, options.axes)
  const summed = passing.axes.map((_, a) => a).filter(a => !kept.includes(a))
  const offsets = summedOffsets(passing.axes, summed, options.flow ?? false)
  const axes = kept.map(a => passing.axes[a]!)
  const strides = stridesOf(passing.axes)
  const edges = axes.map(axisEdges)
  const sums = [passing, failing].map(summing)
  const rows = indices(axes.map(binCount)).map(bins => {
    const at = bins.reduce((cell, bin, k) => cell + (bin + 1) * strides[kept[k]!]!, 0)
    return {
      bins: bins.map((bin, k) => ({ lower: edges[k]![bin]!, upper: edges[k]![bin + 1]! })),
      ...measured(sums[0]!(at, offsets), sums[1]!(at, offsets), options),
    }
  })
  return { axes, rows }
}

/** Whether any of the rows has weights: other than 1, and not taken as counts. */
export function isWeighted({ rows }: EfficiencyTable): boolean {
  return rows.some(({ entries, total }) => !Number.isNaN(entries) && entries !== total)
}

function measured(passing: WeightSum, failing: WeightSum, options: IntervalOptions): Omit<EfficiencyRow, 'bins'> {
  const { low, high, ...estimate } = estimateEfficiency(passing, failing, options)
  return { ...estimate, errorLow: estimate.efficiency - low, errorHigh: high - estimate.efficiency }
}

/** Each axis that is not the same in both: what it is here, and there. */
function axisProblems(passing: readonly Axis[], failing: readonly Axis[]): Problem[] {
  const place = 'efficiency'
  const many = Math.max(passing.length, failing.length)
  return Array.from({ length: many }, (_, a) => [passing[a], failing[a]] as const).flatMap(([p, f], a) =>
    p !== undefined && f !== undefined && sameAxis(p, f)
      ? []
      : [
          {
            place,
            message: `passing and failing probes are binned differently: axis ${a} is ${axisText(p)} of passing, ${axisText(f)} of failing ones. Both must be of one run.`,
          },
        ],
  )
}

function axisText(axis: Axis | undefined): string {
  if (axis === undefined) return 'none'
  const edges = [...axisEdges(axis)].map(x => Number(x.toPrecision(6)))
  const shown =
    edges.length <= MOST_EDGES ? edges.join(', ') : `${edges.length - 1} bins ${edges[0]} to ${edges.at(-1)}`
  return `"${axis.name}"${axis.label === '' ? '' : ` "${axis.label}"`} (${shown})`
}

const MOST_EDGES = 12

function nameProblems(axes: readonly Axis[], names: readonly string[]): Problem[] {
  const place = 'efficiency'
  const known = axes.map(axis => axis.name)
  const missing = [...new Set(names.filter(name => !known.includes(name)))]
  const problems = missing.map(name => ({
    place,
    message: `no axis "${name}"; the axes are ${known.join(', ')}.${nearestHint(name, known)}`,
  }))
  if (new Set(names).size === names.length) return problems
  return [...problems, { place, message: `an axis is named twice (${names.join(', ')}). Name each once.` }]
}

/** Positions of the axes to keep. */
function keptAxes(axes: readonly Axis[], names: readonly string[] | undefined): number[] {
  const known = axes.map(axis => axis.name)
  if (names === undefined) return known.flatMap((name, a) => (name === MASS_AXIS ? [] : [a]))
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

/** Sums over cells of a histogram. */
function summing({ value, variance }: Hist): (at: number, offsets: readonly number[]) => WeightSum {
  const squares = variance.some(x => x !== 0) ? variance : value
  return (at, offsets) => ({ value: sumAt(value, at, offsets), variance: sumAt(squares, at, offsets) })
}

function sumAt(cells: Float64Array, at: number, offsets: readonly number[]): number {
  let sum = 0
  for (const offset of offsets) sum += cells[at + offset]!
  return sum
}
