/** Too few files that may be open at a time (`ulimit -n`): whatever needs one more then fails, in its own words, or in none. */
import { readFileSync } from 'node:fs'

/** With fewer, Node itself cannot load what it needs. */
const ENOUGH = 64

/** What to say of an error that has this for its reason; null: it has not. isStrange: nobody knows another reason for it. */
export function tooFewFiles(error: unknown, isStrange: boolean): string | null {
  const limit = openFilesLimit()
  const isToldSo = saysSo(error)
  if (!isToldSo && !(isStrange && limit !== null && limit < ENOUGH)) return null
  const most = limit === null ? '' : ` (${limit})`
  return `too many files are open: this shell allows too few at a time${most}. Allow more: ulimit -n 1024`
}

function saysSo(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException
    if (code === 'EMFILE' || code === 'ENFILE' || /\bE[MN]FILE[:)]/.test(at.message)) return true
  }
  return false
}

/** The soft limit of this process; null: not known here. */
function openFilesLimit(): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? null : Number(soft)
  } catch {
    return null
  }
}
