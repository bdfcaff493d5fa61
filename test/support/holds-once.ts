/** Limits of time on a machine that others use as well. */
import { Assertion } from 'uvu/assert'

/** Checks up to `tries` times what must hold once: a limit that is kept at all is kept by the program, one that is missed may be missed
 *  by the machine. What fails for another reason than an assertion is thrown at once. */
export async function holdsOnce(tries: number, check: () => void | Promise<void>): Promise<void> {
  for (let k = 1; ; k++) {
    try {
      await check()
      return
    } catch (error) {
      if (k >= tries || !(error instanceof Assertion)) throw error
    }
  }
}
