/** The three kinds of failure: the caller's input (UsageError), a file or chunk (DataError), our own fault (BugError).
 *  Messages read "place: what is wrong (got, wanted). What to do." */

/** One problem of the caller's input. `place` is a file with a JSON pointer, an option or an output path. */
export interface Problem {
  readonly place: string
  readonly message: string
  /** Text to print under the message as it is: an expression with a caret. */
  readonly detail?: string
}

/** The caller's input is wrong; found before reading data; carries every problem that was found. Exit status 2. */
export class UsageError extends Error {
  static override [Symbol.hasInstance] = (value: unknown) => isNamed(value, 'UsageError')
  override readonly name = 'UsageError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}

export function formatProblem(p: Problem): string {
  return `${p.place}: ${p.message}${p.detail === undefined ? '' : `\n${p.detail}`}`
}

/** Python's name of the exception that a reader of such a file raises: reports carry it, and `allow_read_errors_with_report`
 *  lists such names. */
export type ReadExceptionName =
  | 'FileNotFoundError'
  | 'PermissionError'
  | 'IsADirectoryError'
  | 'OSError'
  | 'TimeoutError'
  | 'ConnectionError'
  | 'ValueError'
  | 'KeyError'
  | 'KeyInFileError'
  | 'DeserializationError'
  | 'NotImplementedError'

/** A file, tree, branch or chunk cannot be read. May be skipped and reported where the runner allows it. Exit status 1. */
export class DataError extends Error {
  static override [Symbol.hasInstance] = (value: unknown) => isNamed(value, 'DataError')
  override readonly name = 'DataError'
  readonly exception: ReadExceptionName
  constructor(exception: ReadExceptionName, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.exception = exception
  }
}

/** An output cannot be written (the disk is full, the folder is gone). Exit status 1. */
export class OutputError extends Error {
  static override [Symbol.hasInstance] = (value: unknown) => isNamed(value, 'OutputError')
  override readonly name = 'OutputError'
}

/** A cluster, or a task on it, failed in a way that has nothing to do with the files. Exit status 1. */
export class ClusterError extends Error {
  static override [Symbol.hasInstance] = (value: unknown) => isNamed(value, 'ClusterError')
  override readonly name = 'ClusterError'
}

/** A worker thread or process has ended that was not to: killed, or without memory. Exit status 1. */
export class WorkerError extends Error {
  static override [Symbol.hasInstance] = (value: unknown) => isNamed(value, 'WorkerError')
  override readonly name = 'WorkerError'
}

/** A program and a user's module may load two copies of this package: their errors are known by name, not by class. */
function isNamed(value: unknown, name: string): boolean {
  return value instanceof Error && value.name === name
}

/** An invariant of this program broke. Exit status 3. */
export class BugError extends Error {
  override readonly name = 'BugError'
}

/** The `n` names nearest to `name` by edit distance, nearest first; names further away than half its length are left out. */
export function nearest(name: string, names: Iterable<string>, n = 3): string[] {
  const limit = Math.max(2, Math.floor(name.length / 2))
  const found: { name: string; distance: number }[] = []
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), limit)
    if (distance <= limit) found.push({ name: candidate, distance })
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return found.slice(0, n).map(f => f.name)
}

/** ' Nearest: "a", "b".' or '' where nothing is near. */
export function nearestHint(name: string, names: Iterable<string>, n = 3): string {
  const near = nearest(name, names, n)
  return near.length === 0 ? '' : ` Nearest: ${near.map(x => JSON.stringify(x)).join(', ')}.`
}

/** Levenshtein distance, given up (limit + 1) as soon as it must exceed `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let best = i
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.min(row[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      row.push(cost)
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    previous = row
  }
  return previous[b.length]!
}
