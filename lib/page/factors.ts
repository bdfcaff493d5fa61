/** Scale factors that `tnp-pipe scale-factors` has written, as the page shows them: numbers, and maps of them. */
import { readFileSync } from 'node:fs'
import { DataError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'
import { type Axis, variableAxis } from '../hist/index.js'
import { VIRIDIS } from '../plot/colours.js'
import { type ColourScale, type MapCell, mapFigure, plainLabel, symmetricScale } from '../plot/index.js'
import type { FigureModel } from './figure-model.js'
import { LABELS, svg } from './hist-figures.js'
import type { FactorBin, FactorsModel, Range } from './model.js'

/** The document, as lib/formats/scale-factors writes it. */
interface Document {
  readonly version: number
  readonly name: string
  readonly year: string
  readonly working_point: string
  readonly scheme: string
  readonly axes: readonly {
    readonly name: string
    readonly label?: string
    readonly edges: readonly (number | null)[]
  }[]
  readonly bins: readonly DocumentBin[]
}

interface Sides {
  readonly up: number | null
  readonly down: number | null
}

interface DocumentBin extends Sides {
  readonly ranges: readonly Range[]
  readonly status: FactorBin['status']
  readonly reason?: string
  readonly scale_factor: number | null
  readonly sources: Readonly<Record<string, Sides>>
  readonly data_efficiency: number | null
  readonly mc_efficiency: number | null
}

/** Throws DataError. */
export function readFactors(path: string, id: string, name: string): FactorsModel {
  let document: Document
  try {
    document = parseOrdered(readFileSync(path, 'utf8')) as Document
  } catch (cause) {
    throw new DataError('ValueError', `${path}: is not JSON (${(cause as Error).message}).`, { cause })
  }
  const { version, year, working_point, scheme, axes, bins } = document
  if (version !== 1 || !Array.isArray(axes) || !Array.isArray(bins)) {
    throw new DataError('ValueError', `${path}: are no scale factors of version 1. Write them again.`)
  }
  const sources = [...new Set(bins.flatMap(bin => Object.keys(bin.sources ?? {})))]
  return {
    id,
    name,
    path,
    title: [document.name, year, working_point].filter(text => text !== undefined && text !== '').join(', '),
    scheme,
    axes: axes.map(axis => ({ label: '', ...axis })),
    sources,
    bins: bins.map(bin => ({
      ranges: bin.ranges,
      status: bin.status,
      reason: bin.reason ?? null,
      value: bin.scale_factor,
      up: bin.up,
      down: bin.down,
      data: bin.data_efficiency,
      mc: bin.mc_efficiency,
      sources: sources.map(source => bin.sources?.[source] ?? { up: null, down: null }),
    })),
  }
}

/** Maps of the scale factor, of its uncertainty, and of the efficiencies. */
export function factorFigures({ axes, bins, title }: FactorsModel): Promise<FigureModel[]> {
  const [x, y] = axes.map(axis => axisOf(axis)) as [Axis, Axis]
  const map = (label: string, cells: readonly MapCell[], scale: ColourScale) =>
    svg(mapFigure(x, y, cells, scale, { labels: LABELS, label: plainLabel(`${title}: ${label}`) }))
  const number = (value: number | null) => value ?? Number.NaN
  const factors = bins.map(({ value, up, down }) => ({ value: number(value), low: number(down), high: number(up) }))
  const errors = bins.map(({ up, down }) => single((number(up) + number(down)) / 2))
  const data = bins.map(bin => single(number(bin.data)))
  const simulation = bins.map(bin => single(number(bin.mc)))
  const least = Math.floor(10 * Math.min(0.95, ...known([...data, ...simulation]))) / 10
  const efficiencies = { range: [least, 1] as const, stops: VIRIDIS }
  return Promise.all([
    map('scale factor', factors, symmetricScale(factors)),
    map('uncertainty of the scale factor', errors, {
      range: [0, toHundredth(Math.max(0.01, ...known(errors)))],
      stops: VIRIDIS,
    }),
    map('efficiency, data', data, efficiencies),
    map('efficiency, simulation', simulation, efficiencies),
  ])
}

function single(value: number): MapCell {
  return { value, low: Number.NaN, high: Number.NaN }
}

function known(cells: readonly MapCell[]): number[] {
  return cells.map(cell => cell.value).filter(Number.isFinite)
}

function toHundredth(value: number): number {
  return Math.ceil(100 * value - 1e-9) / 100
}

/** JSON has no infinity: the ends of an axis that are null are those. */
function axisOf({ name, label, edges }: FactorsModel['axes'][number]): Axis {
  const last = edges.length - 1
  const filled = edges.map((edge, k) => edge ?? (k === last ? Infinity : -Infinity))
  return variableAxis({ name, label, edges: filled })
}
