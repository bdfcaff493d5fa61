/** Repeating what failed for a passing reason, such as a busy service. */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Patience {
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number
  /** Attempts in all, at least 1. */
  readonly attempts: number
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly delayMs: number
}

export const PATIENCE: Patience = { timeoutMs: 120_000, attempts: 3, delayMs: 1000 }

/** A failure that may pass. */
export class Transient extends Error {
  readonly isTimeout: boolean
  constructor(message: string, options: { readonly isTimeout?: boolean; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.isTimeout = options.isTimeout ?? false
  }
}

/** What `attempt` returns. Tries again after Transient; throws the last one, and any other error at once. */
export async function retry<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let k = 1; ; k++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Transient) || k >= patience.attempts) throw error
      await sleep(patience.delayMs * 2 ** (k - 1))
    }
  }
}
