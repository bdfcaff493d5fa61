/** The figures of `tnp-pipe scale-factors --plots`: those of the EGM group's tool. */
import { type Problem, UsageError } from '../core/errors.js'
import { variableAxis } from '../hist/index.js'
import {
  type Measured,
  type ScaleFactorGrid,
  scaleFactorGridMap,
  scaleFactorSlices,
  transposed,
  uncertaintyMap,
} from '../plot/index.js'
import type { ScaleFactors, Uncertainty } from '../scale-factors/index.js'
import { checkText, labelsOf } from './figure-labels.js'
import type { ScaleFactorFlags } from './scale-factor-options.js'
import { type DrawnFile, drawFigures, figureFileName, formatsOf, type NamedFigure } from './write-figures.js'

/** What the flags ask for, checked before files are read. Throws UsageError. */
export function figurePlan(flags: ScaleFactorFlags) {
  const problems: Problem[] = []
  const formats = formatsOf(flags.plotFormat, problems, '--plot-format')
  const labels = labelsOf(flags, problems)
  checkText('--title', flags.title, problems)
  if (problems.length > 0) throw new UsageError(problems)
  return { formats, labels, title: flags.title }
}

type FigurePlan = ReturnType<typeof figurePlan>

/** The files of the figures. title: where the flags have none. */
export function drawScaleFactors(
  factors: ScaleFactors,
  plan: FigurePlan,
  title: string,
  folder: string,
): Promise<DrawnFile[]> {
  return drawFigures(scaleFactorFigures(factors, plan, title), plan.formats, folder)
}

/** Efficiencies against both variables in bins of the other, with scale factors below; maps of the scale factor and of each
 *  uncertainty, as it is and relative to the scale factor. */
function scaleFactorFigures(factors: ScaleFactors, plan: FigurePlan, title: string): NamedFigure[] {
  const grid = gridOf(factors)
  const { labels } = plan
  const lines = [plan.title ?? title].filter(text => text !== '')
  const [x, y] = factors.axes.map(axis => axis.name) as [string, string]
  const figures: NamedFigure[] = []
  for (const [name, turned] of [
    [`${y}_in_${x}`, transposed(grid)],
    [`${x}_in_${y}`, grid],
  ] as const) {
    const slices = scaleFactorSlices(turned, { labels, title: lines })
    slices.forEach((figure, k) => {
      figures.push({ name: figureFileName(slices.length > 1 ? `${name}_${k + 1}` : name), figure })
    })
  }
  const start = lines.length === 0 ? '' : `${lines[0]}: `
  figures.push({
    name: 'scale_factor',
    figure: scaleFactorGridMap(grid, { labels, label: `${start}scale factor, data / MC` }),
  })
  const failed = factors.status.map(status => status === 'failed')
  const { sources, statistical, systematic, total } = factors
  const kinds = [
    ...sources,
    { name: 'statistical', ...statistical },
    { name: 'systematic', ...systematic },
    { name: 'total', ...total },
  ]
  for (const { name, ...uncertainty } of kinds) {
    const absolute = means(uncertainty)
    const relative = absolute.map((value, bin) => (100 * value) / factors.scaleFactor[bin]!)
    for (const [suffix, label, values, digits] of [
      ['', `${start}uncertainty, ${name}`, absolute, 4],
      ['_relative', `${start}relative uncertainty, ${name} [%]`, relative, 2],
    ] as const) {
      const figure = uncertaintyMap(grid.x, grid.y, values, failed, { labels, label, digits })
      figures.push({ name: figureFileName(`uncertainty_${name}${suffix}`), figure })
    }
  }
  return figures
}

/** Of up and down. */
function means({ up, down }: Uncertainty): Float64Array {
  return up.map((x, bin) => (x + down[bin]!) / 2)
}

function gridOf(factors: ScaleFactors): ScaleFactorGrid {
  const [x, y] = factors.axes.map(variableAxis) as [ScaleFactorGrid['x'], ScaleFactorGrid['y']]
  const { dataEfficiency, mcEfficiency, scaleFactor, total, sources, status } = factors
  const statOf = (name: string) => sources.find(source => source.name === name)
  const [statData, statMC] = [statOf('statData'), statOf('statMC')]
  const cells = status.map((_, bin) => {
    const mc = mcEfficiency[bin]!
    const measured = (value: number, low: number | undefined, high: number | undefined): Measured => ({
      value,
      low: low ?? NaN,
      high: high ?? NaN,
    })
    // Uncertainties are those of scale factors: an efficiency's are that many efficiencies of simulation.
    const of = (value: number, source: Uncertainty | undefined) =>
      measured(value, source && mc * source.down[bin]!, source && mc * source.up[bin]!)
    return {
      data: of(dataEfficiency[bin]!, statData),
      simulation: of(mc, statMC),
      scaleFactor: measured(scaleFactor[bin]!, total.down[bin], total.up[bin]),
      failed: status[bin] === 'failed',
    }
  })
  return { x, y, cells }
}
