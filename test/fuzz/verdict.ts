/** Which ends of a case are as they must be, and what the others are called. */

/** What users' mistakes and damaged inputs end in (lib/core/errors.ts, lib/expr/error.ts). */
const DOCUMENTED = ['UsageError', 'DataError', 'OutputError', 'ClusterError', 'ExpressionError']

/** A case that takes longer hangs. */
export const HANG_MS = 10_000
export const MEMORY_BYTES = 500e6
/** A message longer than this hides what it says. */
const LONGEST_LINE = 20_000

export interface Find {
  /** wrong: a value; error: none of the documented kinds; hang, memory, crash. */
  readonly kind: 'wrong' | 'error' | 'text' | 'hang' | 'memory' | 'crash'
  readonly message: string
  readonly stack: string
}

/** A word for the outcome, or what was found. */
export function judge(error: unknown): string | Find {
  if (!(error instanceof Error)) return { kind: 'error', message: `${typeof error} was thrown`, stack: '' }
  const { name, message, stack = '' } = error
  if (name === 'Wrong') return { kind: 'wrong', message, stack }
  if (!DOCUMENTED.includes(name)) return { kind: 'error', message: `${name}: ${message}`, stack }
  const flaw = flawOf(message)
  if (flaw !== null) return { kind: 'text', message: `${name} ${flaw}: ${message.slice(0, 500)}`, stack }
  const { exception } = error as { exception?: string }
  return exception === undefined ? name : exception
}

function flawOf(message: string): string | null {
  if (message.trim() === '') return 'without a message'
  if (/\n\s+at .*[:(]\d+/.test(message)) return 'with a stack trace'
  if (message.includes('[object Object]')) return 'with an object for a text'
  if (/Cannot (?:read|set|convert|mix)|is not (?:a function|iterable|a constructor)|call stack/.test(message))
    return "with the engine's words"
  if (message.split('\n').some(line => line.length > LONGEST_LINE)) return 'with an endless line'
  return null
}

/** Equal for cases that meet the same fault: kind, message without its particulars, and where in the program. */
export function signatureOf({ kind, message, stack }: Find): string {
  const text = message
    .split('\n')[0]!
    .replaceAll(/"[^"]*"|'[^']*'/g, '""')
    .replaceAll(/-?\d[\d.e+]*/g, '0')
    .slice(0, 80)
  return `${kind} ${text} ${placeOf(stack)}`
}

/** The innermost function of the program on the stack, with file and line. */
function placeOf(stack: string): string {
  return /dist\/((?:lib|pipelines)\/[^:)]+:\d+)/.exec(stack)?.[1] ?? ''
}
