/** The files of a local folder, for filesets of files that are at hand. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface LocalOptions {
  /** Include the folders within; links to folders are not followed, so that none is read twice. */
  readonly recursive: boolean
  /** Suffixes (".root"), in any case; null: all files. */
  readonly suffixes: readonly string[] | null
}

/** Absolute paths, links resolved, sorted by name; null where `folder` is no folder. Throws as node:fs does where it cannot
 *  be read. */
export async function listFolder(folder: string, { recursive, suffixes }: LocalOptions): Promise<string[] | null> {
  const found = await stat(folder).catch(() => null)
  if (!found?.isDirectory()) return null
  const entries = await readdir(folder, { recursive, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .filter(entry => suffixes === null || hasSuffix(entry.name, suffixes))
    .map(entry => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
  const files = await Promise.all(paths.map(fileBehind))
  return files.filter(file => file !== null)
}

/** A name that is nothing but the suffix (".root") has none, as in Python. */
function hasSuffix(name: string, suffixes: readonly string[]): boolean {
  const lower = name.toLowerCase()
  return suffixes.some(given => {
    const suffix = given.toLowerCase()
    const dotted = suffix.startsWith('.') ? suffix : `.${suffix}`
    return lower.endsWith(dotted) && lower.length > dotted.length
  })
}

/** null for links to folders or to nothing. */
async function fileBehind(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? realpath(path) : null
}
