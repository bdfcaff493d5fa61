/** Files that a dataset lists twice under different names: by a link, by `./`, through two servers. Their events count twice. */
import type { DatasetFile } from './job.js'

/** What is done with them: the run ends before it begins; they are left out; they count, as in the reference. */
export const DUPLICATE_MODES = ['error', 'skip', 'keep'] as const
export type DuplicateMode = (typeof DUPLICATE_MODES)[number]

export interface Duplicate {
  /** Place in the list of files. */
  readonly index: number
  readonly path: string
  /** The one before it in the list that it is. */
  readonly of: string
}

/** The files whose events an earlier one of the same tree has already. keysOf: what tells files apart; two files with a key in common
 *  are one. Steps of one file that do not overlap are no duplicates. */
export function duplicateFiles(
  files: readonly DatasetFile[],
  keysOf: (file: DatasetFile) => readonly string[],
): Duplicate[] {
  const known = new Map<string, DatasetFile[]>()
  const found: Duplicate[] = []
  files.forEach((file, index) => {
    if (file.numEntries === 0) return
    const keys = keysOf(file).map(key => `${file.tree}\n${key}`)
    const before = keys.flatMap(key => known.get(key) ?? []).find(other => haveCommonEntries(file, other))
    if (before !== undefined) found.push({ index, path: file.path, of: before.path })
    else for (const key of keys) known.set(key, [...(known.get(key) ?? []), file])
  })
  return found
}

function haveCommonEntries(a: DatasetFile, b: DatasetFile): boolean {
  if (a.steps === null || b.steps === null) return true
  return a.steps.some(([start, stop]) => b.steps!.some(([from, to]) => start < to && from < stop))
}

/** UUID and entries as a key; none where files were written to be the same byte by byte, and have no UUID of their own. */
export function uuidKey(uuid: string | null, entries: number | null): string[] {
  return uuid === null || /^0{8}-/.test(uuid) ? [] : [`${uuid} ${entries}`]
}

const MOST_NAMED = 5

/** What there is to say of them. */
export function describeDuplicates(duplicates: readonly Duplicate[]): string {
  const named = duplicates.slice(0, MOST_NAMED).map(({ path, of }) => `"${path}" is "${of}"`)
  const more = duplicates.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
