/** File systems that fail under a program that runs as it is: which of its calls do. */
import { readFileSync } from 'node:fs'

export interface Faults {
  /** Which calls count, as a regular expression of names: create (open a file that need not be there), open, write, writev, truncate, fsync, read, writeFile, mkdir, rename, link, rm, rmdir, unlink,
   *  copyFile, readdir, stat; those of files by handle, by number, at once and later have one name. */
  readonly calls: string
  /** Of which paths, as a regular expression. */
  readonly paths: string
  /** The number of the call that fails, from 1; default: none does. */
  readonly at?: number
  /** All after it fail as well: the disk stays full. */
  readonly ever?: boolean
  /** What it fails with: the name of an error, 'ENOSPC'; 'kill': the process kills itself instead, as kill -9 does. */
  readonly error: string
  /** Of what was to be written the first half is. */
  readonly torn?: boolean
  /** Whose calls: those of the program's own thread, or of its worker threads and processes. Default: the former. */
  readonly where?: 'workers'
  /** A file that gets a line for each call that counts. */
  readonly log?: string
}

const PRELOAD = new URL('./failing-files.js', import.meta.url).href

/** For a program's environment. */
export function failing(faults: Faults): Record<string, string> {
  return { NODE_OPTIONS: `--import=${PRELOAD}`, TNP_TEST_FAULTS: JSON.stringify(faults) }
}

export interface Counted {
  readonly call: string
  readonly path: string
}

/** The calls that a log lists. */
export function countedCalls(log: string): Counted[] {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return lines.map(line => {
    const [, call, path] = /^\d+ (\w+) (.*)$/.exec(line)!
    return { call: call!, path: path! }
  })
}
