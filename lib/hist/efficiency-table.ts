/** Efficiencies bin by bin from histograms of passing and failing probes, as rows. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { type Axis, axisEdges, axisExtent, binCount, sameAxis } from './axis.js'
import {
  type EfficiencyEstimate,
  type EfficiencyProblem,
  estimateEfficiency,
  type IntervalOptions,
  type WeightSum,
} from './efficiency.js'
import type { Hist } from './hist.js'
import {
  MASS_AXIS,
  type MassRange,
  rangeBins,
  rangeProblem,
  regionProblems,
  SIDEBAND_WINDOW,
  type Sidebands,
} from './mass-regions.js'
import { bandFactors, type RegionSums, subtractedEfficiency } from './sidebands.js'

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
  /** Of side-band subtraction alone: what was taken away; and what there is too little of for the uncertainty, or null. */
  readonly background?: { readonly passing: number; readonly failing: number }
  readonly warning?: string | null
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
  /** Count what is in this range of `mll` alone. Default: all of it. */
  readonly massWindow?: MassRange
  /** Take away the background that they tell, by default from SIDEBAND_WINDOW. */
  readonly sidebands?: Sidebands
}

/** Histograms without any sum of squared weights hold counts. Throws UsageError where the two have different axes, an axis is
 *  asked for that they do not have, or the regions of the mass do not fit. */
export function efficiencyTable(passing: Hist, failing: Hist, options: TableOptions = {}): EfficiencyTable {
  const problems = [
    ...axisProblems(passing.axes, failing.axes),
    ...nameProblems(passing.axes, options.axes ?? []),
    ...massProblems(passing.axes, options),
  ]
  if (problems.length > 0) throw new UsageError(problems)
  const kept = keptAxes(passing.axes, options.axes)
  const summed = passing.axes.map((_, a) => a).filter(a => !kept.includes(a))
  const { sidebands } = options
  const massWindow = windowOf(options)
  const offsets = (range?: MassRange) => summedOffsets(passing.axes, summed, options.flow ?? false, range)
  const inWindow = offsets(massWindow)
  const bands = sidebands && {
    low: offsets(sidebands.low),
    high: offsets(sidebands.high),
    factors: bandFactors(massWindow!, sidebands),
  }
  const axes = kept.map(a => passing.axes[a]!)
  const strides = stridesOf(passing.axes)
  const edges = axes.map(axisEdges)
  const sums = [passing, failing].map(summing) as [Summing, Summing]
  const estimate = (at: number) => {
    const [p, f] = sums.map(sum => sum(at, inWindow)) as [WeightSum, WeightSum]
    if (bands === undefined) return estimateEfficiency(p, f, options)
    const [inPassing, inFailing] = [p, f].map((window, k) => ({
      window,
      low: sums[k]!(at, bands.low),
      high: sums[k]!(at, bands.high),
    })) as [RegionSums, RegionSums]
    return subtractedEfficiency(inPassing, inFailing, bands.factors, options)
  }
  const rows = indices(axes.map(binCount)).map(bins => {
    const at = bins.reduce((cell, bin, k) => cell + (bin + 1) * strides[kept[k]!]!, 0)
    return {
      bins: bins.map((bin, k) => ({ lower: edges[k]![bin]!, upper: edges[k]![bin + 1]! })),
      ...measured(estimate(at)),
    }
  })
  return { axes, rows }
}

/** Whether any of the rows has weights: other than 1, and not taken as counts. */
export function isWeighted({ rows }: EfficiencyTable): boolean {
  return rows.some(({ entries, total }) => !Number.isNaN(entries) && entries !== total)
}

function measured({ low, high, ...estimate }: EfficiencyEstimate): Omit<EfficiencyRow, 'bins'> {
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

function windowOf({ massWindow, sidebands }: TableOptions): MassRange | undefined {
  return massWindow ?? (sidebands && SIDEBAND_WINDOW)
}

/** The window and the bands are on edges of the axis of the mass, which is summed over. */
function massProblems(axes: readonly Axis[], options: TableOptions): Problem[] {
  const { sidebands, axes: kept } = options
  const massWindow = windowOf(options)
  if (massWindow === undefined) return []
  const place = 'efficiency'
  const told = (messages: readonly string[]) => messages.map(message => ({ place, message }))
  const mass = axes.find(axis => axis.name === MASS_AXIS)
  if (mass === undefined) {
    const known = axes.map(axis => axis.name).join(', ')
    return told([
      `no axis "${MASS_AXIS}" for a mass window (the axes are ${known}). Fill histograms with "cut_and_count": false.`,
    ])
  }
  if (kept?.includes(MASS_AXIS)) return told([`a mass window sums over ${MASS_AXIS}: it cannot be one of the axes.`])
  const ranges = { 'mass window': massWindow, 'low side band': sidebands?.low, 'high side band': sidebands?.high }
  const wrong = regionProblems(massWindow, sidebands)
  if (wrong.length > 0) return told(wrong)
  return told(Object.entries(ranges).flatMap(([name, range]) => (range && rangeProblem(name, mass, range)) ?? []))
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

/** Where the cells that are added up lie, from the first underflow cell of the axes that are summed over. range: of the mass, whose
 *  underflow and overflow are then left out. */
function summedOffsets(axes: readonly Axis[], summed: readonly number[], flow: boolean, range?: MassRange): number[] {
  const strides = stridesOf(axes)
  const cells = summed.map((a): readonly [first: number, stop: number] => {
    const axis = axes[a]!
    if (range === undefined || axis.name !== MASS_AXIS) return flow ? [0, axisExtent(axis)] : [1, binCount(axis) + 1]
    const [first, stop] = rangeBins(axis, range)!
    return [first + 1, stop + 1]
  })
  return indices(cells.map(([first, stop]) => stop - first)).map(at =>
    at.reduce((offset, i, k) => offset + (i + cells[k]![0]) * strides[summed[k]!]!, 0),
  )
}

type Summing = (at: number, offsets: readonly number[]) => WeightSum

/** Sums over cells of a histogram. */
function summing({ value, variance }: Hist): Summing {
  const squares = variance.some(x => x !== 0) ? variance : value
  return (at, offsets) => ({ value: sumAt(value, at, offsets), variance: sumAt(squares, at, offsets) })
}

function sumAt(cells: Float64Array, at: number, offsets: readonly number[]): number {
  let sum = 0
  for (const offset of offsets) sum += cells[at + offset]!
  return sum
}
