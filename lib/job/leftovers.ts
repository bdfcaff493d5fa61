/** Files under temporary names that killed programs have left. */
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TEMPORARY_SUFFIX } from '../bytes/temporary-name.js'
import { UsageError } from '../core/errors.js'
import { readError } from '../core/write-error.js'
import { holderOf, JOURNAL_FOLDER, LOCK_FILE } from '../journal/index.js'

export interface Leftover {
  readonly path: string
  readonly bytes: number
}

const TEMPORARY = /^\..+\.[0-9a-f]{8}\.tnp-tmp$|^\.{1,2}tnp-[0-9a-f]{8}/

/** Those below a folder. What journals keep for runs that may be continued is not among them. Throws UsageError where a run is at work there,
 *  OutputError where a folder cannot be read. */
export async function leftoversBelow(folder: string): Promise<Leftover[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(cause => {
    throw readError(folder, cause)
  })
  const found: Leftover[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name === JOURNAL_FOLDER) await refuseHeld(path, folder)
    else if (entry.isDirectory()) found.push(...(await leftoversBelow(path)))
    else if (entry.isFile() && entry.name.endsWith(TEMPORARY_SUFFIX) && TEMPORARY.test(entry.name)) {
      found.push({ path, bytes: (await lstat(path)).size })
    }
  }
  return found
}

export async function removeLeftovers(leftovers: readonly Leftover[]): Promise<void> {
  for (const { path } of leftovers) await rm(path, { force: true })
}

async function refuseHeld(journal: string, folder: string): Promise<void> {
  const holder = await holderOf(join(journal, LOCK_FILE))
  if (holder === null) return
  throw new UsageError([{ place: folder, message: `${holder} is writing to this folder. Wait for it.` }])
}
