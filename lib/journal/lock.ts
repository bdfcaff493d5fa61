/** One run at a time in an output folder: a file that names the process which holds it. */
import { readFileSync } from 'node:fs'
import { link, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../core/errors.js'
import { errorCode } from '../core/write-error.js'
import { journalError } from './error.js'

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as the system counts; null where it does not tell. Process ids are used again. */
  readonly began: string | null
}

/** A lock without content that is older has been left by a process that was killed between making and writing it, on a file system without
 *  links. */
const EMPTY_MS = 10_000
/** Somebody else is removing a stale lock. */
const SHORT_MS = 2

export interface Lock {
  /** The lock was there already, of a process that no longer runs. */
  readonly wasStale: boolean
  release(): Promise<void>
}

/** Throws UsageError where another run holds it, OutputError where it cannot be written. */
export async function takeLock(path: string, folder: string): Promise<Lock> {
  const own = await writeOwn(path)
  try {
    let wasStale = false
    while (!(await own.become(path))) {
      const text = await readFile(path, 'utf8').catch(() => null)
      if (text === null) continue
      if (!(await isStale(path, text))) throw held(path, folder, text)
      await removeStale(path, own)
      wasStale = true
    }
    return { wasStale, release: () => unlink(path).catch(() => {}) }
  } finally {
    await own.remove()
  }
}

/** What one process wrote before it has its name: a lock is there with its content, or not at all. */
interface Own {
  /** false: somebody has that name. */
  become(name: string): Promise<boolean>
  remove(): Promise<void>
}

async function writeOwn(lock: string): Promise<Own> {
  const holder: Holder = { pid: process.pid, host: hostname(), began: processOf(process.pid)?.began ?? null }
  const text = JSON.stringify(holder)
  const path = `${lock}.${process.pid}`
  try {
    await writeFile(path, text)
  } catch (cause) {
    await rm(path, { force: true }).catch(() => {})
    throw journalError(path, cause)
  }
  return {
    become: async name => {
      try {
        await link(path, name)
        return true
      } catch (error) {
        if (errorCode(error) === 'EEXIST') return false
      }
      // Not every file system has links.
      try {
        await writeFile(name, text, { flag: 'wx' })
        return true
      } catch (error) {
        if (errorCode(error) === 'EEXIST') return false
        throw journalError(name, error)
      }
    },
    remove: () => rm(path, { force: true }).catch(() => {}),
  }
}

/** Several may have found the same stale lock, and one of them may hold its own by now. Only who holds the right to do so removes one, when
 *  it is still stale then. */
async function removeStale(path: string, own: Own): Promise<void> {
  const right = `${path}.stale`
  if (!(await own.become(right))) {
    const text = await readFile(right, 'utf8').catch(() => null)
    if (text !== null && (await isStale(right, text))) await rm(right, { force: true })
    await sleep(SHORT_MS)
    return
  }
  try {
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text !== null && (await isStale(path, text))) await rm(path, { force: true })
  } finally {
    await rm(right, { force: true })
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
  const message = `${nameOf(text)} is writing to this folder. Wait for it, choose another --output, or, if it no longer runs, remove ${path}.`
  return new UsageError([{ place: folder, message }])
}

function nameOf(text: string): string {
  const holder = parse(text)
  return holder === null ? 'another run' : `process ${holder.pid} on ${holder.host}`
}

/** Who holds the lock, as users are told; null: nobody, or a process that no longer runs. */
export async function holderOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  return text === null || (await isStale(path, text)) ? null : nameOf(text)
}
