/** Makes the folders of all outputs before anything is read, so that a path that cannot be written costs no run. */
import { constants } from 'node:fs'
import { access, rmdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Problem, UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import { isDiskFault, writeError } from '../core/write-error.js'
import { pathsOf, type SinkFiles } from './sink-files.js'

/** Gives a function that removes the folders that were made and are empty. Throws UsageError with the folders that cannot be made or
 *  written, one for each reason, and every file in whose place a folder stands; OutputError where the disk is full or fails. */
export async function makeOutputFolders(sinks: readonly SinkFiles[]): Promise<() => Promise<void>> {
  const files = pathsOf(sinks)
  const folders = new Set(files.map(f => dirname(f)))
  const missing = await missingOf(folders)
  const problems: Problem[] = []
  const reasons = new Set<string>()
  for (const folder of folders) {
    const fault = await folderFault(folder)
    // A file system that is read-only refuses all of them in the same words, but for the path.
    const reason = fault?.replace(/'[^']*'/, '')
    if (fault === null || reasons.has(reason!)) continue
    reasons.add(reason!)
    problems.push({ place: folder, message: `the output folder ${fault}` })
  }
  if (problems.length === 0) {
    for (const file of files) {
      if (await isFolder(file)) problems.push({ place: file, message: 'a folder has the name of an output file' })
    }
  }
  if (problems.length > 0) {
    await removeEmpty(missing)
    throw new UsageError(problems)
  }
  return () => removeEmpty(missing)
}

/** Those that are not there, with those above them, the deepest first. */
async function missingOf(folders: Iterable<string>): Promise<string[]> {
  const missing = new Set<string>()
  for (const folder of folders) {
    for (let path = resolve(folder); !missing.has(path) && !(await isThere(path)); path = dirname(path))
      missing.add(path)
  }
  return [...missing].sort((a, b) => b.length - a.length)
}

async function removeEmpty(folders: readonly string[]): Promise<void> {
  // Those where something lies stay.
  for (const folder of folders) await rmdir(folder).catch(() => {})
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    error => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  )
}

async function folderFault(folder: string): Promise<string | null> {
  try {
    await makeLocalFolder(folder)
  } catch (error) {
    if (isDiskFault(error)) throw writeError(folder, error)
    return `cannot be made (${(error as Error).message}). Choose another --output.`
  }
  try {
    await access(folder, constants.W_OK)
    return null
  } catch {
    return 'is not writable. Choose another --output.'
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
