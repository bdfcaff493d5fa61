/** Keeps local copies within their limit. */
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { remoteSettings } from '../settings.js'
import { type Entry, lockPath, newTemporaryPath, type Stored, storedOf } from './entry.js'
import { isHeld, takeLock } from './lock.js'

interface Found extends Stored {
  readonly path: string
  /** When it was written to, or, of a whole copy, opened last. */
  readonly usedMs: number
}

/** A download fails long before nothing came for so long: its process, perhaps on another machine, is gone. */
const DEAD_MS = 15 * 60_000
const WAIT_MS = 250

/** Makes an empty temporary file for the entry, which counts as if it were whole, and removes copies for it: older ones of the same
 *  file, then those that were not used for longest. Files that are open stay readable when they are removed; their room is free when
 *  they are closed. Waits where downloads that are under way take the room. The entry must fit into `limit`. Returns its path. */
export async function makeRoom(entry: Entry, limit: number): Promise<string> {
  for (;;) {
    const lock = await takeLock(join(entry.folder, 'room.lock'))
    try {
      const path = await tryToMake(entry, limit)
      if (path !== null) return path
    } finally {
      await lock?.release()
    }
    await new Promise(done => setTimeout(done, WAIT_MS))
  }
}

/** Downloads of the same file that were given up. Only who has its lock may call this. */
export async function removeLeftovers({ folder, key }: Entry): Promise<void> {
  for (const found of await listStored(folder)) {
    if (!found.isWhole && found.key === key) await rm(found.path, { force: true })
  }
}

async function tryToMake(entry: Entry, limit: number): Promise<string | null> {
  let total = entry.bytes
  const copies: Found[] = []
  for (const found of await listStored(entry.folder)) {
    const isOld = found.isWhole
      ? found.key === entry.key && found.name !== entry.name
      : await isDead(entry.folder, found)
    if (isOld) await rm(found.path, { force: true })
    else {
      total += found.bytes
      if (found.isWhole) copies.push(found)
    }
  }
  const evictable = copies.reduce((sum, copy) => sum + copy.bytes, 0)
  if (total - evictable > limit) return null
  copies.sort((a, b) => a.usedMs - b.usedMs)
  for (const copy of copies) {
    if (total <= limit) break
    await rm(copy.path, { force: true })
    total -= copy.bytes
  }
  const path = newTemporaryPath(entry)
  await (await open(path, 'wx', 0o600)).close()
  return path
}

/** Who downloads has the file's lock. */
async function isDead(folder: string, { key, usedMs }: Found): Promise<boolean> {
  if (!(await isHeld(lockPath({ folder, key })))) return true
  return Date.now() - usedMs > Math.max(DEAD_MS, 2 * remoteSettings().deadlineMs)
}

async function listStored(folder: string): Promise<Found[]> {
  const found: Found[] = []
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (storedOf(name, 0) === null) continue
    const status = await stat(path).catch(() => null)
    if (status !== null) found.push({ ...storedOf(name, status.size)!, path, usedMs: status.mtimeMs })
  }
  return found
}
