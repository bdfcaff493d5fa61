/** Options of `tnp-pipe scale-factors`. */
import type { Command } from 'commander'
import type { LabelFlags } from './figure-labels.js'
import { addLabelOptions } from './label-options.js'
import { list } from './option-values.js'

export interface ScaleFactorFlags extends LabelFlags {
  readonly config: string
  readonly output: string
  readonly allowFailedBins: boolean
  /** A folder for figures. */
  readonly plots?: string
  readonly plotFormat: readonly string[]
  /** First line of legends. */
  readonly title?: string
}

export function addScaleFactorOptions(command: Command): Command {
  const described = command
    .description(
      'make scale factors from efficiencies of data and simulation, as JSON, CSV, ROOT and for correctionlib',
    )
    .requiredOption('--config <file>', 'where the efficiencies are, and how uncertainties are made of them')
    .requiredOption('--output <folder>', 'where the files go')
    .option('--allow-failed-bins', 'exit 0 where some bins have no scale factor; they are marked all the same', false)
    .option('--plots <folder>', 'draw efficiencies, scale factors and uncertainties into this folder')
    .option('--plot-format <names>', 'svg, pdf, png, separated by commas', list, ['svg'])
    .option('--title <text>', 'first line of legends (default: working point and year of the correction)')
  return addLabelOptions(described)
}
