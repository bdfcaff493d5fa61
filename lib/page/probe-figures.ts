/** Figures of numbers of probes: passing and failing ones against one variable, all of them in two. */
import type { Axis } from '../hist/index.js'
import { MASS_AXIS } from '../hist/mass-regions.js'
import { VIRIDIS } from '../plot/colours.js'
import { axisStyle, type Figure, type FigureLabels, mapFigure, plainLabel } from '../plot/index.js'

export interface ProbeSums {
  readonly passing: number
  readonly failing: number
}

const PASSING = '#3f90da'
const FAILING = '#bd1f01'
/** Room above the highest bin for the legend. */
const HEADROOM = 1.35

export function probeFigure(
  axis: Axis,
  edges: readonly number[],
  rows: readonly ProbeSums[],
  title: readonly string[],
  labels: FigureLabels,
): Figure {
  const { label, range, log } = axisStyle(axis)
  const [passing, failing] = [rows.map(row => row.passing), rows.map(row => row.failing)]
  const ends = [...passing, ...failing].filter(Number.isFinite)
  const bottom = Math.min(0, ...ends)
  const top = Math.max(...ends, bottom + 1e-12)
  const lines = title.map(plainLabel)
  return {
    width: 600,
    height: 480,
    title: ['Probes', ...lines].join(': '),
    labels,
    panels: [
      {
        height: 1,
        x: { label: axis.name === MASS_AXIS ? '\\it{m}_{ee} [GeV]' : label, range, log },
        y: { label: 'Probes', range: [bottom * HEADROOM, top * HEADROOM] },
        marks: [
          { kind: 'steps', name: 'Failing', edges, values: failing, colour: FAILING },
          { kind: 'steps', name: 'Passing', edges, values: passing, colour: PASSING },
        ],
        legend: { corners: ['upper right', 'upper left', 'upper center'], title: lines, reversed: true, stretch: true },
      },
    ],
  }
}

/** cells: bin i of x, bin j of y at i * rows + j. */
export function probeMap(x: Axis, y: Axis, cells: readonly ProbeSums[], title: string, labels: FigureLabels): Figure {
  const all = cells.map(cell => cell.passing + cell.failing)
  const values = all.map(value => ({ value: value === 0 ? Number.NaN : value, low: Number.NaN, high: Number.NaN }))
  const top = Math.max(1e-12, ...all)
  const scale = { range: [Math.min(0, ...all), top] as const, stops: VIRIDIS }
  const figure = mapFigure(x, y, values, scale, { labels, label: plainLabel(`${title}: probes`) })
  const texts = all.map(value => (value === 0 ? [] : [Number.isInteger(value) ? String(value) : value.toPrecision(4)]))
  // Fine maps have no texts.
  const panels = figure.panels.map(panel => ({
    ...panel,
    marks: panel.marks.map(mark => (mark.kind === 'map' && mark.texts !== undefined ? { ...mark, texts } : mark)),
  }))
  return { ...figure, panels }
}
