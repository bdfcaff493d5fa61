/** How long an operation may take, with all that it waits for. */
import { setMaxListeners } from 'node:events'
import { remoteSettings } from '../settings.js'
import { NoAnswer, Refused } from './failures.js'

/** Until when something must be done. */
export class Deadline {
  /** As performance.now() has it. */
  readonly at: number
  readonly #limitMs: number
  readonly signal: AbortSignal | undefined

  constructor(limitMs: number, signal?: AbortSignal) {
    this.#limitMs = limitMs
    this.at = performance.now() + limitMs
    this.signal = signal
    // A caller may read any number of ranges at once under one signal; Node warns of 11 listeners.
    if (signal !== undefined) setMaxListeners(0, signal)
  }

  get leftMs(): number {
    return Math.max(0, this.at - performance.now())
  }

  /** Milliseconds that a single request may go without an answer. */
  get requestMs(): number {
    return Math.max(1, Math.min(remoteSettings().timeoutMs, this.leftMs))
  }

  /** Waits; throws Refused at once where that would be past the deadline, and the signal's reason. */
  async sleep(ms: number, why: string): Promise<void> {
    this.signal?.throwIfAborted()
    if (ms >= this.leftMs) {
      const advice = 'Raise --timeout or uproot_options.timeout, or choose another redirector.'
      throw new Refused(`${why}: not done within ${this.#limitMs / 1000} s. ${advice}`, 'TimeoutError')
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        clearTimeout(timer)
        reject(this.signal!.reason as Error)
      }
      const timer = setTimeout(() => {
        this.signal?.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      this.signal?.addEventListener('abort', onAbort, { once: true })
    })
  }
}

/** Whatever is waited for, but not longer than until the deadline. Throws NoAnswer, and the signal's reason. */
export async function within<T>(work: Promise<T>, deadline: Deadline, server: string): Promise<T> {
  const { signal } = deadline
  if (signal?.aborted) {
    work.catch(() => {})
    throw signal.reason
  }
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`${server} was not done in time`)), deadline.leftMs)
    onAbort = () => reject(signal!.reason as Error)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
