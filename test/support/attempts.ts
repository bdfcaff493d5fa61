/** Reading what is damaged, piece by piece: each may fail, with a documented error. */
import { DataError } from '../../lib/core/errors.js'

/** Runs pieces one by one and notes the names of the exceptions of those that fail; throws what is no DataError. */
export class Attempts {
  readonly failures: string[] = []

  readonly attempt = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      this.failures.push(error.exception)
    }
  }
}
