/** How commands end: exit statuses, and what a user sees of an error. */
import { hideAccessIn } from '../bytes/address.js'
import { ClusterError, DataError, formatProblem, OutputError, UsageError, WorkerError } from '../core/errors.js'
import { type EndingSignal, statusOf } from './interrupts.js'
import { tooFewFiles } from './open-files.js'

/** A command that a signal ended has 128 and the number of the signal: 130, 143, 129. */
export const EXIT = { done: 0, incomplete: 1, usage: 2, bug: 3 } as const

/** What a command prints, where it ends with a status of its own. */
export interface CommandReport {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** Why a run was stopped from outside. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly signal: EndingSignal
  constructor(message: string, signal: EndingSignal = 'SIGINT') {
    super(message)
    this.signal = signal
  }
}

/** The text for the user and the exit status. A stack trace is shown for our own faults only, and only when asked for. */
export function describeFailure(error: unknown, debug = false): { readonly text: string; readonly status: number } {
  const { text, status } = describe(error, debug)
  return { text: hideAccessIn(text), status }
}

/** Errors that have their own reason. */
function isKnown(error: unknown): boolean {
  return [UsageError, DataError, OutputError, ClusterError, WorkerError].some(known => error instanceof known)
}

/** The file system refuses or fails. */
const OF_SYSTEM = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'ESTALE', 'EACCES', 'EPERM'])

function isOfSystem(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException
  return syscall !== undefined && OF_SYSTEM.has(code ?? '')
}

function describe(error: unknown, debug: boolean): { readonly text: string; readonly status: number } {
  if (!(error instanceof Interrupted)) {
    const few = tooFewFiles(error, !isKnown(error))
    if (few !== null) return { text: `error: ${few}`, status: EXIT.incomplete }
  }
  if (error instanceof UsageError) {
    const lines = error.problems.map(p => `error: ${formatProblem(p)}`)
    if (lines.length > 1) lines.push(`${lines.length} problems, nothing was read or written`)
    return { text: lines.join('\n'), status: EXIT.usage }
  }
  if (error instanceof DataError) {
    return { text: `error: ${error.message} (${error.exception})`, status: EXIT.incomplete }
  }
  if (error instanceof OutputError || error instanceof ClusterError || error instanceof WorkerError)
    return { text: `error: ${error.message}`, status: EXIT.incomplete }
  if (error instanceof Interrupted) return { text: error.message, status: statusOf(error.signal) }
  if (isOfSystem(error)) return { text: `error: ${(error as Error).message}`, status: EXIT.incomplete }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const text = `error: ${message}\nThis is a fault of tnp-pipe: please report it${debug ? `\n${stack}` : ' (run again with --debug for details)'}.`
  return { text, status: EXIT.bug }
}
