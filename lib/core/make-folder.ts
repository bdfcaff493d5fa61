/** Folders, with those above them. Node's own `recursive` never ends below a file system that has no room for folders, such as /proc, and
 *  calls a read-only one "no such file or directory". */
import { mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

type Mode = { readonly mode?: number }

/** Makes the folder where it is not there. Throws what the file system says: EROFS, EACCES, ENOTDIR, ENOSPC ... */
export async function makeLocalFolder(path: string, options: Mode = {}): Promise<void> {
  const missing = [resolve(path)]
  while (missing.length > 0) {
    const folder = missing.at(-1)!
    try {
      await mkdir(folder, options)
      missing.pop()
    } catch (error) {
      if (await isFolder(folder)) missing.pop()
      else climb(missing, error as NodeJS.ErrnoException, (await isFolder(dirname(folder))) === true)
    }
  }
}

/** The same at once. */
export function makeLocalFolderSync(path: string, options: Mode = {}): void {
  const missing = [resolve(path)]
  while (missing.length > 0) {
    const folder = missing.at(-1)!
    try {
      mkdirSync(folder, options)
      missing.pop()
    } catch (error) {
      if (isFolderSync(folder)) missing.pop()
      else climb(missing, error as NodeJS.ErrnoException, isFolderSync(dirname(folder)))
    }
  }
}

/** On to the folder above, where that is what is missing. */
function climb(missing: string[], error: NodeJS.ErrnoException, isThereAbove: boolean): void {
  const folder = missing.at(-1)!
  if (error.code !== 'ENOENT' || isThereAbove || dirname(folder) === folder) throw error
  missing.push(dirname(folder))
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

function isFolderSync(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
