/** `tnp-pipe plot FILE...`: figures of efficiencies from files of histograms. Everything is read, checked and drawn before the
 *  first file is written. */
import { hideAccess } from '../bytes/address.js'
import { type Problem, UsageError } from '../core/errors.js'
import { PLOT_TYPES, type PlotType } from '../plot/index.js'
import { intervalsAskedFor, warningsOf } from './efficiency.js'
import { methodOptions } from './efficiency-options.js'
import { type CommandReport, EXIT } from './exit.js'
import { checkText, labelsOf } from './figure-labels.js'
import { figuresOf, KINDS, type PlotPlan } from './plot-figures.js'
import { readInputs } from './plot-inputs.js'
import type { PlotFlags } from './plot-options.js'
import { checkChoices, drawFigures, formatsOf, writeFigures } from './write-figures.js'

/** Prints the names of the figures; warns of bins without interval. Throws UsageError with everything that is wrong with
 *  options and histograms, DataError where files cannot be read, OutputError where a figure cannot be written. */
export async function plot(files: readonly string[], flags: PlotFlags): Promise<CommandReport> {
  const problems: Problem[] = []
  const { plan, formats, kind } = planOf(flags, problems)
  const { inputs, filter } = await readInputs(files, flags, problems)
  for (const { name } of inputs) checkText('--names', name, problems)
  if (problems.length > 0) throw new UsageError(problems)
  const { figures, tables } = figuresOf(inputs, { ...plan, title: plan.title ?? filter }, problems)
  if (problems.length === 0 && figures.length === 0) {
    const message = `is ${flags.draw.join(',')}, but no histogram has two variables. Leave it out, or give a file of an nd method.`
    problems.push({ place: '--draw', message })
  }
  if (problems.length > 0) throw new UsageError(problems)
  const drawn = await drawFigures(figures, formats, flags.output)
  await writeFigures(flags.output, drawn)
  return {
    stdout: drawn.map(({ path }) => `${hideAccess(path)}\n`).join(''),
    stderr: tables.map(({ file, name, table }) => warningsOf({ file, name, interval: kind, ...table })).join(''),
    status: EXIT.done,
  }
}

function planOf(flags: PlotFlags, problems: Problem[]) {
  const formats = formatsOf(flags.format, problems)
  checkChoices('--draw', flags.draw, KINDS, problems)
  checkChoices('--plottype', flags.plottype === undefined ? [] : [flags.plottype], PLOT_TYPES, problems)
  if (flags.logX === true && flags.linearX === true) {
    problems.push({ place: '--log-x', message: 'and --linear-x exclude each other. Leave one of them out.' })
  }
  const intervals = intervalsAskedFor(flags)
  problems.push(...intervals.problems)
  const { title, xLabel, yLabel, ratioLabel, xRange, yRange, ratioRange, zRange } = flags
  const texts = { '--title': title, '--x-label': xLabel, '--y-label': yLabel, '--ratio-label': ratioLabel }
  for (const [place, text] of Object.entries(texts)) checkText(place, text, problems)
  const logX = flags.logX === true ? true : flags.linearX === true ? false : undefined
  const plan: PlotPlan = {
    ...{ title, xLabel, yLabel, ratioLabel, xRange, yRange, ratioRange, zRange, logX },
    kinds: new Set(flags.draw),
    axes: flags.axes,
    ratio: flags.ratio,
    plotType: flags.plottype as PlotType | undefined,
    ratioErrors: flags.referenceIntervals === true ? 'reference' : 'standard',
    labels: labelsOf(flags, problems),
    table: { ...intervals.options, flow: flags.flow, ...methodOptions(flags, problems) },
  }
  return { plan, formats, kind: intervals.kind }
}
