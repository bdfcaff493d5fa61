/** Efficiencies against one variable: of several inputs, or in slices of a second variable, with the ratios below. */
import { type Axis, binCount, type EfficiencyRow, type EfficiencyTable } from '../hist/index.js'
import { axisStyle, binText, drawnEdges, type PlotType } from './axis-styles.js'
import { BLACK, PETROFF } from './colours.js'
import type { AxisSpec, Figure, FigureLabels, LegendEntry, MarkerShape, Panel, Points } from './figure.js'
import { type RatioErrors, ratioOf } from './ratio.js'

/** An efficiency table of a run: data, or a simulation. */
export interface NamedEfficiencies {
  readonly name: string
  readonly table: EfficiencyTable
}

export interface EfficiencyFigureOptions {
  readonly labels: FigureLabels
  /** Lines above the legend: filter, region. */
  readonly title?: readonly string[]
  /** Default: by the name of the axis, in the range of its bins. */
  readonly plotType?: PlotType | undefined
  readonly xLabel?: string | undefined
  /** Default: "Efficiency". */
  readonly yLabel?: string | undefined
  /** Default: "Ratio", with names where there are two inputs: "Data / MC". */
  readonly ratioLabel?: string | undefined
  readonly xRange?: readonly [number, number] | undefined
  /** Default: 0 to 1.2. */
  readonly yRange?: readonly [number, number] | undefined
  /** Default: 0.7 to 1.3. */
  readonly ratioRange?: readonly [number, number] | undefined
  readonly logX?: boolean | undefined
  readonly ratioErrors?: RatioErrors | undefined
  /** false: no panel of ratios. */
  readonly ratio?: boolean | undefined
}

const MARKERS: readonly MarkerShape[] = ['circle', 'square', 'triangle', 'diamond', 'down-triangle', 'cross']
const SIZE = 600
const Y_RANGE = [0, 1.2] as const
const RATIO_RANGE = [0.7, 1.3] as const

/** Points of one colour, and the ratio that belongs to them. */
interface Series {
  readonly name?: string
  readonly colour: string
  readonly marker: MarkerShape
  readonly open: boolean
  readonly rows: readonly EfficiencyRow[]
  /** What `rows` of the first input are divided by, where this is another input's. */
  readonly over?: readonly EfficiencyRow[]
}

/** The inputs' tables have one axis, binned alike. The lower panel has the first input over each of the others. */
export function efficiencyFigure(inputs: readonly NamedEfficiencies[], options: EfficiencyFigureOptions): Figure {
  const [first] = inputs
  const series = inputs.map((input, k): Series => {
    const style = { colour: k === 0 ? BLACK : PETROFF[(k - 1) % PETROFF.length]!, marker: MARKERS[k % MARKERS.length]! }
    const over = k === 0 ? {} : { over: first!.table.rows }
    return { name: input.name, ...style, open: false, rows: input.table.rows, ...over }
  })
  return overlaid(first!.table.axes[0]!, series, [], inputs, options)
}

/** As many as colours and markers that are told apart at a glance. */
export const SLICES_A_FIGURE = 6

/** The tables have two axes: the first is drawn, each bin of the second is a colour. The first input has filled markers, the
 *  others open ones. More than six slices go into several figures of about the same number. */
export function sliceFigures(inputs: readonly NamedEfficiencies[], options: EfficiencyFigureOptions): Figure[] {
  const [axis, sliced] = inputs[0]!.table.axes as [Axis, Axis]
  const style = axisStyle(sliced)
  return sliceRanges(binCount(sliced)).map(([from, to]) => {
    const series = inputs.flatMap((input, k) =>
      Array.from({ length: to - from }, (_, j): Series => {
        const rows = sliceRows(input.table, from + j)
        const look = { colour: SLICE_COLOURS[j]!, marker: MARKERS[(k === 0 ? j : j + k - 1) % MARKERS.length]! }
        const name = k === 0 ? { name: binText(inputs[0]!.table.rows[from + j]!.bins[1]!, style) } : {}
        const over = k === 0 ? {} : { over: sliceRows(inputs[0]!.table, from + j) }
        return { ...name, ...look, open: k > 0, rows, ...over }
      }),
    )
    const extra = inputs.length < 2 ? [] : inputs.map((input, k): LegendEntry => markerEntry(input.name, k))
    return overlaid(axis, series, extra, inputs, options)
  })
}

/** So many slices in figures of about the same number: from, to of each. */
export function sliceRanges(slices: number): (readonly [from: number, to: number])[] {
  const figures = Math.ceil(slices / SLICES_A_FIGURE)
  const start = (figure: number) => Math.round((figure * slices) / figures)
  return Array.from({ length: figures }, (_, figure) => [start(figure), start(figure + 1)])
}

/** Petroff's six, in an order in which neighbours differ most. */
export const SLICE_COLOURS = ['#3f90da', '#bd1f01', '#ffa90e', '#832db6', '#717581', '#e76300'] as const

function markerEntry(name: string, k: number): LegendEntry {
  return { name, colour: BLACK, marker: MARKERS[Math.max(0, k - 1)]!, open: k > 0 }
}

function sliceRows({ axes, rows }: EfficiencyTable, slice: number): EfficiencyRow[] {
  const slices = binCount(axes[1]!)
  return rows.filter((_, i) => i % slices === slice)
}

function overlaid(
  axis: Axis,
  series: readonly Series[],
  extra: readonly LegendEntry[],
  inputs: readonly NamedEfficiencies[],
  options: EfficiencyFigureOptions,
): Figure {
  const style = axisStyle(axis, options.plotType)
  const log = options.logX ?? style.log
  const x: AxisSpec = { label: options.xLabel ?? style.label, range: options.xRange ?? style.range, log }
  const ratios = options.ratio === false ? [] : series.filter(s => s.over !== undefined)
  const label = options.yLabel ?? 'Efficiency'
  const unsure = series.some(s => s.rows.some(isUnsure)) ? [UNSURE_ENTRY] : []
  const upper: Panel = {
    height: 3,
    x: { ...x, bare: ratios.length > 0 },
    y: { label, range: options.yRange ?? Y_RANGE },
    marks: series.flatMap(s => [...withoutInterval(s, axis), efficiencyPoints(s, axis)]).reverse(),
    // The first input is drawn last, on top, but stands first in the legend.
    legend: {
      corners: style.legend,
      title: options.title ?? [],
      extra: [...extra, ...unsure],
      reversed: true,
      stretch: options.yRange === undefined,
    },
  }
  const what = `${label} against ${x.label}${inputs.length > 0 ? `: ${inputs.map(i => i.name).join(', ')}` : ''}`
  const figure = { width: SIZE, height: SIZE, title: what, labels: options.labels }
  if (ratios.length === 0) return { ...figure, panels: [upper] }
  const lower: Panel = {
    height: 1,
    x,
    y: {
      label: options.ratioLabel ?? (inputs.length === 2 ? `${inputs[0]!.name} / ${inputs[1]!.name}` : 'Ratio'),
      range: options.ratioRange ?? RATIO_RANGE,
      openEnd: true,
    },
    marks: [
      { kind: 'line', y: 1, colour: '#717581', dash: [6, 4] },
      ...ratios
        .map(s => ratioPoints(ratios.length === 1 ? { ...s, ...ALONE } : s, axis, options.ratioErrors))
        .reverse(),
    ],
  }
  return { ...figure, panels: [upper, lower] }
}

/** A point without an interval looks like one with a small one: such are drawn as an x. */
function isUnsure(row: EfficiencyRow): boolean {
  return row.problem !== null
}

const UNSURE_ENTRY: LegendEntry = { name: 'No interval', colour: BLACK, marker: 'x' }

function withoutInterval({ rows, colour }: Series, axis: Axis): Points[] {
  if (!rows.some(isUnsure)) return []
  return [{ ...pointsAt(axis), y: rows.map(row => (isUnsure(row) ? row.efficiency : NaN)), colour, marker: 'x' }]
}

function efficiencyPoints({ name, rows, ...look }: Series, axis: Axis): Points {
  return {
    ...(name === undefined ? {} : { name }),
    ...pointsAt(axis),
    y: rows.map(row => (isUnsure(row) ? NaN : row.efficiency)),
    yLow: rows.map(row => row.errorLow),
    yHigh: rows.map(row => row.errorHigh),
    ...lookOf(look),
  }
}

/** A ratio that is the only one looks like data. */
const ALONE = { colour: BLACK, marker: 'circle' } as const

function ratioPoints({ rows, over, ...look }: Series, axis: Axis, errors?: RatioErrors): Points {
  const ratios = rows.map((row, i) => ratioOf(over![i]!, row, errors))
  return {
    ...pointsAt(axis),
    y: ratios.map(r => r.value),
    yLow: ratios.map(r => r.low),
    yHigh: ratios.map(r => r.high),
    ...lookOf(look),
  }
}

function lookOf({ colour, marker, open }: Pick<Series, 'colour' | 'marker' | 'open'>) {
  return { colour, marker, open }
}

export function pointsAt(axis: Axis) {
  const edges = drawnEdges(axis)
  const x = edges.slice(1).map((edge, i) => (edge + edges[i]!) / 2)
  return { kind: 'points', x, xLow: x.map((c, i) => c - edges[i]!), xHigh: x.map((c, i) => edges[i + 1]! - c) } as const
}
