/** One whole copy of a file in the folder, however many threads and processes want it at once: the first one brings it, the others wait. */
import { rename, rm, stat, utimes } from 'node:fs/promises'
import { makeLocalFolder } from '../../core/make-folder.js'
import { copyPath, type Entry, lockPath } from './entry.js'
import { takeLock } from './lock.js'
import { makeRoom, removeLeftovers } from './room.js'

/** bring: fills the empty file at `path` with the whole file. Returns the copy's path; it may be removed again at any time, by
 *  others who need room. Throws what node:fs throws where the folder is at fault, and what `bring` throws. */
export async function obtain(entry: Entry, limit: number, bring: (path: string) => Promise<void>): Promise<string> {
  // Others may not be allowed to read what the user may.
  await makeLocalFolder(entry.folder, { mode: 0o700 })
  const path = copyPath(entry)
  while (!(await isWhole(entry))) {
    const lock = await takeLock(lockPath(entry), () => isWhole(entry))
    if (lock === null) continue
    try {
      if (!(await isWhole(entry))) await bringHere(entry, limit, bring)
    } finally {
      await lock.release()
    }
  }
  // Least recently used ones go first. Times of access are not kept on many file systems.
  await utimes(path, new Date(), new Date()).catch(() => {})
  return path
}

async function bringHere(entry: Entry, limit: number, bring: (path: string) => Promise<void>): Promise<void> {
  await removeLeftovers(entry)
  const temporary = await makeRoom(entry, limit)
  try {
    await bring(temporary)
    await rename(temporary, copyPath(entry))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

async function isWhole(entry: Entry): Promise<boolean> {
  const path = copyPath(entry)
  const status = await stat(path).catch(() => null)
  if (status === null) return false
  if (status.size === entry.bytes) return true
  await rm(path, { force: true })
  return false
}
