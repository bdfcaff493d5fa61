/** Efficiencies of histograms: of several datasets or runs side by side, drawn and as numbers. */
import { UsageError } from '../core/errors.js'
import { type NamedPair, pairsOf, readHistograms } from '../formats/index.js'
import { type Axis, axisEdges, efficiencyTable, sameAxes } from '../hist/index.js'
import { MASS_AXIS } from '../hist/mass-regions.js'
import { plainLabel, ratioOf } from '../plot/index.js'
import { axisModel, cellOf, finite, rangeOf } from './cells.js'
import type { FoundFile, FoundRun } from './find-results.js'
import { figuresOf, type Named, probesOf, titleOf } from './hist-figures.js'
import type { EfficiencyModel, HistogramModel, ProbesModel, SetModel } from './model.js'
import type { EfficiencyQuery } from './paths.js'
import { histFiles } from './runs.js'

/** Files that are kept in memory: those of a comparison of two runs of several datasets. */
const MOST_HELD = 12

/** By path and time, the one that was asked for last at the end. */
const held = new Map<string, Promise<readonly NamedPair[]>>()

export class Histograms {
  readonly #runs: readonly FoundRun[]
  readonly #names: readonly string[]

  /** names: of the runs. */
  constructor(runs: readonly FoundRun[], names: readonly string[]) {
    this.#runs = runs
    this.#names = names
  }

  /** All datasets of all runs that have histograms of the filter. Throws DataError where a file cannot be read. */
  async overview(method: string, filter: string): Promise<HistogramModel> {
    const sets = await Promise.all(
      this.#files(method, filter).map(async ({ set, file }) => ({ set, pairs: await this.#pairs(file) })),
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
  async efficiency(query: EfficiencyQuery): Promise<EfficiencyModel> {
    const tables = await this.#tables(query)
    const [first, ...others] = tables as [Named, ...Named[]]
    return {
      figures: await figuresOf(tables, titleOf(query)),
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

  /** Numbers of probes, against the mass too. Throws as efficiency. */
  async probes(query: EfficiencyQuery): Promise<ProbesModel> {
    return probesOf(await this.#tables(query), titleOf(query))
  }

  /** The mass of the probes in one bin of the axes. Throws as efficiency. */
  async spectrum(query: EfficiencyQuery, bin: number): Promise<ProbesModel> {
    const tables = await this.#tables({ ...query, axes: [...query.axes, MASS_AXIS] })
    const masses = axisEdges(tables[0]!.table.axes.at(-1)!).length - 1
    const inBin = tables.map(({ set, table }) => ({
      set,
      table: {
        axes: table.axes.slice(-1),
        rows: table.rows.slice(bin * masses, (bin + 1) * masses).map(row => ({ ...row, bins: row.bins.slice(-1) })),
      },
    }))
    const where = tables[0]!.table.rows[bin * masses]
    if (!(bin >= 0) || where === undefined) throw new UsageError([{ place: 'bin', message: `there is no bin ${bin}.` }])
    const ranges = query.axes.map((name, k) => `${name} ${where.bins[k]!.lower} to ${where.bins[k]!.upper}`)
    return probesOf(inBin, [...titleOf(query), ...ranges.map(plainLabel)])
  }

  async #tables({ method, filter, pair, axes, sets }: EfficiencyQuery): Promise<Named[]> {
    const files = this.#files(method, filter)
    const chosen = sets.map(id => files.find(({ set }) => set.id === id))
    const tables: Named[] = []
    for (const [k, file] of chosen.entries()) {
      const found = file === undefined ? undefined : (await this.#pairs(file.file)).find(({ name }) => name === pair)
      if (file === undefined || found === undefined) {
        throw new UsageError([{ place: 'sets', message: `"${sets[k]}" has no such histogram.` }])
      }
      tables.push({ set: file.set, table: efficiencyTable(found.passing, found.failing, { axes }) })
    }
    const [first, ...others] = tables
    if (first === undefined) throw new UsageError([{ place: 'sets', message: 'choose at least one dataset.' }])
    const unlike = others.filter(({ table }) => !hasSameBins(table.axes, first.table.axes))
    if (unlike.length === 0) return tables
    const names = unlike.map(({ set }) => set.name).join(', ')
    const message = `${names}: binned otherwise than ${first.set.name}. Choose datasets of one binning.`
    throw new UsageError([{ place: 'sets', message }])
  }

  #files(method: string, filter: string): { readonly set: SetModel; readonly file: FoundFile }[] {
    return this.#runs.flatMap(({ datasets }, k) =>
      datasets.flatMap(dataset =>
        dataset.methods
          .filter(({ name }) => name === method)
          .flatMap(({ name, files }) => {
            const file = histFiles(name, files).get(filter)
            const shown = this.#runs.length > 1 ? `${this.#names[k]}: ${dataset.name}` : dataset.name
            return file === undefined ? [] : [{ set: { id: `${k}/${dataset.name}`, name: shown }, file }]
          }),
      ),
    )
  }

  #pairs({ path, modified }: FoundFile): Promise<readonly NamedPair[]> {
    const key = `${path}\n${modified}`
    const known = held.get(key) ?? readHistograms(path).then(tree => pairsOf(tree, path))
    held.delete(key)
    held.set(key, known)
    known.catch(() => held.delete(key))
    for (const oldest of held.keys()) {
      if (held.size <= MOST_HELD) break
      held.delete(oldest)
    }
    return known
  }
}

function hasSameBins(a: readonly Axis[], b: readonly Axis[]): boolean {
  if (sameAxes(a, b)) return true
  const edges = (axes: readonly Axis[]) => JSON.stringify(axes.map(axis => [axis.name, [...axisEdges(axis)]]))
  return edges(a) === edges(b)
}
