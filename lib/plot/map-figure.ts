/** Two variables at once: maps of efficiencies and of scale factors. */
import type { Axis, EfficiencyRow, EfficiencyTable } from '../hist/index.js'
import { axisStyle, drawnEdges, edgeText } from './axis-styles.js'
import { DIVERGING, VIRIDIS } from './colours.js'
import type { AxisSpec, ColourScale, Figure, FigureLabels } from './figure.js'
import { type RatioErrors, ratioOf } from './ratio.js'
import { numberText } from './ticks.js'

export interface MapFigureOptions {
  readonly labels: FigureLabels
  /** What the colours mean. */
  readonly label: string
  /** Colours' range. Default: that of the values. */
  readonly zRange?: readonly [number, number] | undefined
}

/** A value with its errors (distances, not negative; NaN: unknown). */
export interface MapCell {
  readonly value: number
  readonly low: number
  readonly high: number
  /** The value has no interval although there are probes: marked with an x. */
  readonly unsure?: boolean
  /** There should be a value: said in the cell. */
  readonly failed?: boolean
  /** Digits after the point. Default: 3. */
  readonly digits?: number
}

/** Up to so many bins a side, all cells have the same size, with the numbers in them; else they lie as their edges do. */
export const MOST_EVEN_BINS = 14

/** cells[i * rows + j]: bin i of x, bin j of y. */
export function mapFigure(
  x: Axis,
  y: Axis,
  cells: readonly MapCell[],
  scale: ColourScale,
  options: Pick<MapFigureOptions, 'labels' | 'label'>,
): Figure {
  const [xEdges, yEdges] = [drawnEdges(x), drawnEdges(y)]
  const even = Math.max(xEdges.length, yEdges.length) - 1 <= MOST_EVEN_BINS
  const [xs, ys] = even ? [evenAxis(x, xEdges), evenAxis(y, yEdges)] : [trueAxis(x, xEdges), trueAxis(y, yEdges)]
  return {
    width: 860,
    height: 640,
    title: `${options.label} in ${xs.spec.label} and ${ys.spec.label}`,
    labels: options.labels,
    panels: [
      {
        height: 1,
        x: xs.spec,
        y: ys.spec,
        marks: [
          {
            kind: 'map',
            xEdges: xs.edges,
            yEdges: ys.edges,
            values: cells.map(cell => cell.value),
            scale,
            ...(even ? { texts: cells.map(cellTexts) } : {}),
          },
        ],
      },
    ],
    colourBar: { label: options.label, scale },
  }
}

function evenAxis(axis: Axis, edges: readonly number[]): { spec: AxisSpec; edges: number[] } {
  const { label } = axisStyle(axis)
  const last = edges.length - 1
  const own = axis.kind === 'variable' ? axis.edges : edges
  const ticks = edges.map((_, k) => ({ at: k, text: edgeText(own[k]!) }))
  return { spec: { label, range: [0, last], ticks }, edges: edges.map((_, k) => k) }
}

function trueAxis(axis: Axis, edges: readonly number[]): { spec: AxisSpec; edges: readonly number[] } {
  const { label, range, log } = axisStyle(axis)
  return { spec: { label, range, log }, edges }
}

function cellTexts({ value, low, high, unsure, failed, digits = 3 }: MapCell): string[] {
  if (failed === true) return ['failed']
  if (!Number.isFinite(value)) return []
  if (unsure === true) return [numberText(value, 3), '×']
  const errors = Number.isFinite(low) && Number.isFinite(high) ? [`+${high.toFixed(3)}`, `−${low.toFixed(3)}`] : []
  return [numberText(value, digits), ...errors]
}

/** The table has two axes. range: see efficiencyRange. */
export function efficiencyMap({ axes, rows }: EfficiencyTable, options: MapFigureOptions): Figure {
  const scale = { range: options.zRange ?? efficiencyRange([rows]), stops: VIRIDIS }
  return mapFigure(axes[0]!, axes[1]!, rows.map(cellOf), scale, options)
}

function cellOf({ efficiency, errorLow, errorHigh, problem }: EfficiencyRow): MapCell {
  return { value: efficiency, low: errorLow, high: errorHigh, unsure: problem !== null }
}

/** Colours from the smallest to the largest efficiency of all tables, to the next tenths: so that maps can be compared. */
export function efficiencyRange(tables: readonly (readonly EfficiencyRow[])[]): [number, number] {
  const known = tables
    .flatMap(rows => rows.filter(row => row.problem === null).map(row => row.efficiency))
    .filter(Number.isFinite)
  const low = Math.floor(10 * Math.min(...known, 0.95) + 1e-9) / 10
  const high = Math.ceil(10 * Math.max(...known, low + 0.05) - 1e-9) / 10
  return [low, high]
}

/** data over simulation, cell by cell, from purple (below 1) to orange (above). The range is the same to both sides of 1: that of
 *  the values, to the next 0.05, at most 0.5. */
export function scaleFactorMap(
  data: EfficiencyTable,
  simulation: EfficiencyTable,
  options: MapFigureOptions & { readonly ratioErrors?: RatioErrors | undefined },
): Figure {
  const cells = data.rows.map((row, i): MapCell => ratioOf(row, simulation.rows[i]!, options.ratioErrors))
  const own = symmetricScale(cells)
  const scale = options.zRange === undefined ? own : { ...own, range: options.zRange }
  return mapFigure(data.axes[0]!, data.axes[1]!, cells, scale, options)
}

/** Around 1: purple below, orange above. */
export function symmetricScale(cells: readonly Pick<MapCell, 'value'>[]): ColourScale {
  const reach = reachOf(cells.map(cell => cell.value))
  return { range: [1 - reach, 1 + reach], stops: DIVERGING }
}

/** How far values are from 1: to the next 0.05, from 0.05 to 0.5. */
export function reachOf(values: readonly number[]): number {
  const distances = values.map(value => Math.abs(value - 1)).filter(Number.isFinite)
  return Math.min(0.5, Math.max(0.05, Math.ceil(20 * Math.max(0, ...distances) - 1e-9) / 20))
}
