/** The options of run-analysis, which are those of the reference, and a few of our own. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { BatchFlags } from '../batch/options.js'
import type { ClusterFlags } from '../cluster/flags.js'
import type { DuplicateMode } from '../config/index.js'
import type { NtupleFormat } from '../core/ntuple-format.js'
import { duplicateFilesOption } from './duplicate-files-option.js'
import { ntupleFormatOption } from './ntuple-format-option.js'
import { addRemoteOptions, type RemoteFlags } from './remote-options.js'

export interface RunFlags extends RemoteFlags, ClusterFlags, BatchFlags {
  readonly detach: boolean
  readonly batchFolder?: string
  readonly eventsPerJob?: number
  readonly config: string
  /** undefined or '-': on stdin. */
  readonly fileset?: string
  readonly settings?: string
  readonly binning?: string
  readonly output: string
  readonly stage: readonly string[]
  readonly workflow?: string
  readonly executor?: string
  readonly limit?: number
  readonly preprocess: boolean
  readonly duplicateFiles?: DuplicateMode
  readonly skipReport: boolean
  readonly repartitionNToOne?: number
  readonly ntupleFormat?: NtupleFormat
  readonly printNecessaryColumns: boolean
  readonly debug: boolean
  readonly workers?: number
  readonly logFile?: string
  readonly profile: boolean
  readonly progress: boolean
  readonly summary: boolean
  readonly resume: boolean
  readonly journal: boolean
  readonly redirector?: string
  readonly dashboardAddress?: string
}

/** Options that steer a cluster: accepted, so that existing command lines work, and without effect on local executors. */
const CLUSTER_OPTIONS: readonly (readonly [string, string])[] = [
  ['--cores <n>', 'cores per worker'],
  ['--memory <size>', 'memory per worker'],
  ['--disk <size>', 'disk per worker'],
  ['--scaleout <n>', 'largest number of workers'],
  ['--adaptive <bool>', 'scale with the load'],
  ['--port <n>', 'port of the scheduler'],
  ['--jobflavour <name>', 'job flavour on lxplus'],
  ['--queue <name>', 'batch queue'],
  ['--python <path>', 'Python with `distributed` (default: TNP_PYTHON, else python3)'],
  ['--walltime <time>', 'time limit of a batch job'],
  ['--log-directory <path>', "folder of the batch jobs' logs"],
  ['--tls', 'encrypt what driver, scheduler and workers say to each other'],
  ['--image <path>', 'container image of the workers (lxplus, lpc, casa)'],
  ['--scheduler-host <address>', 'address of this machine under which workers reach the scheduler'],
  ['--performance-report <file.html>', "Dask's own record of the run"],
]

/** What batch jobs ask for; the same as CLUSTER_OPTIONS, with a help of its own. */
export const BATCH_RESOURCE_OPTIONS: readonly (readonly [string, string, ((text: string) => number)?])[] = [
  ['--cores <n>', 'cores of a job', wholeNumber],
  ['--memory <size>', 'memory of a job'],
  ['--disk <size>', 'room for temporary files of a job'],
  ['--scaleout <n>', 'most jobs at a time', wholeNumber],
  ['--queue <name>', "Slurm's partition"],
  ['--walltime <time>', 'time limit of a job, hours:minutes:seconds'],
  ['--jobflavour <name>', 'job flavour on lxplus'],
  ['--log-directory <path>', "folder of the jobs' logs"],
]

/** Of the executors batch/slurm and batch/condor alone. */
function addBatchOptions(command: Command): Command {
  return command
    .option('--detach', 'batch/...: leave when all jobs have been submitted', false)
    .option(
      '--batch-folder <path>',
      "batch/...: folder of the run, shared with the jobs' hosts (default: in the output)",
    )
    .option(
      '--events-per-job <n>',
      'batch/...: events of a job (default: those whose branches take 1 GB)',
      positiveNumber,
    )
    .option(
      '--job-option <text>',
      'batch/...: an option of sbatch, or a line of a submit file (repeatable)',
      collectValues,
      [],
    )
}

/** The files that a job is made of, and where its outputs go. */
export function addJobOptions(command: Command, options: { readonly filesetOnStdin: boolean }): Command {
  const stdin = options.filesetOnStdin ? ' (default: "-", stdin)' : ''
  return command
    .requiredOption('--config <runner.json>', 'workflow, its options, and the methods to run')
    .option('--fileset <fileset.json>', `datasets, their files and metadata${stdin}`)
    .option('--settings <settings.json>', 'cuts and other options; goes before workflow_args')
    .option('--binning <binning.json>', "edges of the histograms' axes")
    .option('--output <folder>', 'where outputs go', '.')
    .addOption(ntupleFormatOption())
    .option('--stage <module[::export]>', 'a stage of your own (repeatable)', collectValues, [])
    .option('--workflow <module[::export]>', "a workflow of your own, with the options and methods of the runner's")
}

export function addRunOptions(command: Command): Command {
  addJobOptions(command, { filesetOnStdin: true })
    .option(
      '--executor <name>',
      'threads (default), processes, sync; distributed (Dask here), dask/slurm|condor|lxplus|lpc|casa, tcp:// or tls:// (a scheduler), python:/site.py:function; batch/slurm, batch/condor (job arrays); outputs are the same',
    )
    .option('--limit <n>', 'first n files of each dataset (negative: all but the last -n)', wholeNumber)
    .option('--preprocess', 'open all files first, split them into steps, and leave out the unreadable ones', false)
    .addOption(duplicateFilesOption())
    .option('--skip-report', 'write no report files', false)
    .option('--repartition-n-to-one <n>', 'write n partitions into one file of a table', positiveNumber)
    .option('--print-necessary-columns', 'print the branches that each dataset needs', false)
    .option('--debug', 'log everything, as JSON lines on stderr', false)
    .option('--log-file <path>', 'append the log, as JSON lines, to this file')
    .option('--workers <n>', 'worker threads or processes (default: what is fastest, up to all cores)', positiveNumber)
    .option('--profile', 'print where the time went: stage by stage, and within reading', false)
    .option('--resume', 'continue the run that was stopped in this output folder', false)
    .option('--no-journal', 'write nothing down for --resume')
    .option('--no-progress', 'show no progress')
    .option('--no-summary', 'print no summary at the end')
    .option(
      '--dashboard-address <[host:]port>',
      "a page of the run while it goes on, for browsers on this machine (0: at a port that is free); clusters: Dask's",
    )
  addRemoteOptions(command).option(
    '--redirector <url>',
    'read files through it: put it in front of their /store/ names',
  )
  addBatchOptions(command)
  for (const [flags, description] of CLUSTER_OPTIONS) {
    command.addOption(new Option(flags, `${description} (clusters only)`).argParser(clusterParser(flags)).hideHelp())
  }
  return command.addHelpText(
    'after',
    '\nFor clusters; local executors accept them without effect (docs/clusters.md says which count):\n  ' +
      CLUSTER_OPTIONS.map(([flags]) => flags.split(' ')[0]).join(' '),
  )
}

export function collectValues(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function clusterParser(flags: string): (text: string) => unknown {
  if (flags.endsWith('<n>')) return wholeNumber
  if (flags.endsWith('<bool>')) return boolean
  return text => text
}

export function wholeNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('Wanted a whole number.')
  return Number(text)
}

export function positiveNumber(text: string): number {
  const n = wholeNumber(text)
  if (n < 1) throw new InvalidArgumentError('Wanted a whole number above 0.')
  return n
}

function boolean(text: string): boolean {
  if (/^(true|1|yes|on)$/i.test(text)) return true
  if (/^(false|0|no|off)$/i.test(text)) return false
  throw new InvalidArgumentError('Wanted true or false.')
}
