import type { Command } from 'commander'
import { collectValues } from './run-options.js'

export function addDoctorOptions(command: Command): Command {
  return command
    .description(
      'tell what this machine gives to jobs, and what is missing of what the given one needs (exit status 1)',
    )
    .option('--config <runner.json>', 'a job whose needs are looked at, with its other documents')
    .option('--fileset <fileset.json>', 'its datasets')
    .option('--settings <settings.json>', 'its cuts and other options')
    .option('--binning <binning.json>', "edges of its histograms' axes")
    .option('--executor <name>', 'the executor that is to run it, as of run-analysis (default: threads)')
    .option('--python <path>', 'the Python that is to be looked at (default: TNP_PYTHON, else python3)')
    .option('--connect <url>', 'ask this server whether it answers, and how fast (repeatable)', collectValues, [])
    .option('--json', 'for programs', false)
}
