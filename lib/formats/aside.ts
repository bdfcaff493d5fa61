/** Files of an earlier run that make room for new ones. */
import { lstatSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { temporaryName } from '../bytes/temporary-name.js'
import type { Replaced } from '../core/types.js'
import { writeError } from '../core/write-error.js'

/** Gives what is at `path` a temporary name beside it, as of a file `name`, and adds it to `replaced`. Nothing happens where there is nothing, or a
 *  folder, whose name no file can take. Throws OutputError. */
export async function setAside(path: string, replaced: Replaced[], name = basename(path)): Promise<void> {
  // Most often nothing is there: at once this takes 3 us, by the thread pool 40.
  const aside = join(dirname(path), temporaryName(name))
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined || found.isDirectory()) return
    await rename(path, aside)
  } catch (cause) {
    throw writeError(path, cause)
  }
  replaced.push({ putBack: () => rename(aside, path), remove: () => rm(aside, { force: true }) })
}
