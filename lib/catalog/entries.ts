/** Lists of datasets, as they are read. */
import type { Problem } from '../core/errors.js'

/** One entry: a name of the fileset and where its files are. Several entries may have one name. */
export interface DatasetEntry {
  readonly name: string
  /** Dataset paths ("/primary/processed/tier") or folders, each with its place in the file ("list.txt:3"). */
  readonly paths: readonly DatasetPath[]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly place: string
}

export interface DatasetPath {
  readonly path: string
  readonly place: string
}

export interface DatasetList {
  readonly entries: readonly DatasetEntry[]
  /** What was left out or may be a mistake. */
  readonly warnings: readonly Problem[]
}

/** What a parser found: entries are of use only where there are no problems. */
export interface ParsedList extends DatasetList {
  readonly problems: readonly Problem[]
}
