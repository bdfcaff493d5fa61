/** The options of `tnp-pipe preprocess`, which are those of coffea's preprocess, and the tools of `tnp-pipe fileset`. */
import { type Command, InvalidArgumentError } from 'commander'
import type { FILESET_TOOLS, FilesetFlags } from './fileset.js'
import { positiveNumber } from './run-options.js'

export function addPreprocessOptions(command: Command): Command {
  return command
    .description('open all files of a fileset, split them into steps, and store their UUIDs, entries and columns')
    .argument('[fileset]', 'a fileset; - or none: stdin')
    .option('--available <file>', 'where the fileset of readable files goes (.json or .json.gz; default: stdout)')
    .option('--all <file>', 'write the fileset with the unreadable files as well')
    .option('--step-size <n>', 'entries a step that are aimed at (default: whole files)', positiveNumber)
    .option('--align-clusters', 'let steps begin and end only where all branches begin a basket, or a cluster', false)
    .option('--recalculate-steps', 'make new steps also for files that have not changed', false)
    .option('--skip-bad-files', 'leave unreadable files out instead of stopping', false)
    .option('--file-exceptions <names>', 'what makes a file unreadable (default: OSError)', names)
    .option('--save-form', 'store the columns of each dataset, all of them (default: those that its files have alike)')
    .option('--no-save-form', 'do not')
    .option('--files-per-batch <n>', 'accepted, without effect on the result', positiveNumber)
    .option(
      '--step-size-safety-factor <x>',
      'with --align-clusters: warn of steps this much longer (default: 0.5)',
      number,
    )
    .option('--allow-empty-datasets', 'leave datasets without readable files out instead of stopping', false)
    .option('--jobs <n>', 'files opened at a time (default: 4, remote ones 20)', positiveNumber)
}

function names(text: string): string[] {
  return text.split(',').map(name => name.trim())
}

function collected(text: string, before: readonly string[] = []): string[] {
  return [...before, text]
}

function number(text: string): number {
  const x = Number(text)
  if (text.trim() === '' || !(x >= 0)) throw new InvalidArgumentError('Wanted a number from 0.')
  return x
}

export type ToolName = keyof typeof FILESET_TOOLS
type RunTool = (tool: ToolName, argument: string, path: string | undefined, flags: FilesetFlags) => Promise<void>

const ARGUMENTS: readonly (readonly [ToolName, string, string, string])[] = [
  ['max-files', '<n>', 'files', 'keep the first n files of each dataset'],
  ['max-chunks', '<n>', 'steps', 'keep the first n steps of each dataset'],
  ['max-chunks-per-file', '<n>', 'steps', 'keep the first n steps of each file'],
  ['slice-files', '<slice>', 'start:stop:step, as in Python', 'keep a slice of the files of each dataset'],
  ['slice-chunks', '<slice>', 'start:stop:step, as in Python', 'keep a slice of the steps of each dataset'],
]

/** Adds the tools below `tnp-pipe fileset`. Each takes a fileset, - or nothing for stdin. */
export function addFilesetTools(command: Command, run: RunTool): Command {
  command.description('cut a fileset down: fileset in, new fileset on stdout')
  const fileset = ['[fileset]', 'a fileset; - or none: stdin'] as const
  for (const [tool, argument, meaning, description] of ARGUMENTS) {
    const one = command
      .command(tool)
      .description(description)
      .argument(argument, meaning)
      .argument(...fileset)
    if (tool === 'slice-chunks') one.option('--per-file', 'of each file instead', false)
    one.action((text: string, path: string | undefined, flags: FilesetFlags) => run(tool, text, path, flags))
  }
  command
    .command('filter-files')
    .description('keep files that are known to have entries, or whose path matches')
    .argument(...fileset)
    .option('--match <pattern>', 'keep files whose path matches this regular expression')
    .action((path: string | undefined, flags: FilesetFlags) => run('filter-files', '', path, flags))
  command
    .command('failed-steps')
    .description('keep the files and steps that a run could not read')
    .argument(...fileset)
    .requiredOption('--report <dataset=file>', "the run's report.json of a dataset; once for each dataset", collected)
    .action((path: string | undefined, flags: FilesetFlags) => run('failed-steps', '', path, flags))
  return command
}
