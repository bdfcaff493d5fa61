/** A fit of a mass spectrum: data, the fitted curves, pulls below, and the fitted parameters. Arrays in, a figure out. */
import { BLACK } from './colours.js'
import type { Figure, FigureLabels, Mark } from './figure.js'

export interface FitPlot {
  /** bins + 1 edges, in GeV; counts (or sums of weights) of each bin. */
  readonly edges: ArrayLike<number>
  readonly counts: ArrayLike<number>
  /** Distances, not negative. Default: the square root of the count, the standard error of a Poisson count. */
  readonly errorsLow?: ArrayLike<number>
  readonly errorsHigh?: ArrayLike<number>
  /** What the fit expects in each bin: for the pulls. */
  readonly expected: ArrayLike<number>
  /** Smooth curves in counts a bin, on their own x. Drawn in this order. */
  readonly curves: readonly FitCurve[]
  /** Lines of the box: "\it{ε} = 0.912 ± 0.004". */
  readonly parameters: readonly string[]
  /** Lines above the legend: which bin, passing or failing probes. */
  readonly title?: readonly string[]
  /** Why this fit is not to be used; shown in red. */
  readonly failed?: string
  readonly labels: FigureLabels
  /** Default: "\it{m}_{ee} [GeV]". */
  readonly xLabel?: string
  /** Counts on a logarithmic axis. */
  readonly logY?: boolean
}

export interface FitCurve {
  readonly name: string
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly role: 'total' | 'signal' | 'background'
}

const CURVES = {
  total: { colour: '#bd1f01', width: 2.4 },
  signal: { colour: '#3f90da', width: 2, dash: [2, 3] },
  background: { colour: '#832db6', width: 2, dash: [8, 4] },
} as const

/** Room above the data for legend and parameters. */
const HEADROOM = 1.5

export function fitFigure(plot: FitPlot): Figure {
  const { edges, counts, expected } = plot
  const bins = counts.length
  const x = Array.from({ length: bins }, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
  const half = Array.from({ length: bins }, (_, i) => (edges[i + 1]! - edges[i]!) / 2)
  const poisson = Array.from(counts, n => Math.sqrt(Math.max(0, n)))
  const low = plot.errorsLow ?? poisson
  const high = plot.errorsHigh ?? poisson
  const range = [edges[0]!, edges[bins]!] as const
  const data: Mark = {
    kind: 'points',
    name: 'Data',
    ...{ x, y: counts, xLow: half, xHigh: half, yLow: low, yHigh: high },
    ...{ colour: BLACK, marker: 'circle', size: 3.4 },
  }
  const curves = plot.curves.map(({ name, x, y, role }): Mark => ({ kind: 'curve', name, x, y, ...CURVES[role] }))
  const failed = plot.failed === undefined ? [] : [failure(plot.failed)]
  return {
    width: 640,
    height: 640,
    title: ['Fit', ...(plot.title ?? [])].join(': '),
    labels: plot.labels,
    panels: [
      {
        height: 3,
        x: { label: '', range, bare: true },
        y: { label: countLabel(edges, bins), range: countRange(plot, high), log: plot.logY === true },
        marks: [...curves, data],
        legend: { corners: ['upper left', 'upper right'], title: plot.title ?? [], reversed: true },
        notes: [{ corner: 'upper right', lines: plot.parameters, size: 14.5 }, ...failed],
      },
      {
        height: 1,
        x: { label: plot.xLabel ?? '\\it{m}_{ee} [GeV]', range },
        y: { label: 'Pull', range: [-4.5, 4.5], ticks: PULL_TICKS },
        marks: [
          { kind: 'band', x: range, low: [-2, -2], high: [2, 2], colour: '#ffa90e', opacity: 0.22 },
          { kind: 'band', x: range, low: [-1, -1], high: [1, 1], colour: '#3f90da', opacity: 0.28 },
          { kind: 'line', y: 0, colour: '#717581' },
          {
            kind: 'points',
            x,
            y: pulls(counts, expected, low, high),
            yLow: ones(bins),
            yHigh: ones(bins),
            colour: BLACK,
            marker: 'circle',
            size: 3.4,
          },
        ],
      },
    ],
  }
}

const PULL_TICKS = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map(at => ({
  at,
  text: at === -3 || at === 0 || at === 3 ? String(at).replace('-', '−') : '',
}))

function failure(why: string) {
  return { corner: 'lower center', lines: [`\\bf{Fit failed}: ${why}`], colour: '#bd1f01', boxed: true } as const
}

/** (data - fit) / error, the error on the side of the fit. Where it is 0 (no event): the square root of what is expected. */
export function pulls(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): number[] {
  return Array.from(counts, (n, i) => {
    const difference = n - expected[i]!
    const error = (difference > 0 ? low[i]! : high[i]!) || Math.sqrt(Math.max(0, expected[i]!))
    return difference === 0 ? 0 : difference / error
  })
}

function ones(count: number): number[] {
  return new Array<number>(count).fill(1)
}

/** "Events / 2 GeV", or "Events / bin" where they are not all as wide. */
function countLabel(edges: ArrayLike<number>, bins: number): string {
  const width = (edges[bins]! - edges[0]!) / bins
  const even = Array.from({ length: bins }, (_, i) => edges[i + 1]! - edges[i]!).every(
    w => Math.abs(w - width) < 1e-6 * width,
  )
  return even ? `Events / ${Number(width.toPrecision(3))} GeV` : 'Events / bin'
}

function countRange({ counts, curves, logY }: FitPlot, high: ArrayLike<number>): readonly [number, number] {
  const tops = [...Array.from(counts, (n, i) => n + (high[i] || 0)), ...curves.flatMap(curve => Array.from(curve.y))]
  const top = Math.max(1e-12, ...tops.filter(Number.isFinite))
  if (logY !== true) return [0, HEADROOM * top]
  const positive = Array.from(counts).filter(n => n > 0)
  const bottom = 0.5 * Math.min(top / 10, ...positive)
  return [bottom, top * (top / bottom) ** (HEADROOM - 1)]
}
