/** What the values of options and arguments can be. */
import type { Argument, Command, Option } from 'commander'
import { EXECUTOR_NAMES } from '../../config/executor.js'
import { WORKFLOWS } from '../../config/workflows.js'
import { filterNames, methodNames } from './documents.js'

/** files: endings of names, [] for all. */
export interface Candidates {
  readonly words: readonly string[]
  readonly files?: readonly string[]
  readonly folders?: boolean
}

const NOTHING: Candidates = { words: [] }
const INTERVALS = ['clopper-pearson', 'wilson', 'jeffreys', 'bayesian']
const MODULES = ['mjs', 'js', 'ts']
const HISTOGRAMS = ['pkl', 'json', 'root']

/** Values by the option's flags, for options that commander does not know the choices of. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--executor <name>': EXECUTOR_NAMES,
  '--workflow <name>': Object.keys(WORKFLOWS),
  '--interval <kind>': INTERVALS,
  '--method <name>': ['count', 'sideband'],
  '--format <names>': ['svg', 'pdf', 'png'],
  '--plot-format <names>': ['svg', 'pdf', 'png'],
}
/** The same, where they depend on the command. */
export const COMMAND_VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  efficiency: { '--format <name>': ['text', 'csv', 'json'] },
  fit: { '--format <name>': ['text', 'csv', 'json', 'efficiencies'] },
  'run-fitter': { '--format <name>': ['text', 'csv', 'json', 'efficiencies'] },
  credentials: { '--format <name>': ['text', 'json'] },
  trigger: { '--mode <name>': ['from_nanoaod', 'from_mini_ntuples', 'from_nano_ntuples'] },
}

/** typed: the words of the command line, for names that its documents have. */
export function valuesOf(option: Option, command: Command, typed: readonly string[]): Candidates {
  if (option.argChoices !== undefined) return { words: option.argChoices }
  const named = COMMAND_VALUES[command.name()]?.[option.flags] ?? VALUES[option.flags]
  if (named !== undefined) return { words: named }
  if (/^--filter /.test(option.flags)) return { words: filterNames(typed) }
  if (option.flags === '--method <id>') return { words: methodNames(typed) }
  return byPlaceholder(/[<[]([^>\]]+)/.exec(option.flags)?.[1] ?? '')
}

/** By the name of what is wanted, as --help has it. */
function byPlaceholder(name: string): Candidates {
  if (/\.json$/.test(name)) return { words: [], files: ['json', 'json.gz'] }
  if (/^module/.test(name)) return { words: [], files: MODULES }
  if (/^folder$/.test(name)) return { words: [], folders: true }
  const [, ending] = /^file\.(\w+)$/.exec(name) ?? []
  if (ending !== undefined) return { words: [], files: [ending] }
  return /^(file|path|dataset=file|report)$/.test(name) ? { words: [], files: [] } : NOTHING
}

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  inspect: ['root'],
  'merge-goldenjson': ['json', 'json.gz'],
  efficiency: HISTOGRAMS,
  plot: HISTOGRAMS,
  chunks: ['json', 'json.gz'],
  preprocess: ['json', 'json.gz'],
}

export function argumentValues(argument: Argument, command: Command): Candidates {
  if (argument.argChoices !== undefined) return { words: argument.argChoices }
  const name = argument.name()
  if (name === 'run' || name === 'folder') return { words: [], folders: true }
  if (/url|name|shell|fraction|regex|pattern|^n$/i.test(name)) return NOTHING
  return { words: [], files: ARGUMENTS[command.name()] ?? [] }
}
