/** Folders in a fileset: each stands for the Parquet files in it, as a run writes them, one a partition. */
import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset, DatasetFile, Job } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { fileKind } from '../core/file-kind.js'

/** The job with the part files in place of their folders, in the order of their numbers. Throws UsageError for a folder without
 *  Parquet files, with files of several tables, or with steps. What is not there is left: reading it says so. */
export function withPartFiles<J extends Job>(job: J): J {
  const problems: Problem[] = []
  const datasets = job.datasets.map(dataset => ({
    ...dataset,
    files: dataset.files.flatMap(file => partFiles(file, dataset, problems)),
  }))
  if (problems.length > 0) throw new UsageError(problems)
  return { ...job, datasets }
}

function partFiles(file: DatasetFile, { name }: Dataset, problems: Problem[]): DatasetFile[] {
  const entries = fileKind(file.path) === 'root' ? null : folderEntries(file.path)
  if (entries === null) return [file]
  const place = `fileset, dataset "${name}", ${file.path}`
  const names = entries.filter(e => e.isFile() && fileKind(e.name) === 'parquet').map(e => e.name)
  const tables = [...new Set(names.flatMap(n => /^(.*)-part\d+\./.exec(n)?.[1] ?? []))]
  if (names.length === 0) {
    problems.push({
      place,
      message: 'the folder has no Parquet files. Name the folder of one method: <dataset>/<method>_<k>.',
    })
  } else if (tables.length > 1) {
    const message = `the folder has part files of ${tables.length} tables (${tables.join(', ')}). List the files of one.`
    problems.push({ place, message })
  } else if (file.steps !== null) {
    problems.push({ place, message: 'steps are those of a file, this is a folder. Remove them, or list the files.' })
  }
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return names.map(n => ({ ...file, path: join(file.path, n), numEntries: null, uuid: null }))
}

/** null: not a folder that can be read. */
function folderEntries(path: string): Dirent[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return null
  }
}
