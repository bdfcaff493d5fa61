/** Which figures `tnp-pipe plot` draws of a histogram: one for each variable, slices and maps for each pair of variables. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import type { NamedPair } from '../formats/index.js'
import { type EfficiencyTable, efficiencyTable, MASS_AXIS, type TableOptions } from '../hist/index.js'
import {
  axisStyle,
  type EfficiencyFigureOptions,
  efficiencyFigure,
  efficiencyMap,
  efficiencyRange,
  type NamedEfficiencies,
  type PlotType,
  scaleFactorMap,
  sliceFigures,
  variableOf,
  variableOfType,
} from '../plot/index.js'
import type { PlotInput } from './plot-inputs.js'
import type { Range } from './plot-options.js'
import { figureFileName, type NamedFigure } from './write-figures.js'

export const KINDS = ['1d', 'slices', 'maps'] as const
export type Kind = (typeof KINDS)[number]

export interface PlotPlan extends Omit<EfficiencyFigureOptions, 'title'> {
  readonly kinds: ReadonlySet<string>
  /** Variables to draw. Default: all, and pairs of pt and eta (else of the first two). */
  readonly axes?: readonly string[] | undefined
  /** First line of legends. */
  readonly title?: string | undefined
  readonly ratio: boolean
  readonly zRange?: Range | undefined
  readonly table: TableOptions
}

export interface FiguresAndTables {
  readonly figures: NamedFigure[]
  /** What is drawn: for warnings. */
  readonly tables: { readonly file: string; readonly name: string; readonly table: EfficiencyTable }[]
}

/** One histogram of all inputs. */
interface Histogram {
  readonly name: string
  readonly sets: readonly { readonly input: PlotInput; readonly pair: NamedPair }[]
}

/** All figures of all histograms that the inputs have in common. Pushes what is wrong to `problems`. */
export function figuresOf(inputs: readonly PlotInput[], plan: PlotPlan, problems: Problem[]): FiguresAndTables {
  const made: FiguresAndTables = { figures: [], tables: [] }
  let typed = false
  for (const { name } of inputs[0]!.pairs) {
    const sets = inputs.map(input => ({ input, pair: input.pairs.find(pair => pair.name === name)! }))
    const place = name === '' ? inputs[0]!.file : `${inputs[0]!.file} > ${name}`
    const histogram = { name, sets }
    const axes = axesOf(histogram, plan, place, problems)
    if (axes === undefined) continue
    typed ||= axes.single.some(axis => typeFor(axis, plan.plotType) !== undefined)
    try {
      if (plan.kinds.has('1d')) for (const axis of axes.single) drawSingle(histogram, axis, plan, made)
      for (const pair of axes.pairs) drawPair(histogram, pair, plan, made)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems.map(problem => ({ ...problem, place: `${place} > ${problem.place}` })))
    }
  }
  if (plan.plotType !== undefined && !typed && problems.length === 0) {
    const message = `is "${plan.plotType}", but none of the histograms is in ${variableOfType(plan.plotType)}. Leave it out.`
    problems.push({ place: '--plottype', message })
  }
  return made
}

function axesOf({ sets }: Histogram, plan: PlotPlan, place: string, problems: Problem[]) {
  const all = sets[0]!.pair.passing.axes.map(axis => axis.name).filter(name => name !== MASS_AXIS)
  const wrong = (plan.axes ?? []).filter(name => !all.includes(name))
  for (const name of wrong) {
    const message = `"${name}" is no axis of ${place} (${all.join(', ')}).${nearestHint(name, all)}`
    problems.push({ place: '--axes', message })
  }
  if (wrong.length > 0) return undefined
  const single = plan.axes ?? all
  const paired = plan.axes ?? pairedByDefault(all)
  return { single, pairs: paired.flatMap((a, i) => paired.slice(i + 1).map(b => [a, b] as const)) }
}

function pairedByDefault(names: readonly string[]): readonly string[] {
  const pt = names.find(name => variableOf(name) === 'pt')
  const eta = names.find(name => variableOf(name) === 'eta')
  return pt !== undefined && eta !== undefined ? [pt, eta] : names.slice(0, 2)
}

function typeFor(axis: string, type: PlotType | undefined): PlotType | undefined {
  return type !== undefined && variableOf(axis) === variableOfType(type) ? type : undefined
}

function tablesOf({ sets }: Histogram, axes: readonly string[], plan: PlotPlan): NamedEfficiencies[] {
  return sets.map(({ input, pair }) => ({
    name: input.name,
    table: efficiencyTable(pair.passing, pair.failing, { ...plan.table, axes }),
  }))
}

function remember({ name, sets }: Histogram, tables: readonly NamedEfficiencies[], made: FiguresAndTables): void {
  made.tables.push(...tables.map(({ table }, k) => ({ file: sets[k]!.input.file, name, table })))
}

/** File, filter, region: "HLT_Ele30", "barrel". */
function legendTitle({ name }: Histogram, { title }: PlotPlan): string[] {
  const region = name.split('/').slice(1).join(', ').replaceAll('_', ' ')
  return [...(title === undefined || title === '' ? [] : [title]), ...(region === '' ? [] : [region])]
}

function drawSingle(histogram: Histogram, axis: string, plan: PlotPlan, made: FiguresAndTables): void {
  const tables = tablesOf(histogram, [axis], plan)
  const plotType = typeFor(axis, plan.plotType)
  const options = { ...plan, plotType, title: legendTitle(histogram, plan) }
  checkLog(tables[0]!, options)
  remember(histogram, tables, made)
  const name = histogram.name === '' ? axis : histogram.name
  made.figures.push({ name: figureFileName(name), figure: efficiencyFigure(tables, options) })
}

function checkLog({ table }: NamedEfficiencies, options: EfficiencyFigureOptions): void {
  const axis = table.axes[0]!
  const style = axisStyle(axis, options.plotType)
  const [low] = options.xRange ?? style.range
  if (!(options.logX ?? style.log) || low > 0) return
  const message = `begins at ${low}, which a logarithmic axis cannot show. Give --x-range, or choose with --only or --axes.`
  throw new UsageError([{ place: `"${axis.name}"`, message }])
}

function drawPair(
  histogram: Histogram,
  [a, b]: readonly [string, string],
  plan: PlotPlan,
  made: FiguresAndTables,
): void {
  const prefix = histogram.name === '' ? '' : `${histogram.name}_`
  if (plan.kinds.has('slices')) {
    for (const [x, sliced] of [
      [a, b],
      [b, a],
    ] as const) {
      const tables = tablesOf(histogram, [x, sliced], plan)
      const options = { ...plan, plotType: typeFor(x, plan.plotType), title: legendTitle(histogram, plan) }
      checkLog(tables[0]!, options)
      const figures = sliceFigures(tables, options)
      figures.forEach((figure, k) => {
        const number = figures.length > 1 ? `_${k + 1}` : ''
        made.figures.push({ name: figureFileName(`${prefix}${x}_in_${sliced}${number}`), figure })
      })
    }
  }
  if (plan.kinds.has('maps')) drawMaps(histogram, a, b, plan, made, prefix)
  if (plan.kinds.has('maps') || plan.kinds.has('slices')) remember(histogram, tablesOf(histogram, [a, b], plan), made)
}

/** eta is drawn to the right, pt upwards. */
function drawMaps(
  histogram: Histogram,
  a: string,
  b: string,
  plan: PlotPlan,
  made: FiguresAndTables,
  prefix: string,
): void {
  const [x, y] = variableOf(a) === 'pt' && variableOf(b) !== 'pt' ? [b, a] : [a, b]
  const tables = tablesOf(histogram, [x, y], plan)
  const zRange = plan.zRange ?? efficiencyRange(tables.map(({ table }) => table.rows))
  const title = legendTitle(histogram, plan).join(', ')
  const what = title === '' ? '' : `${title}: `
  for (const { name, table } of tables) {
    const label = `${what}${plan.yLabel ?? 'efficiency'}, ${name}`
    const figure = efficiencyMap(table, { labels: plan.labels, label, zRange })
    made.figures.push({ name: figureFileName(`${prefix}${x}_${y}_${name}`), figure })
  }
  const [first, ...others] = tables
  if (!plan.ratio) return
  for (const { name, table } of others) {
    const label = `${what}${plan.ratioLabel ?? `scale factor, ${first!.name} / ${name}`}`
    const { labels, ratioErrors } = plan
    const figure = scaleFactorMap(first!.table, table, { labels, label, ratioErrors })
    made.figures.push({ name: figureFileName(`${prefix}${x}_${y}_${first!.name}_over_${name}`), figure })
  }
}
