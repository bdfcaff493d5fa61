/** Efficiencies in bins of two variables: what counting and fits give, and what scale factors are made of. */
import { isClose } from '../hist/index.js'

export interface GridAxis {
  readonly name: string
  readonly label: string
  /** n + 1, strictly ascending. */
  readonly edges: readonly number[]
}

/** n x m bins, bin (i, j) at i * m + j: the second axis changes fastest. */
export interface EfficiencyGrid {
  /** The pseudorapidity first, the transverse momentum (or energy) second. */
  readonly axes: readonly [GridAxis, GridAxis]
  /** Efficiencies and the distances of the ends of their intervals of one standard deviation, not negative. NaN where
   *  failure is not null. */
  readonly efficiency: Float64Array
  readonly up: Float64Array
  readonly down: Float64Array
  /** Why a bin has no efficiency; null where it has one. */
  readonly failure: readonly (string | null)[]
  /** What is to be known of a bin that has an efficiency: too few probes for its uncertainty. Default: nothing. */
  readonly warning?: readonly (string | null)[]
  /** Where a bin's efficiency comes from, for people: "counted", the fit's name. */
  readonly origin: readonly string[]
}

export function gridSize([x, y]: EfficiencyGrid['axes']): number {
  return (x.edges.length - 1) * (y.edges.length - 1)
}

/** To be filled: no bin has an efficiency. */
export function emptyGrid(axes: EfficiencyGrid['axes'], failure: string | null = null, origin = '') {
  const n = gridSize(axes)
  const numbers = () => new Float64Array(n).fill(NaN)
  return {
    axes,
    ...{ efficiency: numbers(), up: numbers(), down: numbers() },
    failure: new Array<string | null>(n).fill(failure),
    origin: new Array<string>(n).fill(origin),
  }
}

/** Lower and upper edges of a bin along both axes. */
export function binRanges(axes: EfficiencyGrid['axes'], bin: number): readonly [x: Range, y: Range] {
  const [x, y] = axes
  const m = y.edges.length - 1
  const i = Math.floor(bin / m)
  const j = bin % m
  return [
    [x.edges[i]!, x.edges[i + 1]!],
    [y.edges[j]!, y.edges[j + 1]!],
  ]
}

export type Range = readonly [lower: number, upper: number]

/** `el_eta -2.5 to -2, el_pt 10 to 20`. */
export function binText(axes: EfficiencyGrid['axes'], bin: number): string {
  return binRanges(axes, bin)
    .map(([lower, upper], a) => `${axes[a]!.name} ${lower} to ${upper}`)
    .join(', ')
}

/** How the bins of two grids differ, or null. Edges that differ by rounding alone are the same. */
export function binningDifference(a: EfficiencyGrid['axes'], b: EfficiencyGrid['axes']): string | null {
  for (const [k, axis] of a.entries()) {
    const other = b[k]!
    const same =
      axis.edges.length === other.edges.length && axis.edges.every((edge, i) => isClose(edge, other.edges[i]!))
    if (!same) return `${other.name} has the edges ${other.edges.join(', ')}, wanted ${axis.edges.join(', ')}`
  }
  return null
}
