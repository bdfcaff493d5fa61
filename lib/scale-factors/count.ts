/** Efficiencies by cut and count: passing probes over all, within a window of the pair's mass. */
import { nearestHint, UsageError } from '../core/errors.js'
import {
  type Axis,
  axisEdges,
  axisExtent,
  estimateEfficiency,
  type Hist,
  type IntervalKind,
  MASS_AXIS,
  projectHist,
  sameAxes,
} from '../hist/index.js'
import { type EfficiencyGrid, type GridAxis, gridSize, isClose, type Range } from './grid.js'

export interface CountOptions {
  /** Names of the axes to keep, the pseudorapidity first. */
  readonly axes: readonly [string, string]
  /** GeV, on edges of the mass axis. What histograms without that axis were filled with counts whole. */
  readonly massWindow: Range
  /** Default: clopper-pearson. */
  readonly interval?: IntervalKind
}

/** passing, failing: with the two axes, the mass (`mll`) or not, and any others, which are summed over, underflow and overflow
 *  included. Intervals are those of effective entries; histograms without any sum of squared weights hold counts. Bins without
 *  probes, or whose sums leave no interval, have a failure. Throws UsageError with everything that is wrong with the axes. */
export function countEfficiencies(passing: Hist, failing: Hist, options: CountOptions): EfficiencyGrid {
  const wrong = axisProblems(passing, failing, options)
  if (wrong.length > 0) throw new UsageError(wrong.map(message => ({ place: 'histogram', message })))
  const interval = options.interval === undefined ? {} : { interval: options.interval }
  const p = windowed(passing, options)
  const f = windowed(failing, options)
  const axes = p.axes
  const n = gridSize(axes)
  const grid = {
    axes,
    efficiency: new Float64Array(n).fill(NaN),
    up: new Float64Array(n).fill(NaN),
    down: new Float64Array(n).fill(NaN),
    failure: new Array<string | null>(n).fill(null),
    origin: new Array<string>(n).fill('counted'),
  }
  for (let bin = 0; bin < n; bin++) {
    const sum = ({ value, variance }: Windowed) => ({ value: value[bin]!, variance: variance[bin]! })
    const { efficiency, low, high, passing, total, problem } = estimateEfficiency(sum(p), sum(f), interval)
    if (problem !== null) grid.failure[bin] = `${problem} (passing ${passing}, total ${total})`
    else if (total === 0) grid.failure[bin] = 'no probes'
    else {
      grid.efficiency[bin] = efficiency
      grid.up[bin] = Math.max(0, high - efficiency)
      grid.down[bin] = Math.max(0, efficiency - low)
    }
  }
  return grid
}

function axisProblems(passing: Hist, failing: Hist, { axes, massWindow }: CountOptions): string[] {
  if (!sameAxes(passing.axes, failing.axes)) return ['passing and failing probes are binned differently.']
  const known = passing.axes.map(axis => axis.name)
  const problems = axes
    .filter(name => !known.includes(name))
    .map(
      name => `no axis "${name}".${nearestHint(name, known)} It has ${known.join(', ')}; "axes" chooses two of them.`,
    )
  const mass = passing.axes.find(axis => axis.name === MASS_AXIS)
  if (mass !== undefined && windowBins(mass, massWindow) === null) {
    const edges = axisEdges(mass)
    const width = ` (${edges.length - 1} bins from ${edges[0]} to ${edges.at(-1)} GeV)`
    problems.push(
      `the mass window [${massWindow.join(', ')}] does not begin and end at edges of its ${MASS_AXIS}${width}.`,
    )
  }
  return problems
}

/** First bin, and the bin after the last one; null where an end of the window is no edge. */
function windowBins(axis: Axis, [lower, upper]: Range): Range | null {
  const edges = Array.from(axisEdges(axis))
  const first = edges.findIndex(edge => isClose(edge, lower))
  const stop = edges.findIndex(edge => isClose(edge, upper))
  return first < 0 || stop < 0 || stop <= first ? null : [first, stop]
}

interface Windowed {
  readonly axes: readonly [GridAxis, GridAxis]
  readonly value: Float64Array
  readonly variance: Float64Array
}

/** The two axes' bins with the window's sums, in a grid's order. */
function windowed(hist: Hist, { axes: names, massWindow }: CountOptions): Windowed {
  const squares = hist.variance.some(x => x !== 0) ? hist.variance : hist.value
  const hasMass = hist.axes.some(axis => axis.name === MASS_AXIS)
  const small = projectHist({ ...hist, variance: squares }, hasMass ? [...names, MASS_AXIS] : names)
  const strides = new Map<string, number>()
  let stride = 1
  for (const axis of small.axes) {
    strides.set(axis.name, stride)
    stride *= axisExtent(axis)
  }
  const [x, y] = names.map(name => small.axes.find(axis => axis.name === name)!) as [Axis, Axis]
  const axes = [gridAxis(x), gridAxis(y)] as const
  const mass = small.axes.find(axis => axis.name === MASS_AXIS)
  // Without a mass axis there is one cell a bin: a step of no cells, once.
  const [first, stop] = mass === undefined ? [0, 1] : windowBins(mass, massWindow)!
  const step = strides.get(MASS_AXIS) ?? 0
  const value = new Float64Array(gridSize(axes))
  const variance = new Float64Array(gridSize(axes))
  const m = axes[1].edges.length - 1
  for (let bin = 0; bin < value.length; bin++) {
    const at = (Math.floor(bin / m) + 1) * strides.get(x.name)! + ((bin % m) + 1) * strides.get(y.name)!
    for (let k = first; k < stop; k++) {
      value[bin]! += small.value[at + (k + 1) * step]!
      variance[bin]! += small.variance[at + (k + 1) * step]!
    }
  }
  return { axes, value, variance }
}

function gridAxis(axis: Axis): GridAxis {
  return { name: axis.name, label: axis.label || axis.name, edges: Array.from(axisEdges(axis)) }
}
