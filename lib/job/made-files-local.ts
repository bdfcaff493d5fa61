/** Files that workers have made in a folder that they share with the driver. */
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Adler32 } from '../bytes/adler32.js'
import { ANY_RUN, isAttempt, runName, TEMPORARY_SUFFIX } from '../bytes/temporary-name.js'
import { OutputError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import type { MadeFile, MakingPlace, Replaced } from '../core/types.js'
import { setAside } from '../formats/index.js'
import type { RunMadeFiles } from './run-made-files.js'

/** How long a file that a worker has made may not be seen here: network file systems look at folders anew every so often. */
const UNSEEN_MS = [100, 400, 1500, 5000, 10_000]

export class LocalMadeFiles implements RunMadeFiles {
  place: MakingPlace | null = null
  readonly #output: string
  readonly #paths: readonly string[]
  readonly #temporary: string | null
  readonly #run = runName()
  /** Whose attempts are removed. */
  #strays = this.#run
  /** Those that have their names already. */
  readonly #named = new Set<string>()

  /** paths: of all files that workers may make; temporary: folder below the output folder for files that outlive a run which does not
   *  complete; null: files are in the folders of their names, and end with the run. */
  constructor(output: string, paths: readonly string[], temporary: string | null) {
    this.#output = output
    this.#paths = paths
    this.#temporary = temporary
  }

  async offer(): Promise<void> {
    const name = join(this.#temporary ?? '', `.tnp-${this.#run}${TEMPORARY_SUFFIX}`)
    const content = `${runName()}${runName()}`
    const path = this.#path(name)
    try {
      await makeLocalFolder(dirname(path))
      await writeFile(path, content, { flag: 'wx' })
    } catch (cause) {
      throw new OutputError(`${path}: cannot be written (${(cause as Error).message}). Choose another --output.`, {
        cause,
      })
    }
    const target = resolve(this.#output)
    const marker = { name, content }
    this.place = { output: this.#output, target, temporary: this.#temporary, run: this.#run, marker }
  }

  async makeRoom(file: MadeFile, path: string, replaced: Replaced[]): Promise<void> {
    if (!this.#named.has(file.path)) await setAside(path, replaced)
  }

  async commit(file: MadeFile, path: string): Promise<void> {
    if (this.#named.has(file.path)) return
    const made = this.#path(file.at)
    try {
      const size = await sizeOf(made)
      if (size !== file.bytes) throw new Error(`it has ${size} bytes, its worker wrote ${file.bytes}`)
      await rename(made, path)
    } catch (cause) {
      const message = `${path}: the file that a worker wrote cannot be taken (${(cause as Error).message}). Run again.`
      throw new OutputError(message, { cause })
    }
  }

  async discard(file: MadeFile): Promise<void> {
    if (this.#temporary === null) await this.#remove(file.at)
  }

  async isThere(file: MadeFile): Promise<boolean> {
    if (await isSame(this.#path(file.at), file)) return true
    if (!(await isSame(this.#path(file.path), file))) return false
    this.#named.add(file.path)
    return true
  }

  async clear(keep: ReadonlySet<string>): Promise<void> {
    this.#strays = ANY_RUN
    await this.#removeStrays(keep)
  }

  async close(keep: ReadonlySet<string>, forgotten: ReadonlySet<string>): Promise<void> {
    for (const at of forgotten) await this.#remove(at)
    if (this.place !== null) await this.#remove(this.place.marker!.name)
    if (this.place !== null || this.#strays === ANY_RUN) await this.#removeStrays(keep)
  }

  async #removeStrays(keep: ReadonlySet<string>): Promise<void> {
    const folders = this.#paths.map(path => relative(this.#output, dirname(path)))
    for (const folder of this.#temporary === null ? new Set(folders) : [this.#temporary]) {
      // There is none where that run was another job.
      for (const name of await readdir(this.#path(folder)).catch(() => [])) {
        const at = [...folder.split(sep), name].join('/')
        if (isAttempt(name, this.#strays) && !keep.has(at)) await this.#remove(at)
      }
    }
  }

  async #remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true }).catch(() => {})
  }

  #path(name: string): string {
    return join(this.#output, name)
  }
}

async function sizeOf(path: string): Promise<number> {
  for (const ms of UNSEEN_MS) {
    const found = await stat(path).catch(() => null)
    if (found !== null) return found.size
    await sleep(ms)
  }
  return (await stat(path)).size
}

async function isSame(path: string, { bytes, adler32 }: MadeFile): Promise<boolean> {
  try {
    if ((await stat(path)).size !== bytes) return false
    const sum = new Adler32()
    for await (const piece of createReadStream(path)) sum.update(piece as Uint8Array)
    return sum.digest() === adler32
  } catch {
    return false
  }
}
