/** One call of a user of this folder, with all its requests, waits and new attempts: they end together. */
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { DataError } from '../../core/errors.js'
import type { RemoteSettings } from '../settings.js'
import { type HttpCredentials, httpCredentials } from './credentials.js'
import { givenUp, Transient } from './transient.js'

/** What holds for a file as long as it is open. */
export interface FileContext {
  /** What messages call the file. */
  readonly place: string
  readonly settings: RemoteSettings
}

export interface Context extends FileContext {
  readonly credentials: HttpCredentials
}

export interface Operation extends Context {
  /** Fired by the caller's signal, at the deadline, and when the operation is over: what is still under way then is destroyed.
   *  Its reason is what the operation throws. */
  readonly signal: AbortSignal
}

/** Runs `work` under the deadline, with the credentials of now. Throws what `work` throws, the reason of `signal` where that fires, DataError 'TimeoutError' at
 *  the deadline. */
export async function operate<T>(
  context: FileContext,
  signal: AbortSignal | undefined,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const own = new AbortController()
  setMaxListeners(0, own.signal)
  const stop = () => own.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const { deadlineMs } = context.settings
  const late = () => own.abort(pastDeadline(context.place, deadlineMs))
  const timer = setTimeout(late, deadlineMs)
  try {
    return await work({ ...context, credentials: httpCredentials(), signal: own.signal })
  } catch (error) {
    throw own.signal.aborted ? own.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    own.abort(new DataError('OSError', `${context.place}: the operation is over.`))
  }
}

/** Milliseconds before the second attempt, doubled before each further one. */
const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 30_000

/** What `attempt` returns. Tries again after Transient, later each time or when the server asks for it; a failure after `progress`
 *  has grown is a first one again. Throws DataError after the last, and any other error at once. */
export async function persist<T>(
  operation: Operation,
  attempt: () => Promise<T>,
  progress: () => number = () => 0,
): Promise<T> {
  const begun = Date.now()
  const { retries, deadlineMs } = operation.settings
  let failures = 0
  for (let before = progress(); ; before = progress()) {
    try {
      return await attempt()
    } catch (error) {
      operation.signal.throwIfAborted()
      if (!(error instanceof Transient)) throw error
      failures = progress() > before ? 1 : failures + 1
      if (failures > retries) throw givenUp(operation.place, error, failures)
      const delay = error.retryAfterMs ?? backOffMs(failures)
      if (Date.now() - begun + delay > deadlineMs) throw givenUp(operation.place, error, failures)
      await pause(delay, operation.signal)
    }
  }
}

/** Up to a quarter more or less: clients that failed together do not come back together. */
function backOffMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS) * (0.75 + Math.random() / 2)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal })
  } catch {
    throw signal.reason
  }
}

function pastDeadline(place: string, deadlineMs: number): DataError {
  return new DataError(
    'TimeoutError',
    `${place}: not done within ${deadlineMs / 1000} s. Try later, or allow more time.`,
  )
}
