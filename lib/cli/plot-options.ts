/** Options of `tnp-pipe plot`. */
import { type Command, InvalidArgumentError } from 'commander'
import { addMethodOptions, type MethodFlags } from './efficiency-options.js'
import type { LabelFlags } from './figure-labels.js'
import { addLabelOptions } from './label-options.js'
import { list, numbersOf } from './option-values.js'

export type Range = readonly [number, number]

export interface PlotFlags extends LabelFlags, MethodFlags {
  readonly output: string
  readonly format: readonly string[]
  readonly names?: readonly string[]
  readonly only?: readonly string[]
  readonly draw: readonly string[]
  readonly axes?: readonly string[]
  readonly plottype?: string
  readonly title?: string
  readonly xLabel?: string
  readonly yLabel?: string
  readonly ratioLabel?: string
  readonly xRange?: Range
  readonly yRange?: Range
  readonly ratioRange?: Range
  readonly zRange?: Range
  readonly logX?: boolean
  readonly linearX?: boolean
  readonly ratio: boolean
  readonly interval?: string
  readonly referenceIntervals?: boolean
  readonly flow: boolean
  readonly skipEmpty: boolean
}

export function addPlotOptions(command: Command): Command {
  const described = command
    .description('draw efficiencies, their ratios and maps from files of histograms, as SVG, PDF or PNG')
    .argument(
      '<files...>',
      'histograms of one filter: data, simulation, ... (.pkl or UHI JSON); ratios are first / other',
    )
    .option('--output <folder>', 'where the figures go', 'plots')
    .option('--format <names>', 'svg, pdf, png, separated by commas', list, ['svg'])
    .option(
      '--names <names>',
      'what the files are called in legends, separated by commas (default: their datasets)',
      list,
    )
    .option('--only <names>', 'histograms or groups of them, separated by commas: pt, eta/entire', list)
    .option('--draw <kinds>', '1d, slices (one variable in bins of another), maps', list, ['1d', 'slices', 'maps'])
    .option('--axes <names>', 'variables to draw, separated by commas; all pairs of them become slices and maps', list)
    .option('--plottype <name>', "pt_low_threshold, pt_high_threshold, eta, phi: the reference's ranges and labels")
    .option('--title <text>', "first line of the legend (default: the filter's name)")
  const labelled = addLabelOptions(described)
    .option('--x-label <text>', 'in place of what fits the variable; texts may have \\it{p}_{T}, x^{2}, \\bf{..}')
    .option('--y-label <text>', 'in place of "Efficiency"')
    .option('--ratio-label <text>', 'in place of "first / other"')
    .option('--x-range <low,high>', "default: the bins', or the plottype's", range)
    .option('--y-range <low,high>', 'default: 0,1.2', range)
    .option('--ratio-range <low,high>', 'default: 0.7,1.3', range)
    .option('--z-range <low,high>', "of a map's colours (default: its values')", range)
    .option('--log-x', 'logarithmic x axis (default: for wide ranges of transverse momentum)')
    .option('--linear-x', 'linear x axis')
    .option('--no-ratio', 'no panel of ratios, no maps of scale factors')
  return addMethodOptions(labelled)
    .option('--interval <kind>', 'clopper-pearson, wilson, jeffreys or bayesian (shortest, uniform prior)')
    .option('--reference-intervals', 'intervals and errors of ratios as the reference has them', false)
    .option('--flow', 'count what is below and above the axes that are summed over, too', false)
    .option('--skip-empty', 'leave out histograms without probes, in place of stopping', false)
}

function range(text: string): Range {
  const numbers = numbersOf(text)
  const [low, high] = numbers
  if (numbers.length !== 2 || !numbers.every(Number.isFinite) || !(low! < high!)) {
    throw new InvalidArgumentError('Wanted two ascending numbers: 0.7,1.3.')
  }
  return [low!, high!]
}
