/** The commands on batch runs, and what they take. */
import type { Command } from 'commander'
import type { CommandReport } from './exit.js'
import { addRemoteOptions } from './remote-options.js'
import { BATCH_RESOURCE_OPTIONS, collectValues, wholeNumber } from './run-options.js'

type Print = (make: () => Promise<CommandReport>) => Promise<void>

/** `print` prints what a command gives and sets the exit status. */
export function addBatchCommands(
  program: Command,
  finish: (command: Command) => Command,
  print: Print,
  setStatus: (status: number) => void,
): void {
  const add = (name: string) =>
    finish(program.command(name)).argument(
      '<run>',
      'the output folder of a run with --executor batch/..., or its batch folder',
    )
  add('status')
    .description(
      'tell what becomes of the jobs of a batch run. Exit status: 0 all results are there, 4 some are to come, 1 some will not come by themselves',
    )
    .option('--json', 'for programs', false)
    .option('--log-lines <n>', 'last lines of the logs of jobs that failed (default: 5)', wholeNumber, 5)
    .action((run: string, flags) => print(async () => (await load()).statusCommand(run, flags)))
  const again = addRemoteOptions(add('resubmit')).description(
    'submit the jobs again that failed, are held or got lost; those that took too much memory in halves, unless there is more now',
  )
  for (const [flags, description, parser] of BATCH_RESOURCE_OPTIONS) {
    if (parser === undefined) again.option(flags, description)
    else again.option(flags, description, parser)
  }
  again
    .option('--job-option <text>', 'an option of sbatch, or a line of a submit file (repeatable)', collectValues, [])
    .action((run: string, flags) => print(async () => (await load()).resubmitCommand(run, flags)))
  addRemoteOptions(add('collect'))
    .description('wait for the jobs of a batch run and write its outputs')
    .option('--no-wait', 'end with status 1 where results are missing')
    .option('--debug', 'log everything, as JSON lines on stderr', false)
    .option('--log-file <path>', 'append the log, as JSON lines, to this file')
    .option('--profile', 'print where the time went: stage by stage, and within reading', false)
    .option('--no-progress', 'show no progress')
    .option('--no-summary', 'print no summary at the end')
    .action(async (run: string, flags) => setStatus(await (await load()).collectCommand(run, flags)))
  add('cancel')
    .description('take the jobs of a batch run back; what they have done is kept')
    .action((run: string) => print(async () => (await load()).cancelCommand(run)))
}

async function load() {
  return await import('./batch.js')
}
