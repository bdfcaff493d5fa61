/** The commands that work on the outputs of runs: their options, and what they do. Those of the reference have its options. */
import { type Command, InvalidArgumentError } from 'commander'
import type { MergeFlags } from './merge.js'
import type { PrepareFlags } from './prepare.js'
import type { UnprocessedFlags } from './unprocessed.js'

/** Runs what a command does, prints what that gives, and sets the exit status. */
export type Print = (make: () => Promise<string>) => Promise<void>

type Describe = (command: Command, print: Print) => Command

export const OUTPUT_COMMANDS = {
  'prepare-histograms': (command, print) =>
    command
      .description('make the ROOT files of mass spectra that fitters read, and pickles of their binning')
      .requiredOption(
        '--source <file>',
        'histograms with cut_and_count false, of ours or the reference: .pkl or UHI JSON',
      )
      .requiredOption(
        '--target <file>',
        'the ROOT file; from a 1d method one for each variable and region: X_pt_barrel.root',
      )
      .requiredOption('--binning <file>', 'the pickle of its bins; named likewise')
      .option('--axes <names...>', 'axes to keep of an nd method; the others are summed over', ['el_eta', 'el_pt'])
      .action((flags: PrepareFlags) => print(async () => (await import('./prepare.js')).prepareHistograms(flags))),
  'hist-to-root': (command, print) =>
    command
      .description('write histograms as TH1D, TH2D or TH3D into a ROOT file, in folders by their names')
      .argument('<file>', 'written by the histogram methods, of ours or the reference: .pkl or UHI JSON')
      .option('--output <file>', 'the ROOT file (default: beside the input, with the suffix .root)')
      .action((file: string, flags: { output?: string }) =>
        print(async () => (await import('./hist-to-root.js')).histToRoot(file, flags)),
      ),
  'merge-parquet': (command, print) =>
    command
      .description('join Parquet files of one schema into one, row group by row group')
      .requiredOption('--source <path>', 'a file, a folder of .parquet files, or a quoted pattern with * ? [...] **')
      .requiredOption('--target <file>', 'the file to write')
      .action((flags: MergeFlags) => print(async () => (await import('./merge.js')).mergeParquetCommand(flags))),
  'get-unprocessed-partitions': (command, print) =>
    command
      .description('list the partitions that a run left undone or could not read, as a fileset for another run')
      .requiredOption('--input-json <file>', 'the preprocessed fileset that the run had')
      .requiredOption('--output-location <folder>', 'the output folder of the run')
      .option('--output-json <file>', 'where the fileset goes', 'missing_partitions.json')
      .option('--repartition-n-to-one <n>', 'as the run had it', wholeNumber)
      .action((flags: UnprocessedFlags) =>
        print(async () => (await import('./unprocessed.js')).unprocessedCommand(flags)),
      ),
} satisfies Readonly<Record<string, Describe>>

export type OutputCommandName = keyof typeof OUTPUT_COMMANDS

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Wanted a whole number above 0.')
  return Number(text)
}
