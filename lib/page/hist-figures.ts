/** Figures of what tables of several datasets hold: efficiencies, and numbers of probes. */
import { type Axis, axisEdges, type EfficiencyTable } from '../hist/index.js'
import {
  drawnEdges,
  efficiencyFigure,
  efficiencyMap,
  efficiencyRange,
  type Figure,
  type FigureLabels,
  plainLabel,
  plainText,
  renderFigure,
  scaleFactorMap,
  variableOf,
} from '../plot/index.js'
import { axisModel, rangeOf } from './cells.js'
import type { FigureModel } from './figure-model.js'
import type { ProbesModel, SetModel } from './model.js'
import type { EfficiencyQuery } from './paths.js'
import { probeFigure, probeMap } from './probe-figures.js'

export const LABELS: FigureLabels = { experiment: 'CMS', status: 'Work in progress', right: '' }

/** A dataset's table. */
export interface Named {
  readonly set: SetModel
  readonly table: EfficiencyTable
}

/** Filter and region. */
export function titleOf({ filter, pair }: EfficiencyQuery): string[] {
  const region = pair.split('/').slice(1).join(', ').replaceAll('_', ' ')
  return [filter.replaceAll('_', ' '), region].map(plainLabel).filter(text => text !== '')
}

export async function probesOf(tables: readonly Named[], title: readonly string[]): Promise<ProbesModel> {
  const { axes, rows } = tables[0]!.table
  const sets = tables.map(({ set, table }) => ({
    set,
    rows: table.rows.map(({ passing, total }) => ({ passing, failing: total - passing })),
  }))
  const figures = sets.map(({ set, rows: sums }) => {
    if (axes.length === 1) return probeFigure(axes[0]!, drawnEdges(axes[0]!), sums, [set.name, ...title], LABELS)
    const [x, y] = isPtFirst(axes) ? [axes[1]!, axes[0]!] : [axes[0]!, axes[1]!]
    const cells = isPtFirst(axes) ? transposed(sums, axes) : sums
    return probeMap(x, y, cells, [...title, set.name].join(', '), LABELS)
  })
  return {
    figures: await Promise.all(figures.map(svg)),
    axes: axes.map(axisModel),
    bins: rows.map(row => row.bins.map(rangeOf)),
    sets,
  }
}

/** One for one variable; maps and their ratios for two. */
export async function figuresOf(tables: readonly Named[], title: readonly string[]): Promise<FigureModel[]> {
  const named = tables.map(({ set, table }) => ({ name: plainLabel(set.name), table }))
  const [first, ...others] = named as [(typeof named)[0], ...typeof named]
  if (first.table.axes.length === 1) {
    return [await svg(efficiencyFigure(named, { labels: LABELS, title }))]
  }
  if (first.table.axes.length !== 2) return []
  const turned = named.map(({ name, table }) => ({ name, table: etaFirst(table) }))
  const zRange = efficiencyRange(turned.map(({ table }) => table.rows))
  const what = title.join(', ')
  const maps = turned.map(({ name, table }) =>
    efficiencyMap(table, { labels: LABELS, label: `${what}: efficiency, ${name}`, zRange }),
  )
  const ratios = others.map(({ name }, k) =>
    scaleFactorMap(turned[0]!.table, turned[k + 1]!.table, {
      labels: LABELS,
      label: `${what}: ${first.name} / ${name}`,
    }),
  )
  return Promise.all([...maps, ...ratios].map(svg))
}

/** eta to the right, pt upwards. */
function etaFirst({ axes, rows }: EfficiencyTable): EfficiencyTable {
  if (!isPtFirst(axes)) return { axes, rows }
  const turned = transposed(rows, axes).map(row => ({ ...row, bins: [row.bins[1]!, row.bins[0]!] }))
  return { axes: [axes[1]!, axes[0]!], rows: turned }
}

function isPtFirst([a, b]: readonly Axis[]): boolean {
  return variableOf(a!.name) === 'pt' && variableOf(b!.name) !== 'pt'
}

/** cells[i * m + j] of n by m bins, with the axes the other way round. */
function transposed<T>(cells: readonly T[], axes: readonly Axis[]): T[] {
  const [n, m] = axes.map(axis => axisEdges(axis).length - 1) as [number, number]
  return Array.from({ length: n * m }, (_, k) => cells[(k % n) * m + Math.floor(k / n)]!)
}

export async function svg(figure: Figure): Promise<FigureModel> {
  return { title: plainText(figure.title), svg: (await renderFigure(figure, 'svg')).toString('utf8') }
}
