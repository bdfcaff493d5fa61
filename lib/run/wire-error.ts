/** Errors on their way between threads, processes and machines. */
import { BugError, UsageError } from '../core/errors.js'
import type { WireError } from './messages.js'

export function wireError(error: unknown): WireError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack, ...(error instanceof UsageError ? { problems: error.problems } : {}) }
}

export function errorFromWire(error: WireError): Error {
  if (error.problems !== undefined) return new UsageError(error.problems)
  const made = new BugError(error.message)
  if (error.stack !== undefined) made.stack = error.stack
  return made
}
