/** What may follow on a command line, for the shells' scripts (scripts.ts). */
import type { Command, Option } from 'commander'
import { argumentValues, type Candidates, valuesOf } from './values.js'

/** A word, and what it is. */
type Described = readonly [word: string, description: string]

export interface Completion {
  readonly words: readonly Described[]
  /** Files with these endings, [] for all; null: no files. */
  readonly files: readonly string[] | null
  readonly folders: boolean
}

const NONE: Completion = { words: [], files: null, folders: false }

/** words: the command line as typed, the program's name first, up to the word that is to be completed, "" where it is not begun. */
export function complete(program: Command, words: readonly string[]): Completion {
  const typed = joinEquals(words.slice(1)).map(unquoted)
  const current = typed.at(-1) ?? ''
  const { command, waiting, operands } = walk(program, typed.slice(0, -1))
  if (waiting !== null) return begun(valuesOf(waiting, command, typed), current)
  const [, flag, start] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? []
  if (flag !== undefined) {
    const option = command.options.find(({ long }) => long === flag)
    return option === undefined ? NONE : begun(valuesOf(option, command, typed), start!, `${flag}=`)
  }
  if (current.startsWith('-')) return optionsOf(command, current, typed)
  if (command.commands.length > 0 && operands === 0) return commandsOf(command, current)
  const argument = command.registeredArguments[operands] ?? command.registeredArguments.at(-1)
  if (argument === undefined || (operands >= command.registeredArguments.length && !argument.variadic)) return NONE
  return begun(argumentValues(argument, command), current)
}

/** Which command it is, the option that waits for its value, and the number of arguments. */
function walk(
  program: Command,
  typed: readonly string[],
): { command: Command; waiting: Option | null; operands: number } {
  let command = program
  let waiting: Option | null = null
  let operands = 0
  for (const word of typed) {
    if (waiting !== null && !(waiting.variadic && word.startsWith('-'))) {
      if (!waiting.variadic) waiting = null
      continue
    }
    waiting = null
    if (word.startsWith('-') && word !== '-') {
      const option = command.options.find(({ long, short }) => word === long || word === short)
      if (option !== undefined && (option.required || option.optional)) waiting = option
      continue
    }
    const child = operands === 0 ? command.commands.find(each => each.name() === word) : undefined
    if (child !== undefined) command = child
    else operands++
  }
  return { command, waiting, operands }
}

/** Those that have not been given, but for those that may be again. */
function optionsOf(command: Command, current: string, typed: readonly string[]): Completion {
  const given = new Set(typed.slice(0, -1).map(word => word.replace(/=.*$/s, '')))
  const words: Described[] = command.options
    .filter(({ hidden, long, defaultValue }) => !hidden && (!given.has(long ?? '') || Array.isArray(defaultValue)))
    .map(({ long, short, description }) => [long ?? short ?? '', oneLine(description)])
  words.push(['--help', 'display help for command'])
  return { ...NONE, words: words.filter(([word]) => word.startsWith(current)) }
}

function commandsOf(command: Command, current: string): Completion {
  const words = command
    .createHelp()
    .visibleCommands(command)
    .map((child): Described => [child.name(), oneLine(child.description())])
  return { ...NONE, words: words.filter(([word]) => word.startsWith(current)) }
}

function begun({ words, files, folders }: Candidates, current: string, before = ''): Completion {
  const fitting = words.filter(word => word.startsWith(current)).map((word): Described => [`${before}${word}`, ''])
  // After --option= shells complete paths by themselves or not at all.
  return { words: fitting, files: before === '' ? (files ?? null) : null, folders: before === '' && folders === true }
}

/** bash takes "=" for a word of its own. */
function joinEquals(words: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '=' && /^--[\w-]+$/.test(out.at(-1) ?? '')) {
      if (i + 1 >= words.length) out.push('')
    } else out.push(words[i]!)
  }
  return out
}

/** As typed, quotes and all. */
function unquoted(word: string): string {
  if (/^['"]/.test(word)) return word.slice(1).replace(word.length > 1 ? new RegExp(`${word[0]}$`) : /$^/, '')
  return word.replaceAll(/\\(.)/gs, '$1')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

/** A line a word, with its description behind a tab; before them, what files are wanted. */
export function completionText({ words, files, folders }: Completion): string {
  const lines = words.map(([word, description]) => `${word}\t${description}`)
  if (files !== null) lines.unshift(`:files ${files.join(' ')}`.trimEnd())
  else if (folders) lines.unshift(':folders')
  return lines.map(line => `${line}\n`).join('')
}
