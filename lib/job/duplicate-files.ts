/** `--duplicate-files`: files that a dataset lists twice are looked for before a run where that costs nothing, or where it is asked for. */
import { stat } from 'node:fs/promises'
import { hideAccess, isRemote } from '../bytes/address.js'
import {
  type Dataset,
  type DatasetFile,
  type Duplicate,
  type DuplicateMode,
  describeDuplicates,
  duplicateFiles,
  type Job,
  uuidKey,
} from '../config/index.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import { mapBounded } from '../preprocess/bounded.js'
import { type PartitionRead, withTree } from '../stages/index.js'
import { STATUSES } from './journal.js'

/** Files that are opened at once. */
const OPENED = 8

export interface DuplicatesSeen {
  readonly datasets: readonly Dataset[]
  /** Dataset -> places of the files that have been told of. */
  readonly told: ReadonlyMap<string, ReadonlySet<number>>
}

/** The datasets, without duplicates where they are to be skipped. mode undefined: duplicates are kept, and told of. Throws UsageError with
 *  all of them for 'error'. */
export async function withoutDuplicates(
  { datasets }: Pick<Job, 'datasets'>,
  mode: DuplicateMode | undefined,
  onWarning: (message: string) => void = () => {},
): Promise<DuplicatesSeen> {
  const told = new Map<string, ReadonlySet<number>>()
  if (mode === 'keep') return { datasets, told }
  const problems: Problem[] = []
  const kept: Dataset[] = []
  for (const dataset of datasets) {
    const found = dataset.files.length < 2 ? [] : await duplicatesOf(dataset, mode !== undefined)
    const places = new Set(found.map(one => one.index))
    told.set(dataset.name, places)
    kept.push(mode === 'skip' && found.length > 0 ? { ...dataset, files: without(dataset.files, places) } : dataset)
    if (found.length === 0) continue
    if (mode === 'error') problems.push({ place: `fileset, dataset "${dataset.name}"`, message: sentence(found, '') })
    else onWarning(`dataset "${dataset.name}": ${sentence(found, mode ?? '')}`)
  }
  if (problems.length > 0) throw new UsageError(problems)
  return { datasets: kept, told }
}

function without(files: readonly DatasetFile[], places: ReadonlySet<number>): DatasetFile[] {
  return files.filter((_, i) => !places.has(i))
}

function sentence(found: readonly Duplicate[], mode: 'skip' | ''): string {
  const shown = describeDuplicates(found.map(one => ({ ...one, path: hideAccess(one.path), of: hideAccess(one.of) })))
  const what = found.length === 1 ? 'a file is listed twice' : `${found.length} files are listed twice`
  if (mode === 'skip') return `${what} and read once: ${shown}`
  return `${what}, so its events count twice: ${shown}. Use --duplicate-files skip to read it once, or keep where it is meant.`
}

/** open: files are opened for UUIDs that the fileset does not have. */
async function duplicatesOf({ files }: Dataset, open: boolean): Promise<Duplicate[]> {
  const keys = new Map<DatasetFile, readonly string[]>()
  const all = await mapBounded(files, STATUSES, undefined, fileKey)
  for (const [i, file] of files.entries()) keys.set(file, [...all[i]!, ...uuidKey(file.uuid, file.numEntries)])
  if (open) {
    const unknown = files.filter(file => file.uuid === null || file.numEntries === null)
    const opened = await mapBounded(unknown, OPENED, undefined, openedKey)
    for (const [i, file] of unknown.entries()) keys.set(file, [...keys.get(file)!, ...opened[i]!])
  }
  return duplicateFiles(files, file => keys.get(file)!)
}

/** The path; of files here also what the file system calls the file, whatever its path. */
async function fileKey({ path }: DatasetFile): Promise<string[]> {
  const found = isRemote(path) ? null : await stat(path).catch(() => null)
  return found === null ? [path] : [path, `inode ${found.dev} ${found.ino}`]
}

/** Of files that cannot be read, whoever reads them says why. */
async function openedKey({ path, tree: name }: DatasetFile): Promise<string[]> {
  try {
    return await withTree(path, name, ({ file, tree }) => (tree.entries === 0 ? [] : uuidKey(file.uuid, tree.entries)))
  } catch (error) {
    if (error instanceof DataError) return []
    throw error
  }
}

/** What reading has found: files of one UUID that have not been told of before. */
export function duplicatesRead(
  { name, files }: Pick<Dataset, 'name' | 'files'>,
  reads: readonly PartitionRead[],
  told: ReadonlySet<number> | undefined,
): string[] {
  const keys = new Map<string, string[]>()
  for (const { chunk, read } of reads) {
    if (read?.uuid !== undefined) keys.set(chunk.file, uuidKey(read.uuid, read.entries ?? null))
  }
  const found = duplicateFiles(files, file => keys.get(file.path) ?? []).filter(({ index }) => !told?.has(index))
  return found.length === 0 ? [] : [`dataset "${name}": ${sentence(found, '')}`]
}
