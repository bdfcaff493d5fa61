/** One run at a time in an output folder: a file that names the process which holds it. */
import { readFileSync } from 'node:fs'
import { readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { UsageError } from '../core/errors.js'

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as the system counts; null where it does not tell. Process ids are used again. */
  readonly began: string | null
}

/** A lock without content that is older has been left by a process that was killed between making and writing it. */
const EMPTY_MS = 10_000

export interface Lock {
  /** The lock was there already, of a process that no longer runs. */
  readonly wasStale: boolean
  release(): Promise<void>
}

/** Throws UsageError where another run holds it. */
export async function takeLock(path: string, folder: string): Promise<Lock> {
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    began: processOf(process.pid)?.began ?? null,
  } satisfies Holder)
  let wasStale = false
  for (;;) {
    try {
      await writeFile(path, own, { flag: 'wx' })
      return { wasStale, release: () => unlink(path).catch(() => {}) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) continue
    if (!(await isStale(path, text))) throw held(path, folder, text)
    // Another process may have found the same stale lock and made its own by now: that one is put back.
    const aside = `${path}.${process.pid}`
    await rename(path, aside).catch(() => {})
    const moved = await readFile(aside, 'utf8').catch(() => null)
    if (moved !== null && moved !== text) {
      await rename(aside, path)
      throw held(path, folder, moved)
    }
    await rm(aside, { force: true })
    wasStale = true
  }
}

async function isStale(path: string, text: string): Promise<boolean> {
  const holder = parse(text)
  if (holder === null) {
    const found = await stat(path).catch(() => null)
    return found !== null && Date.now() - found.mtimeMs > EMPTY_MS
  }
  if (holder.host !== hostname()) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true
  }
  const now = processOf(holder.pid)
  // Killed, and not yet waited for: in some containers nobody ever does.
  if (now?.state === 'Z') return true
  return holder.began !== null && now?.began !== holder.began
}

function parse(text: string): Holder | null {
  try {
    const { pid, host, began } = (JSON.parse(text) ?? {}) as Partial<Holder>
    const isHolder = Number.isInteger(pid) && typeof host === 'string' && (typeof began === 'string' || began === null)
    return isHolder ? { pid: pid!, host, began } : null
  } catch {
    return null
  }
}

/** State and beginning of a process: fields 3 and 22 of /proc/<pid>/stat, counted behind the name, which may hold spaces and
 *  parentheses. null: there is no such process, or the system does not tell. */
function processOf(pid: number): { readonly state: string; readonly began: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0]!, began: fields[19]! }
  } catch {
    return null
  }
}

function held(path: string, folder: string, text: string): UsageError {
  const holder = parse(text)
  const who = holder === null ? 'another run' : `process ${holder.pid} on ${holder.host}`
  const message = `${who} is writing to this folder. Wait for it, choose another --output, or, if it no longer runs, remove ${path}.`
  return new UsageError([{ place: folder, message }])
}
