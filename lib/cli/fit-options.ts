/** Options of `tnp-pipe fit` and `run-fitter`. */
import type { Command } from 'commander'
import type { LabelFlags } from './figure-labels.js'
import { addLabelOptions } from './label-options.js'
import { list } from './option-values.js'
import { positiveNumber } from './run-options.js'

export interface FitFlags extends LabelFlags {
  readonly config: string
  readonly output?: string
  /** Default: text where people read it, else json. */
  readonly format?: string
  /** A folder for figures. */
  readonly plots?: string
  readonly plotFormat?: readonly string[]
  readonly workers?: number
  readonly intervals: boolean
  readonly allowFailedBins: boolean
  /** Default: as the configuration has it, on a terminal. */
  readonly interactive?: boolean
  readonly progress: boolean
}

export function addFitOptions(command: Command): Command {
  const described = command
    .description('efficiencies by fits of the mass spectra of passing and failing probes')
    .requiredOption('--config <file>', "shapes, files and bins: the reference's JSON; - for stdin")
    .option(
      '--output <file>',
      "results: JSON, or by its name .csv, .parquet, .txt (default: the configuration's results_file)",
    )
    .option(
      '--format <name>',
      'of stdout: text, csv, json, efficiencies (default: text on a terminal and of run-fitter, else json)',
    )
    .option('--plots <folder>', "draw each bin into this folder (default: the configuration's plot_dir, as PNG)")
    .option('--plot-format <names>', 'svg, pdf, png, separated by commas (default: svg)', list)
    .option('--workers <n>', 'threads (default: all cores)', positiveNumber)
    .option('--no-intervals', 'leave out the profile intervals (MINOS) of the efficiency')
    .option(
      '--allow-failed-bins',
      'exit 0 where some bins could not be fitted, empty ones included; they are marked all the same',
      false,
    )
    .option('--interactive', 'then open the page of the fits, where bins can be fitted again (see tnp-pipe view)')
    .option('--no-interactive', "open none, whatever the configuration's interactive says")
    .option('--no-progress', 'show no progress')
  return addLabelOptions(described)
}
