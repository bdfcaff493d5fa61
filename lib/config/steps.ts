/** Steps of a file: the ranges of entries that are read one at a time. Rules of coffea's file specification. */
import type { Cursor } from './cursor.js'

type Step = readonly [number, number]

/** Steps in order of their stop, with those beyond `numEntries` cut or dropped (the first is kept as it is: reading it then
 *  fails and is reported). null: the file is read as a whole. */
export function resolveSteps(file: Cursor, numEntries: number | null): Step[] | null {
  const cursor = file.get('steps')
  const given = cursor.or<Step[] | null>(null)
  if (given === null) return null
  const steps = given.map(([start, stop]): Step => [start, stop]).sort((a, b) => a[1] - b[1])
  if (!areOrdered(steps, cursor)) return null
  if (numEntries === null) return steps
  if (steps[0]![1] > numEntries) {
    cursor.warn(`step [${steps[0]!.join(', ')}) is beyond the file's ${numEntries} entries (num_entries).`)
  }
  return steps
    .filter(([start, stop], i) => i === 0 || stop <= numEntries || start < numEntries)
    .map(([start, stop], i) => (i === 0 ? [start, stop] : [start, Math.min(stop, numEntries)]))
}

function areOrdered(steps: readonly Step[], cursor: Cursor): boolean {
  for (let i = 0; i < steps.length; i++) {
    const [start, stop] = steps[i]!
    const before = steps[i - 1]
    if (stop < start) {
      cursor.problem(`step [${start}, ${stop}) stops before it starts. Swap the numbers or run preprocess again.`)
      return false
    }
    if (before !== undefined && start < before[1]) {
      cursor.problem(
        `steps [${before.join(', ')}) and [${start}, ${stop}) overlap: entries would count twice. Run preprocess again.`,
      )
      return false
    }
  }
  return true
}
