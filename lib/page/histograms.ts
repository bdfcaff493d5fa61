/** Efficiencies of histograms: of several datasets or runs side by side, drawn and as numbers. */
import { UsageError } from '../core/errors.js'
import { type NamedPair, pairsOf, readHistograms } from '../formats/index.js'
import {
  type Axis,
  axisEdges,
  type EfficiencyRow,
  type EfficiencyTable,
  efficiencyTable,
  sameAxes,
} from '../hist/index.js'
import {
  efficiencyFigure,
  efficiencyMap,
  efficiencyRange,
  type Figure,
  type FigureLabels,
  plainLabel,
  plainText,
  ratioOf,
  renderFigure,
  scaleFactorMap,
  variableOf,
} from '../plot/index.js'
import type { FoundRun } from './find-results.js'
import type {
  AxisModel,
  EfficiencyCell,
  EfficiencyModel,
  FigureModel,
  HistogramModel,
  Range,
  SetModel,
} from './model.js'
import type { EfficiencyQuery } from './paths.js'
import { histFiles } from './runs.js'

/** Files that are kept in memory: those of a comparison of two runs of several datasets. */
const MOST_HELD = 12

const LABELS: FigureLabels = { experiment: 'CMS', status: 'Work in progress', right: '' }

export class Histograms {
  readonly #runs: readonly FoundRun[]
  readonly #names: readonly string[]
  /** By path, the one that was asked for last at the end. */
  readonly #held = new Map<string, Promise<readonly NamedPair[]>>()

  /** names: of the runs. */
  constructor(runs: readonly FoundRun[], names: readonly string[]) {
    this.#runs = runs
    this.#names = names
  }

  /** All datasets of all runs that have histograms of the filter. Throws DataError where a file cannot be read. */
  async overview(method: string, filter: string): Promise<HistogramModel> {
    const sets = await Promise.all(
      this.#files(method, filter).map(async ({ set, path }) => ({ set, pairs: await this.#pairs(path) })),
    )
    const names = new Map<string, { axes: readonly Axis[]; sets: string[] }[]>()
    for (const { set, pairs } of sets) {
      for (const { name, passing } of pairs) {
        const known = names.get(name) ?? []
        names.set(name, known)
        const alike = known.find(({ axes }) => hasSameBins(axes, passing.axes))
        if (alike === undefined) known.push({ axes: passing.axes, sets: [set.id] })
        else alike.sets.push(set.id)
      }
    }
    return {
      sets: sets.map(({ set }) => set),
      pairs: [...names].map(([name, known]) => ({
        name,
        axes: known[0]!.axes.map(axisModel),
        groups: known.map(one => one.sets),
      })),
    }
  }

  /** Throws UsageError where the sets are binned differently, or there is nothing of that name. */
  async efficiency({ method, filter, pair, axes, sets }: EfficiencyQuery): Promise<EfficiencyModel> {
    const files = this.#files(method, filter)
    const chosen = sets.map(id => files.find(({ set }) => set.id === id))
    const tables: { set: SetModel; table: EfficiencyTable }[] = []
    for (const [k, file] of chosen.entries()) {
      const found = file === undefined ? undefined : (await this.#pairs(file.path)).find(({ name }) => name === pair)
      if (file === undefined || found === undefined) {
        throw new UsageError([{ place: 'sets', message: `"${sets[k]}" has no such histogram.` }])
      }
      tables.push({ set: file.set, table: efficiencyTable(found.passing, found.failing, { axes }) })
    }
    const [first, ...others] = tables
    if (first === undefined) throw new UsageError([{ place: 'sets', message: 'choose at least one dataset.' }])
    const unlike = others.filter(({ table }) => !hasSameBins(table.axes, first.table.axes))
    if (unlike.length > 0) {
      const names = unlike.map(({ set }) => set.name).join(', ')
      const message = `${names}: binned otherwise than ${first.set.name}. Choose datasets of one binning.`
      throw new UsageError([{ place: 'sets', message }])
    }
    const title = [filter.replaceAll('_', ' '), pair.split('/').slice(1).join(', ').replaceAll('_', ' ')]
    return {
      figures: await figuresOf(
        tables,
        title.map(plainLabel).filter(text => text !== ''),
      ),
      axes: first.table.axes.map(axisModel),
      bins: first.table.rows.map(row => row.bins.map(rangeOf)),
      sets: tables.map(({ set, table }) => ({ set, rows: table.rows.map(cellOf) })),
      ratios: others.map(({ set, table }) => ({
        set,
        rows: first.table.rows.map((row, i) => {
          const { value, low, high } = ratioOf(row, table.rows[i]!)
          return { value: finite(value), low: finite(low), high: finite(high) }
        }),
      })),
    }
  }

  #files(method: string, filter: string): { readonly set: SetModel; readonly path: string }[] {
    return this.#runs.flatMap(({ datasets }, k) =>
      datasets.flatMap(dataset =>
        dataset.methods
          .filter(({ name }) => name === method)
          .flatMap(({ name, files }) => {
            const path = histFiles(name, files).get(filter)
            const shown = this.#runs.length > 1 ? `${this.#names[k]}: ${dataset.name}` : dataset.name
            return path === undefined ? [] : [{ set: { id: `${k}/${dataset.name}`, name: shown }, path }]
          }),
      ),
    )
  }

  #pairs(path: string): Promise<readonly NamedPair[]> {
    const known = this.#held.get(path) ?? readHistograms(path).then(tree => pairsOf(tree, path))
    this.#held.delete(path)
    this.#held.set(path, known)
    known.catch(() => this.#held.delete(path))
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break
      this.#held.delete(oldest)
    }
    return known
  }
}

function hasSameBins(a: readonly Axis[], b: readonly Axis[]): boolean {
  if (sameAxes(a, b)) return true
  const edges = (axes: readonly Axis[]) => JSON.stringify(axes.map(axis => [axis.name, [...axisEdges(axis)]]))
  return edges(a) === edges(b)
}

type Named = { readonly set: SetModel; readonly table: EfficiencyTable }

async function figuresOf(tables: readonly Named[], title: readonly string[]): Promise<FigureModel[]> {
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
  const [a, b] = axes as [Axis, Axis]
  if (!(variableOf(a.name) === 'pt' && variableOf(b.name) !== 'pt')) return { axes, rows }
  const [n, m] = [axisEdges(a).length - 1, axisEdges(b).length - 1]
  const turned = Array.from({ length: n * m }, (_, k): EfficiencyRow => {
    const row = rows[(k % n) * m + Math.floor(k / n)]!
    return { ...row, bins: [row.bins[1]!, row.bins[0]!] }
  })
  return { axes: [b, a], rows: turned }
}

export async function svg(figure: Figure): Promise<FigureModel> {
  return { title: plainText(figure.title), svg: (await renderFigure(figure, 'svg')).toString('utf8') }
}

export function axisModel(axis: Axis): AxisModel {
  return { name: axis.name, label: axis.label, edges: [...axisEdges(axis)].map(finite) }
}

function rangeOf({ lower, upper }: EfficiencyRow['bins'][number]): Range {
  return [finite(lower), finite(upper)]
}

function cellOf({ passing, total, efficiency, errorLow, errorHigh, problem }: EfficiencyRow): EfficiencyCell {
  return {
    passing,
    total,
    value: finite(efficiency),
    low: finite(errorLow),
    high: finite(errorHigh),
    problem,
  }
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
