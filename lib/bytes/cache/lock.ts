/** Locks between threads, processes and, where the folder is on a network file system, machines: a file that names its holder. They
 *  spare double work and guard nothing: where one is taken from a holder that was only slow, a file is downloaded twice. */
import { randomBytes } from 'node:crypto'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'

export interface Lock {
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  readonly host: string
  /** Two threads of one process differ in it. */
  readonly token: string
}

/** So often a holder shows that it lives. */
const BEAT_MS = 5_000
/** A thread that was ended leaves its lock to a process that lives, and of other machines nothing else is known. A holder's event loop
 *  may be busy for seconds. */
const SILENT_MS = 60_000
const MOST_WAIT_MS = 250

/** Waits for the lock at `path`, until its holder has shown no life for `silentMs`. null: `isDone` came true meanwhile. */
export async function takeLock(
  path: string,
  isDone: () => Promise<boolean> = async () => false,
  silentMs = SILENT_MS,
): Promise<Lock | null> {
  const watch = new Watch(path, silentMs)
  const own = JSON.stringify({ pid: process.pid, host: hostname(), token: randomBytes(8).toString('hex') })
  for (let waitMs = 10; ; waitMs = Math.min(2 * waitMs, MOST_WAIT_MS)) {
    try {
      await writeFile(path, own, { flag: 'wx', mode: 0o600 })
      return held(path, own)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (await isDone()) return null
    if (await watch.isAbandoned()) await rm(path, { force: true })
    else await new Promise(done => setTimeout(done, waitMs))
  }
}

/** false: nobody has the lock at `path`, or a process of this machine that is gone. */
export async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => null)
  return text !== null && !isGone(text)
}

function held(path: string, own: string): Lock {
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT_MS)
  beat.unref()
  return {
    release: async () => {
      clearInterval(beat)
      const text = await readFile(path, 'utf8').catch(() => null)
      if (text === own) await rm(path, { force: true })
    },
  }
}

/** Looks at one lock again and again. Clocks of machines differ: what counts is whether the time of its last change moves. */
class Watch {
  readonly #path: string
  readonly #silentMs: number
  #mark = ''
  #since = 0

  constructor(path: string, silentMs: number) {
    this.#path = path
    this.#silentMs = silentMs
  }

  async isAbandoned(): Promise<boolean> {
    const found = await Promise.all([readFile(this.#path, 'utf8'), stat(this.#path)]).catch(() => null)
    if (found === null) return false
    const [text, status] = found
    const mark = `${status.ino} ${status.mtimeMs} ${text}`
    if (mark !== this.#mark) {
      this.#mark = mark
      this.#since = performance.now()
    }
    return performance.now() - this.#since > this.#silentMs || isGone(text)
  }
}

function isGone(text: string): boolean {
  try {
    const { pid, host } = JSON.parse(text) as Holder
    if (host !== hostname()) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    // A lock that is just being written cannot be parsed.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
