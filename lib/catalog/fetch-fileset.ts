/** From a list of datasets to a fileset: looks every path up and puts together what belongs to one name. */
import { type Problem, UsageError } from '../core/errors.js'
import { joined, ordered } from '../core/ordered.js'
import type { DatasetEntry, DatasetPath } from './entries.js'

/** The document that jobs read: files with the name of their tree, and the metadata. */
export type Fileset = Readonly<Record<string, FilesetEntry>>
export interface FilesetEntry {
  readonly files: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface FetchOptions {
  /** The files of one path; what is wrong with it otherwise ("unknown dataset. Check ..."). */
  readonly lookUp: (path: string) => Promise<readonly string[] | Missing>
  /** Paths that are looked up at a time. */
  readonly atOnce: number
  /** Files to keep of each name, from the first; Infinity: all. */
  readonly limit: number
  readonly onFound?: (name: string, path: string, count: number) => void
  readonly onWarning?: (warning: Problem) => void
}

export interface Missing {
  readonly missing: string
  /** Other paths of the same name may make up for it: it is then a warning. */
  readonly tolerable: boolean
}

const TREE = 'Events'

/** The fileset of `entries`, names in order of first mention, files in the order of their paths. Entries of one name have
 *  their files and metadata united. Throws UsageError with all paths that have no files, and what `lookUp` throws. */
export async function fetchFileset(entries: readonly DatasetEntry[], options: FetchOptions): Promise<Fileset> {
  const wanted = entries.flatMap(entry => entry.paths.map(path => ({ name: entry.name, ...path })))
  const found = await inTurn(wanted, options.atOnce, async ({ name, path }) => {
    const files = await options.lookUp(path)
    if (!isMissing(files)) options.onFound?.(name, path, files.length)
    return files
  })
  checkFound(wanted, found, options)
  const metadata = mergeMetadata(entries, options)
  return ordered(
    [...metadata].map(([name, merged]) => {
      const files = found.flatMap((listed, i) => (wanted[i]!.name === name && !isMissing(listed) ? listed : []))
      const kept = [...new Set(files)].slice(0, options.limit)
      return [name, { files: ordered(kept.map(file => [file, TREE])), metadata: merged }]
    }),
  )
}

type Wanted = DatasetPath & { readonly name: string }
type Found = readonly string[] | Missing

function isMissing(found: Found): found is Missing {
  return 'missing' in found
}

function checkFound(wanted: readonly Wanted[], found: readonly Found[], { onWarning }: FetchOptions): void {
  const filled = new Set(wanted.filter((_, i) => !isMissing(found[i]!)).map(({ name }) => name))
  const problems: Problem[] = []
  found.forEach((files, i) => {
    if (!isMissing(files)) return
    const { name, path, place } = wanted[i]!
    const problem = { place, message: `${name}: ${JSON.stringify(path)}: ${files.missing}` }
    if (files.tolerable && filled.has(name)) onWarning?.(problem)
    else problems.push(problem)
  })
  if (problems.length > 0) throw new UsageError(problems)
}

/** Of keys that several entries of one name have, the last one counts. */
function mergeMetadata(entries: readonly DatasetEntry[], { onWarning }: FetchOptions) {
  const merged = new Map<string, Record<string, unknown>>()
  for (const { name, metadata, place } of entries) {
    const known = merged.get(name) ?? {}
    for (const [key, value] of Object.entries(metadata)) {
      if (!Object.hasOwn(known, key) || JSON.stringify(known[key]) === JSON.stringify(value)) continue
      const message = `metadata "${key}" of "${name}" was ${JSON.stringify(known[key])} before: ${JSON.stringify(value)} is used.`
      onWarning?.({ place, message })
    }
    merged.set(name, joined<unknown>(known, metadata))
  }
  return merged
}

/** The results in the order of the items, at most `atOnce` at work at a time. The first failure stops what has not begun. */
async function inTurn<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  let failed = false
  const lane = async () => {
    while (next < items.length && !failed) {
      const i = next++
      try {
        results[i] = await work(items[i]!)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}
