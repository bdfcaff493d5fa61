/** Scale factors with all their uncertainties: efficiencies of data and simulation against one variable in bins of another, with the
 *  scale factors below; and maps. */
import { type Axis, axisEdges, binCount } from '../hist/index.js'
import { axisStyle, binText, drawnEdges } from './axis-styles.js'
import { BLACK, VIRIDIS } from './colours.js'
import { pointsAt, SLICE_COLOURS, sliceRanges } from './efficiency-figure.js'
import type { Curve, Figure, FigureLabels, LegendEntry, MarkerShape, Panel, Points } from './figure.js'
import { type MapCell, mapFigure, reachOf, symmetricScale } from './map-figure.js'

/** A value with the distances of the ends of its interval, not negative; NaN: not known. */
export interface Measured {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One bin. */
export interface ScaleFactorCell {
  readonly data: Measured
  readonly simulation: Measured
  readonly scaleFactor: Measured
  /** There should be a scale factor, but there is none. */
  readonly failed: boolean
}

/** cells[i * m + j]: bin i of x, bin j (of m) of y. */
export interface ScaleFactorGrid {
  readonly x: Axis
  readonly y: Axis
  readonly cells: readonly ScaleFactorCell[]
}

export interface ScaleFactorFigureOptions {
  readonly labels: FigureLabels
  /** Lines above the legend. */
  readonly title?: readonly string[]
}

/** The same with the axes exchanged. */
export function transposed({ x, y, cells }: ScaleFactorGrid): ScaleFactorGrid {
  const [n, m] = [binCount(x), binCount(y)]
  return { x: y, y: x, cells: Array.from({ length: n * m }, (_, k) => cells[(k % n) * m + Math.floor(k / n)]!) }
}

const MARKERS: readonly MarkerShape[] = ['circle', 'square', 'triangle', 'diamond', 'down-triangle', 'cross']
const DASH = [5, 4] as const

/** Against x, each bin of y a colour, at most six a figure: data as points, simulation as dashes; below, the scale factors. A bin
 *  that failed has an x at the lower edge. */
export function scaleFactorSlices(grid: ScaleFactorGrid, options: ScaleFactorFigureOptions): Figure[] {
  const all = slicesOf(grid)
  return sliceRanges(all.length).map(([from, to]) => {
    const shown = all.slice(from, to).map((slice, k) => ({ ...slice, colour: SLICE_COLOURS[k]!, marker: MARKERS[k]! }))
    return sliceFigure(grid, shown, options)
  })
}

interface Slice {
  readonly name: string
  readonly colour: string
  readonly marker: MarkerShape
  readonly cells: readonly ScaleFactorCell[]
}

/** Bins of y that have something to show: those that were left out have not. */
function slicesOf({ y, cells }: ScaleFactorGrid): Pick<Slice, 'name' | 'cells'>[] {
  const slices = binCount(y)
  const edges = axisEdges(y)
  return Array.from({ length: slices }, (_, k) => ({
    name: binText({ lower: edges[k]!, upper: edges[k + 1]! }, axisStyle(y)),
    cells: cells.filter((_, cell) => cell % slices === k),
  })).filter(slice => slice.cells.some(cell => cell.failed || !Number.isNaN(cell.scaleFactor.value)))
}

function sliceFigure(
  { x, y }: ScaleFactorGrid,
  all: readonly Slice[],
  { labels, title = [] }: ScaleFactorFigureOptions,
): Figure {
  const [xStyle, yStyle] = [axisStyle(x), axisStyle(y)]
  const shared = { label: xStyle.label, range: xStyle.range, log: xStyle.log }
  const failed = all.some(slice => slice.cells.some(cell => cell.failed))
  const upper: Panel = {
    height: 2,
    x: { ...shared, bare: true },
    y: { label: 'Efficiency', range: efficiencyAxis(all) },
    marks: [
      SIMULATION_ENTRY,
      ...all.map(slice => dashes(slice, x)).reverse(),
      ...all.map(slice => points(slice, x, cell => cell.data)).reverse(),
    ],
    legend: {
      corners: xStyle.legend,
      title,
      extra: failed ? [FAILED_ENTRY] : [],
      reversed: true,
      stretch: true,
    },
  }
  const reach = reachOf(all.flatMap(slice => slice.cells.flatMap(cell => endsOf(cell.scaleFactor))))
  const lower: Panel = {
    height: 1,
    x: shared,
    y: { label: 'Data / MC', range: [1 - reach, 1 + reach], openEnd: true },
    marks: [
      { kind: 'line', y: 1, colour: '#717581', dash: [6, 4] },
      ...all.map(({ name: _, ...slice }) => points(slice, x, cell => cell.scaleFactor)).reverse(),
      ...all.map(slice => failedMarks(slice, x, 1 - 0.9 * reach)),
    ],
  }
  const what = `Efficiencies and scale factors against ${xStyle.label} in bins of ${yStyle.label}`
  return { width: 600, height: 640, title: what, labels, panels: [upper, lower] }
}

function points(
  { name, colour, marker, cells }: Omit<Slice, 'name'> & { readonly name?: string },
  x: Axis,
  of: (cell: ScaleFactorCell) => Measured,
): Points {
  const values = cells.map(of)
  return {
    ...(name === undefined ? {} : { name }),
    ...pointsAt(x),
    y: values.map(v => v.value),
    yLow: values.map(v => v.low),
    yHigh: values.map(v => v.high),
    colour,
    marker,
  }
}

/** The simulation's efficiency across each bin. */
function dashes({ colour, cells }: Slice, x: Axis): Curve {
  const edges = drawnEdges(x)
  return {
    kind: 'curve',
    x: cells.flatMap((_, i) => [edges[i]!, edges[i + 1]!, NaN]),
    y: cells.flatMap(({ simulation }) => [simulation.value, simulation.value, NaN]),
    colour,
    dash: DASH,
  }
}

const SIMULATION_ENTRY: Curve = { kind: 'curve', name: 'Simulation', x: [], y: [], colour: BLACK, dash: DASH }
const FAILED_ENTRY: LegendEntry = { name: 'No scale factor', colour: BLACK, marker: 'x' }

function failedMarks({ cells, colour }: Slice, x: Axis, y: number): Points {
  const { x: at } = pointsAt(x)
  return { kind: 'points', x: at, y: cells.map(cell => (cell.failed ? y : NaN)), colour, marker: 'x' }
}

/** From the tenth below the lowest end of an interval to a little above 1. */
function efficiencyAxis(slices: readonly Slice[]): readonly [number, number] {
  const ends = slices
    .flatMap(({ cells }) => cells.flatMap(({ data, simulation }) => [data.value - (data.low || 0), simulation.value]))
    .filter(Number.isFinite)
  const low = Math.floor(10 * Math.min(0.9, ...ends) - 0.2) / 10
  return [Math.max(0, low), 1.05]
}

/** The ends of intervals. */
function endsOf({ value, low, high }: Measured): readonly number[] {
  return [value - (low || 0), value + (high || 0)]
}

export interface ValueMapOptions {
  readonly labels: FigureLabels
  /** What the colours mean. */
  readonly label: string
}

/** The scale factors with their total uncertainties. */
export function scaleFactorGridMap({ x, y, cells }: ScaleFactorGrid, options: ValueMapOptions): Figure {
  const values = cells.map(({ scaleFactor, failed }): MapCell => ({ ...scaleFactor, failed }))
  return mapFigure(x, y, values, symmetricScale(values), options)
}

/** One uncertainty: values from 0 to their largest. failed: cells that should have one. */
export function uncertaintyMap(
  x: Axis,
  y: Axis,
  values: ArrayLike<number>,
  failed: readonly boolean[],
  options: ValueMapOptions & { readonly digits: number },
): Figure {
  const { digits } = options
  const cells = Array.from(values, (value, k): MapCell => ({ value, low: NaN, high: NaN, failed: failed[k]!, digits }))
  const known = cells.map(cell => cell.value).filter(Number.isFinite)
  const top = Math.max(1e-3, ...known)
  // To two digits, so that the numbers at the bar are short.
  const digit = 10 ** (Math.floor(Math.log10(top)) - 1)
  return mapFigure(x, y, cells, { range: [0, Math.ceil(top / digit - 1e-9) * digit], stops: VIRIDIS }, options)
}
