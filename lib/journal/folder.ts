/** The journal's folder. */
import { readdir, rm, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Below the output folder. */
export const JOURNAL_FOLDER = '.tnp-journal'
export const JOURNAL_FILE = 'journal'
/** Below the journal's, for files under construction. */
export const PARTS_FOLDER = 'parts'
export const LOCK_FILE = 'lock'

/** Everything in the journal's folder but the lock. What processes have left that were killed while they took it goes as well. */
export async function removeContent(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name === LOCK_FILE) continue
    // Where the run is complete nothing is left in folders; `rm` takes some milliseconds to load.
    if (entry.isDirectory()) await rmdir(path).catch(() => rm(path, { recursive: true, force: true }))
    else await unlink(path).catch(() => rm(path, { force: true }))
  }
}
