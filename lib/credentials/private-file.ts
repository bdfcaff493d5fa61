/** Files that hold secrets: small, regular, and for nobody but the user. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { UsageError } from '../core/errors.js'

/** Proxies with VOMS attributes take some 10 kB. */
const MAX_BYTES = 1_000_000

export interface SmallFile {
  /** As latin1. */
  readonly text: string
  readonly mode: number
  /** Number of the owner. */
  readonly uid: number
  /** Somebody besides the owner may do something with the file. Windows keeps its permissions elsewhere: false. */
  readonly isOpenToOthers: boolean
}

/** `kind` names the file in messages. Throws the ENOENT as it is; UsageError where the file cannot be read, or is no small regular
 *  file. */
export function readSmallFile(path: string, kind: string): SmallFile {
  try {
    return read(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw error
    throw wrong(path, `the ${kind} cannot be read (${message}). Check its permissions.`)
  }
}

/** Throws UsageError where others may read the file as well. */
export function checkPrivate(path: string, { mode, isOpenToOthers }: SmallFile, kind: string): void {
  if (!isOpenToOthers) return
  const bits = (mode & 0o777).toString(8).padStart(4, '0')
  throw wrong(path, `others may read this ${kind} (mode ${bits}, wanted 0600). chmod 600 ${path}`)
}

function read(path: string): SmallFile {
  // A pipe that nobody writes to must not block the program.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is no regular file')
    if (stats.size > MAX_BYTES) throw new Error(`${stats.size} bytes, at most ${MAX_BYTES} are sensible`)
    const { mode, uid } = stats
    const isOpenToOthers = process.platform !== 'win32' && (mode & 0o077) !== 0
    return { text: readFileSync(file, 'latin1'), mode, uid, isOpenToOthers }
  } finally {
    closeSync(file)
  }
}

function wrong(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
