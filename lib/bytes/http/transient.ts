/** Failures that may pass, and how they are told when they do not. */
import { DataError } from '../../core/errors.js'

export interface TransientOptions {
  readonly isTimeout?: boolean
  /** What the server asked for by Retry-After; null: nothing. */
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
}

/** A failure after which the same request may succeed. The message is a clause without its place: `no answer within 60 s`. */
export class Transient extends Error {
  readonly isTimeout: boolean
  readonly retryAfterMs: number | null
  constructor(message: string, { isTimeout = false, retryAfterMs = null, cause }: TransientOptions = {}) {
    super(message, { cause })
    this.isTimeout = isTimeout
    this.retryAfterMs = retryAfterMs
  }
}

/** The last of `attempts` failures. */
export function givenUp(place: string, error: Transient, attempts: number): DataError {
  const after = attempts === 1 ? '' : `, ${attempts} attempts`
  const advice = error.isTimeout
    ? 'Raise --timeout or uproot_options.timeout, or try later.'
    : 'Check the network and the server, or try later.'
  const message = `${place}: ${error.message}${after}. ${advice}`
  return new DataError(error.isTimeout ? 'TimeoutError' : 'ConnectionError', message, { cause: error.cause })
}

/** RFC 9110 10.2.3: seconds, or a date. In milliseconds from now on; null where it says neither. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined) return null
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
