/** Many small tasks, a few at a time. */
import { untilAborted } from '../core/abort.js'

/** Results in the order of the items, `limit` calls of `task` at a time. After a failure or an abort no further call is made;
 *  once those under way have ended, the failure of the earliest item is thrown. */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal | undefined,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  const failures: { readonly at: number; readonly error: unknown }[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      signal?.throwIfAborted()
      const at = next++
      try {
        const result = task(items[at]!)
        results[at] = await (signal === undefined ? result : untilAborted(result, signal))
      } catch (error) {
        failures.push({ at, error })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane))
  if (failures.length === 0) return results
  throw failures.reduce((first, other) => (other.at < first.at ? other : first)).error
}
