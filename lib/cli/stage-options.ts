/** The command lines of the stages: their options and help. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { parseOrdered } from '../core/json-text.js'
import { duplicateFilesOption } from './duplicate-files-option.js'
import { ntupleFormatOption } from './ntuple-format-option.js'
import { addRemoteOptions } from './remote-options.js'
import type { StageCommand, StageFlags } from './stage-commands.js'

type Add = (command: Command) => Command

interface Described {
  readonly summary: string
  /** What comes in and goes out, for --help. */
  readonly input: string
  readonly output: string
  readonly example: string
  readonly add: Add
}

const FILESET = 'a fileset (JSON, gzipped or not)'
const CHUNKS = 'chunks: JSON lines'
const EVENTS = 'batches of events: Arrow IPC streams, one a dataset; a row is an event that is still in'
const PAIRS = 'pairs: the same, with a column "pairs", the list of tag-probe pairs of each event'
const TABLE = 'rows of an output table: Arrow IPC streams, one a dataset'
const HISTS = 'histograms: JSON lines {"dataset", "method", "filter", "histograms": {name: UHI}}, and a line {"end"}'

/** Options of the settings file as flags: on the stage that they steer. */
const NUMBERS = {
  'tags-pt-cut': "GeV; the tags' transverse momentum must be above it",
  'probes-pt-cut': 'GeV; that of the probes',
  'tags-abseta-cut': "the tags' |eta| must be below it",
  'probes-abseta-cut': 'that of the probes',
  'lead-pt-cut': 'GeV; scale and smearing',
  'sublead-pt-cut': 'GeV; scale and smearing',
  'eta-cut': 'scale and smearing',
} as const
const SWITCHES = {
  'use-sc-eta': 'eta of the supercluster',
  'use-sc-phi': 'phi of the supercluster',
  'avoid-ecal-transition-tags': 'no tags between barrel and endcaps',
  'avoid-ecal-transition-probes': 'no probes there',
  'avoid-ecal-transition': 'no electrons there; scale and smearing',
  'start-from-diphotons': 'photons: tags are photons, too',
} as const

const DESCRIBED: Readonly<Record<StageCommand, Described>> = {
  chunks: {
    summary: 'a fileset as chunks of events, the first stage of a pipe',
    input: `${FILESET}: a file, or "-" for stdin`,
    output: CHUNKS,
    example: 'tnp-pipe chunks fileset.json --config runner.json --sum-gen-weight | head -1',
    add: command =>
      jobOptions(command.addArgument(new Argument('[fileset]', 'a file, or "-" for stdin').default('-')))
        .option('--dataset <name...>', 'these datasets only')
        .option('--limit <n>', 'first n files of each dataset (negative: all but the last -n)', wholeNumber)
        .addOption(duplicateFilesOption())
        .option('--max-events <n>', 'most events of a chunk (default: what takes 32 MB, or 100000)', positive)
        .option('--sum-gen-weight', 'add up genWeight of simulation first, for `weight` (a job says itself)', false)
        .option('--without <report>', 'leave out the partitions that `decode --report` could not read'),
  },
  decode: {
    summary: 'read the branches that a job needs, or those that are named',
    input: CHUNKS,
    output: EVENTS,
    example: "tnp-pipe chunks fileset.json | tnp-pipe decode --branches 'Electron_*,TrigObj_*,HLT_Ele30*'",
    add: command =>
      jobOptions(command)
        .option('--branches <names>', 'read these, separated by commas; * stands for any characters', list)
        .option('--report <file>', 'write what was read, and what could not be, as JSON lines for `sink`')
        .option('--allow-read-errors [names]', 'report these errors and go on (a job says itself)', allowed)
        .option('--extra-filter <file::function>', "the user's own selection of events (of a job)")
        .option('--extra-filter-args <json>', 'its arguments', json),
  },
  weight: {
    summary: 'event weights of simulated NanoAOD; needs --sum-gen-weight at `chunks`',
    input: EVENTS,
    output: `${EVENTS}, with weight, weight_gen and weight_total (float64)`,
    example: '... | tnp-pipe weight | ...',
    add: jobOptions,
  },
  golden: {
    summary: 'keep the events of certified luminosity sections (data only)',
    input: EVENTS,
    output: EVENTS,
    example: '... | tnp-pipe golden --json golden.json | ...',
    add: command => jobOptions(command).option('--json <file>', 'golden JSON (default: what the fileset says)'),
  },
  pair: {
    summary: 'trigger, pairs of tag and probe, their cuts, and what the two are together',
    input: EVENTS,
    output: PAIRS,
    example: '... | tnp-pipe pair --tags-pt-cut 35 --use-sc-eta | ...',
    add: command => {
      jobOptions(command)
      for (const [name, text] of Object.entries(NUMBERS)) command.option(`--${name} <x>`, text, number)
      for (const [name, text] of Object.entries(SWITCHES)) {
        command.option(`--${name}`, text).addOption(new Option(`--no-${name}`, 'the opposite').hideHelp())
      }
      return command
        .option('--cutbased-id <text>', 'condition on the probe, as in the settings')
        .option('--extra-zcands-mask <text>', 'condition on the pair, as in the settings')
        .option('--trigger-paths <names>', 'starts of paths, separated by commas; scale and smearing', list)
    },
  },
  filter: {
    summary: 'a mass window, and for each pair and filter whether the probe passes',
    input: PAIRS,
    output: `${PAIRS}, with a boolean for each filter`,
    example: "... | tnp-pipe filter 'cutBased >= 4' 'HLT_Ele30_WPTight_Gsf:bit=1,pt=30' --mass-range 60,120 | ...",
    add: command =>
      methodOption(
        jobOptions(
          command.argument('[filters...]', 'expressions, columns, or paths PATH:bit=1,pt=30[,photon][,electron]'),
        ),
      )
        .option('--mass-range <range>', 'lo,hi in GeV, or the distance from the Z mass', massRange)
        .option('--cut-and-count', 'the default window of counting (within 30 GeV of the Z mass)')
        .option('--no-cut-and-count', 'the wide window of the fits (50 to 130 GeV)')
        .option('--require-event-to-pass-hlt-filter', 'an HLT_ filter asks for the path of the event as well')
        .addOption(new Option('--no-require-event-to-pass-hlt-filter', 'the opposite').hideHelp()),
  },
  select: {
    summary: 'the columns of an output table',
    input: PAIRS,
    output: TABLE,
    example: '... | tnp-pipe select --vars el_pt,el_eta --flat | tnp-pipe sink out/',
    add: command =>
      methodOption(jobOptions(command))
        .option('--vars <names>', 'columns, separated by commas, or "all"', columns)
        .option('--flat', 'a row a pair, rather than a row an event with lists')
        .option('--filter <name>', 'passing or failing probes of this filter')
        .option('--passing', 'the probes that pass it')
        .option('--failing', 'the probes that fail it'),
  },
  fill: {
    summary: 'histograms of passing and failing probes',
    input: PAIRS,
    output: HISTS,
    example: "... | tnp-pipe fill --vars el_pt,el_eta --filter 'cutBased >= 4' | tnp-pipe merge | tnp-pipe sink out/",
    add: command =>
      methodOption(jobOptions(command))
        .option('--vars <names>', 'axes, separated by commas', list)
        .option('--filter <name...>', 'fill these filters (default: all of the method)')
        .option('--cut-and-count', 'no mass axis')
        .option('--no-cut-and-count', 'with a mass axis')
        .option('--weight <column>', 'weight of each entry, or "none"'),
  },
  merge: {
    summary: 'add up the histograms of several `fill`s',
    input: HISTS,
    output: 'the same, one line for each dataset, method and filter',
    example: 'cat a.jsonl b.jsonl | tnp-pipe merge | tnp-pipe sink out/',
    add: command => command,
  },
  sink: {
    summary: 'write what comes: tables, histograms, or reports, named as `run` names them',
    input: `${TABLE}; or ${HISTS}; or the lines of \`decode --report\``,
    output: 'files below the folder',
    example: '... | tnp-pipe sink out/',
    add: command =>
      methodOption(jobOptions(command.argument('<folder>', 'where outputs go')))
        .option('--repartition-n-to-one <n>', 'n partitions into one file of a table', positive)
        .addOption(ntupleFormatOption()),
  },
}

/** The others open at most documents. */
const OPENS_FILES: ReadonlySet<string> = new Set<StageCommand>(['chunks', 'decode', 'golden', 'sink'])

/** One command a stage; `act` runs it. */
export function addStages(
  program: Command,
  finish: (command: Command) => Command,
  act: (stage: StageCommand, argument: string | string[] | undefined, flags: StageFlags) => Promise<void>,
): void {
  for (const [name, { summary, input, output, example, add }] of Object.entries(DESCRIBED)) {
    const command = add(finish(program.command(name)))
    if (OPENS_FILES.has(name)) addRemoteOptions(command)
    command
      .description(summary)
      .addHelpText(
        'after',
        `\nstdin:   ${input}\nstdout:  ${output}\n\n  ${example}\n\nUse pipes with \`set -o pipefail\`: otherwise their status is that of the last stage alone.`,
      )
      .action(async (...args: unknown[]) => {
        const command = args.at(-1) as Command
        const argument = args.length > 2 ? (args[0] as string | string[] | undefined) : undefined
        await act(name as StageCommand, argument, command.opts())
      })
  }
}

function jobOptions(command: Command): Command {
  return command
    .option('--config <runner.json>', 'the job; flags go over it, and what follows need not be told again')
    .option('--settings <settings.json>', 'as of `run`')
    .option('--binning <binning.json>', 'as of `run`')
    .option('--workflow <name>', 'the workflow, without a runner (default: ElectronTagNProbeFromNanoAOD)')
}

function methodOption(command: Command): Command {
  return command.option('--method <id>', 'a method of the runner with its number: get_nd_tnp_histograms_1')
}

function list(text: string): string[] {
  return text.split(',').filter(part => part !== '')
}

function columns(text: string): string[] | 'all' {
  return text === 'all' ? 'all' : list(text)
}

function number(text: string): number {
  const x = Number(text)
  if (text.trim() === '' || Number.isNaN(x)) throw new InvalidArgumentError('Wanted a number.')
  return x
}

function wholeNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('Wanted a whole number.')
  return Number(text)
}

function positive(text: string): number {
  const n = wholeNumber(text)
  if (n < 1) throw new InvalidArgumentError('Wanted a whole number above 0.')
  return n
}

function massRange(text: string): number | number[] {
  const numbers = text.split(',').map(number)
  if (numbers.length > 2) throw new InvalidArgumentError('Wanted lo,hi or one number.')
  return numbers.length === 1 ? numbers[0]! : numbers
}

function allowed(text: string): string[] {
  return list(text)
}

function json(text: string): unknown {
  try {
    return parseOrdered(text)
  } catch (error) {
    throw new InvalidArgumentError(`Wanted JSON (${(error as Error).message}).`)
  }
}
