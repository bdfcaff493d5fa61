/** Folders in a fileset: each stands for the Parquet files in it, or the ROOT files, as a run writes them, one a partition. */
import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hideAccess, isRemote, joinAddress } from '../bytes/address.js'
import { listFolder } from '../bytes/places.js'
import type { Dataset, DatasetFile, Job } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { fileKind } from '../core/file-kind.js'
import { TREE_NAME } from '../formats/index.js'

/** The job with the part files in place of their folders, in the order of their numbers. Throws UsageError for a folder without
 *  such files, with files of several tables or of both formats, or with steps. What is not there is left: reading it says so. */
export function withPartFiles<J extends Job>(job: J): J {
  const problems: Problem[] = []
  const datasets = job.datasets.map(dataset => ({
    ...dataset,
    files: dataset.files.flatMap(file => partFiles(file, dataset, problems)),
  }))
  if (problems.length > 0) throw new UsageError(problems)
  return { ...job, datasets }
}

/** The same for folders on servers. Throws UsageError, and DataError where a server cannot be asked. */
export async function withRemotePartFiles<J extends Job>(job: J): Promise<J> {
  const isFolder = ({ path }: DatasetFile) => isRemote(path) && fileKind(path) === 'folder'
  if (!job.datasets.some(({ files }) => files.some(isFolder))) return job
  const problems: Problem[] = []
  const datasets: Dataset[] = []
  for (const dataset of job.datasets) {
    const files: DatasetFile[] = []
    for (const file of dataset.files) {
      if (!isFolder(file)) files.push(file)
      else files.push(...(await listed(file, dataset, problems)))
    }
    datasets.push({ ...dataset, files })
  }
  if (problems.length > 0) throw new UsageError(problems)
  return { ...job, datasets }
}

async function listed(file: DatasetFile, dataset: Dataset, problems: Problem[]): Promise<DatasetFile[]> {
  const entries = await listFolder(file.path)
  const names = entries.filter(entry => !entry.isFolder).map(entry => entry.name)
  return filesNamed(file, names, dataset, problems, joinAddress)
}

function partFiles(file: DatasetFile, dataset: Dataset, problems: Problem[]): DatasetFile[] {
  const entries = fileKind(file.path) === 'root' || isRemote(file.path) ? null : folderEntries(file.path)
  if (entries === null) return [file]
  const names = entries.filter(entry => entry.isFile()).map(entry => entry.name)
  return filesNamed(file, names, dataset, problems, join)
}

/** all: names of the files in the folder. */
function filesNamed(
  file: DatasetFile,
  all: readonly string[],
  { name }: Dataset,
  problems: Problem[],
  join: (folder: string, name: string) => string,
): DatasetFile[] {
  const place = `fileset, dataset "${name}", ${hideAccess(file.path)}`
  const parquet = all.filter(n => fileKind(n) === 'parquet')
  const root = all.filter(n => /-part\d+\.root$/.test(n))
  const names = parquet.length > 0 ? parquet : root
  const tables = [...new Set(names.flatMap(n => /^(.*)-part\d+\./.exec(n)?.[1] ?? []))]
  if (names.length === 0) {
    problems.push({
      place,
      message:
        'the folder has no Parquet files and no ROOT files of a run. Name the folder of one method: <dataset>/<method>_<k>.',
    })
  } else if (parquet.length > 0 && root.length > 0) {
    problems.push({ place, message: 'the folder has part files in Parquet and in ROOT files. List the files of one.' })
  } else if (tables.length > 1) {
    const message = `the folder has part files of ${tables.length} tables (${tables.join(', ')}). List the files of one.`
    problems.push({ place, message })
  } else if (file.steps !== null) {
    problems.push({ place, message: 'steps are those of a file, this is a folder. Remove them, or list the files.' })
  }
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const tree = file.tree === '' && parquet.length === 0 ? TREE_NAME : file.tree
  return names.map(n => ({ ...file, path: join(file.path, n), tree, numEntries: null, uuid: null }))
}

/** null: not a folder that can be read. */
function folderEntries(path: string): Dirent[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return null
  }
}
