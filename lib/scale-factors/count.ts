/** Efficiencies from histograms, without a fit: passing probes over all within a window of the pair's mass, with the background
 *  that side bands tell taken away, or with all that is there. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import {
  type Axis,
  axisEdges,
  type EfficiencyRow,
  efficiencyTable,
  type Hist,
  type IntervalKind,
  MASS_AXIS,
  type MassRange,
  projectHist,
  type Sidebands,
  sameAxes,
} from '../hist/index.js'
import { type EfficiencyGrid, emptyGrid, type GridAxis } from './grid.js'

export interface CountOptions {
  /** Names of the axes to keep, the pseudorapidity first. */
  readonly axes: readonly [string, string]
  /** GeV, on edges of the mass axis. Without side bands, what histograms without that axis were filled with counts whole. */
  readonly massWindow: MassRange
  /** Take away the background that these tell; default: count what is in the window. */
  readonly sidebands?: Sidebands | undefined
  /** Default: clopper-pearson. */
  readonly interval?: IntervalKind
}

/** passing, failing: with the two axes, the mass (`mll`) or not, and any others, which are summed over, underflow and overflow
 *  included. Intervals are those of effective entries, or of the subtraction; histograms without any sum of squared weights hold
 *  counts. Bins without probes, or whose sums leave no interval, have a failure. Throws UsageError with everything that is wrong with
 *  the axes. */
export function countEfficiencies(passing: Hist, failing: Hist, options: CountOptions): EfficiencyGrid {
  const { axes: names, massWindow, sidebands, interval = 'clopper-pearson' } = options
  const known = passing.axes.map(axis => axis.name)
  const hasMass = known.includes(MASS_AXIS)
  const regions = sidebands !== undefined ? { massWindow, sidebands } : hasMass ? { massWindow } : {}
  const missing = names.filter(name => !known.includes(name))
  // One pass over all cells in their order: several times as quick as sums that jump. Not where something is wrong, which the whole
  // histograms tell better.
  const isRight = missing.length === 0 && sameAxes(passing.axes, failing.axes) && (sidebands === undefined || hasMass)
  const small = (hist: Hist) => (isRight ? projectHist(hist, [...names, ...(hasMass ? [MASS_AXIS] : [])]) : hist)
  const tableOf = (axes: readonly string[]) =>
    efficiencyTable(small(passing), small(failing), { axes, flow: true, interval, ...regions })
  if (missing.length > 0)
    throw new UsageError([
      ...missing.map(name => missingAxis(name, known)),
      ...problemsOf(() => tableOf(names.filter(name => known.includes(name)))),
    ])
  const { axes: kept, rows } = tableOf(names)
  const axes = kept.map(gridAxis) as unknown as EfficiencyGrid['axes']
  const grid = {
    ...emptyGrid(axes, null, sidebands === undefined ? 'counted' : 'side bands'),
    failure: rows.map(failureOf),
    warning: rows.map(row => row.warning ?? null),
  }
  for (const [bin, { efficiency, errorHigh, errorLow }] of rows.entries()) {
    if (grid.failure[bin] !== null) continue
    grid.efficiency[bin] = efficiency
    grid.up[bin] = Math.max(0, errorHigh)
    grid.down[bin] = Math.max(0, errorLow)
  }
  return grid
}

function failureOf({ problem, passing, total }: EfficiencyRow): string | null {
  if (problem !== null) return `${problem} (passing ${text(passing)}, total ${text(total)})`
  return total === 0 ? 'no probes' : null
}

/** Six digits are enough for people. */
function text(x: number): string {
  return String(Number(x.toPrecision(6)))
}

function missingAxis(name: string, known: readonly string[]): Problem {
  const message = `no axis "${name}".${nearestHint(name, known)} It has ${known.join(', ')}; "axes" chooses two of them.`
  return { place: 'histogram', message }
}

function problemsOf(make: () => unknown): readonly Problem[] {
  try {
    make()
  } catch (error) {
    if (error instanceof UsageError) return error.problems
    throw error
  }
  return []
}

function gridAxis(axis: Axis): GridAxis {
  return { name: axis.name, label: axis.label || axis.name, edges: Array.from(axisEdges(axis)) }
}
