/** The file that names the datasets to look up: `.txt` with a line "name path" each, or `.yaml` with their metadata. */
import { type Problem, UsageError } from '../core/errors.js'
import type { DatasetEntry, DatasetList, ParsedList } from './entries.js'
import { parseTextList } from './text-list.js'
import { parseYamlList } from './yaml-list.js'

const PARSERS: Readonly<Record<string, (text: string, file: string) => ParsedList>> = {
  '.txt': parseTextList,
  '.yaml': parseYamlList,
  '.yml': parseYamlList,
}

/** Refuses a file that is neither text nor YAML by its suffix: throws UsageError. */
export function checkSuffix(file: string): void {
  if (PARSERS[suffixOf(file)] === undefined) {
    const message = `is no list of datasets by its name (suffix "${suffixOf(file)}"): wanted .txt, .yaml or .yml. Rename it.`
    throw new UsageError([{ place: file, message }])
  }
}

/** The entries in `text`, the content of `file`. Throws UsageError with all problems of the file. */
export function parseDatasetList(text: string, file: string): DatasetList {
  checkSuffix(file)
  const { entries, warnings, problems } = PARSERS[suffixOf(file)]!(text.replace(/^\uFEFF/, ''), file)
  if (problems.length > 0) throw new UsageError([...problems, ...warnings])
  if (entries.length === 0) {
    const message =
      suffixOf(file) === '.txt'
        ? 'has no entries. Write a line "name path" for each dataset.'
        : 'has no entries. List datasets with "name" and "dataset" under the key "datasets".'
    throw new UsageError([{ place: file, message }, ...warnings])
  }
  return { entries, warnings: [...warnings, ...repeatedPaths(entries)] }
}

/** The problems of dataset names that no catalog can know; for lists that are looked up there. */
export function oddDatasetNames(entries: readonly DatasetEntry[]): Problem[] {
  return entries
    .flatMap(entry => entry.paths)
    .filter(({ path }) => !/^\/[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(path))
    .map(({ path, place }) => ({
      place,
      message: `${JSON.stringify(path)} is no dataset: wanted "/primary/processed/tier". For folders, use --mode local.`,
    }))
}

function repeatedPaths(entries: readonly DatasetEntry[]): Problem[] {
  const seen = new Map<string, string>()
  const warnings: Problem[] = []
  for (const { name, paths } of entries) {
    for (const { path, place } of paths) {
      const key = JSON.stringify([name, path])
      const before = seen.get(key)
      if (before === undefined) seen.set(key, place)
      else {
        const message = `${JSON.stringify(path)} is listed for ${JSON.stringify(name)} at ${before} already: each file counts once.`
        warnings.push({ place, message })
      }
    }
  }
  return warnings
}

function suffixOf(file: string): string {
  return /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? ''
}
