/** Files that the workers of a cluster have made for sinks: where they may put them, how they get their names, and what is removed when
 *  the run ends. Workers are asked for names and sizes alone, so that the rows do not pass through the driver.
 *
 *    worker -> .tnp-<run>-<attempt>.<name>.tnp-tmp -> sink, when the dataset is complete -> <name> */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Adler32 } from '../bytes/adler32.js'
import { isAttempt, runName, TEMPORARY_SUFFIX } from '../bytes/temporary-name.js'
import { OutputError } from '../core/errors.js'
import type { MadeFile, MadeFiles, MakingPlace, Sink } from '../core/types.js'
import type { GraphDeclaration } from '../graph/index.js'

/** How long a file that a worker has made may not be seen here: folders of network file systems are looked at anew every so often. */
const UNSEEN_MS = [100, 400, 1500, 5000, 10_000]

export interface MadeFilesOptions {
  /** The job's output folder here. */
  readonly output: string
  readonly graphs: readonly GraphDeclaration[]
  /** Folder below the output folder for files under temporary names; null: those of the final names. */
  readonly temporary: string | null
  /** Files outlive the run where it does not complete. */
  readonly isKept: boolean
}

/** In a folder that workers see, or may see. */
export class LocalMadeFiles implements MadeFiles {
  place: MakingPlace | null = null
  readonly #options: MadeFilesOptions
  readonly #run = runName()
  /** Those that have their names already, by their names. */
  readonly #named = new Set<string>()

  constructor(options: MadeFilesOptions) {
    this.#options = options
  }

  /** From now on workers may make files. The folders are there. Throws OutputError. */
  async offer(): Promise<void> {
    const { output, temporary } = this.#options
    const name = join(temporary ?? '', `.tnp-${this.#run}${TEMPORARY_SUFFIX}`)
    const content = `${runName()}${runName()}`
    if (temporary !== null) await mkdir(join(output, temporary), { recursive: true })
    try {
      await writeFile(join(output, name), content, { flag: 'wx' })
    } catch (cause) {
      throw new OutputError(`${join(output, name)}: cannot be written (${(cause as Error).message}).`, { cause })
    }
    this.place = { output, target: resolve(output), temporary, run: this.#run, marker: { name, content } }
  }

  async commit(file: MadeFile, path: string): Promise<void> {
    if (this.#named.has(file.path)) return
    const made = this.#path(file.at)
    try {
      const size = await this.#sizeOf(made)
      if (size !== file.bytes) throw new Error(`it has ${size} bytes, its worker wrote ${file.bytes}`)
      await rename(made, path)
    } catch (cause) {
      const message = `${path}: the file that a worker made cannot be taken (${(cause as Error).message}). Run again.`
      throw new OutputError(message, { cause })
    }
  }

  async discard(file: MadeFile): Promise<void> {
    if (!this.#options.isKept) await rm(this.#path(file.at), { force: true }).catch(() => {})
  }

  /** Is the file there still, as it was made? For a run that is continued, whose files may have got their names. */
  async isThere(file: MadeFile): Promise<boolean> {
    if (await isSame(this.#path(file.at), file)) return true
    if (!(await isSame(this.#path(file.path), file))) return false
    this.#named.add(file.path)
    return true
  }

  /** Removes what attempts of this run, or of all runs, have left, but the files in `keep`: places from the output folder. */
  async removeStrays(keep: ReadonlySet<string>, of: 'this' | 'all'): Promise<void> {
    const { output, temporary } = this.#options
    for (const folder of temporary === null ? this.#folders() : [temporary]) {
      for (const name of await readdir(join(output, folder)).catch(() => [])) {
        const isStray = isAttempt(name, of === 'this' ? this.#run : undefined) && !keep.has(joined(folder, name))
        if (isStray) await rm(join(output, folder, name), { force: true }).catch(() => {})
      }
    }
  }

  /** After the workers have ended. */
  async close(keep: ReadonlySet<string>): Promise<void> {
    if (this.place === null) return
    await rm(join(this.#options.output, this.place.marker!.name), { force: true }).catch(() => {})
    await this.removeStrays(keep, 'this')
  }

  /** Of sinks whose files workers can make. */
  #folders(): string[] {
    return makingFolders(this.#options.graphs).map(folder => relative(this.#options.output, folder))
  }

  async #sizeOf(path: string): Promise<number> {
    for (const ms of UNSEEN_MS) {
      const found = await stat(path).catch(() => null)
      if (found !== null) return found.size
      await sleep(ms)
    }
    return (await stat(path)).size
  }

  #path(name: string): string {
    return join(this.#options.output, name)
  }
}

export function makingFolders(graphs: readonly GraphDeclaration[]): string[] {
  const sinks = graphs.flatMap(g => g.nodes.map(n => n.stage as Sink<never>))
  const paths = sinks.flatMap(({ making, writes = [] }) => (making === undefined ? [] : writes))
  return [...new Set(paths.map(path => dirname(path)))]
}

/** As MadeFile has it. */
function joined(folder: string, name: string): string {
  return [...folder.split(sep), name].join('/')
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
