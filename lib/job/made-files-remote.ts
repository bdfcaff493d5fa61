/** Files that workers have sent to a server under temporary names. */
import { dirname, relative, sep } from 'node:path'
import { hideAccess, joinAddress } from '../bytes/address.js'
import { adler32Of, listFolder, removeFile, renameFile, statusOf } from '../bytes/places.js'
import { ANY_RUN, isAttempt, runName } from '../bytes/temporary-name.js'
import { DataError, OutputError } from '../core/errors.js'
import type { MadeFile, MakingPlace } from '../core/types.js'
import { mapBounded } from '../preprocess/bounded.js'
import type { RunMadeFiles } from './run-made-files.js'
import type { RemoteOutput } from './staged-output.js'

/** Requests to remove files that are under way at a time, and how long all may take: who stops does not wait for a server. */
const REMOVALS = 16
const CLEARING_MS = 20_000

/** hasUnsent: some complete outputs could not be sent, or given their names. */
type Remote = Pick<RemoteOutput, 'url' | 'hasUnsent'>

export class RemoteMadeFiles implements RunMadeFiles {
  place: MakingPlace | null = null
  readonly #output: string
  readonly #remote: Remote
  readonly #folders: ReadonlySet<string>
  readonly #run = runName()
  /** Whose attempts are removed. */
  #strays = this.#run
  /** Taken by sinks, by the paths of these, until they have their names. */
  readonly #taken = new Map<string, MadeFile>()
  /** Those that have their names already. */
  readonly #named = new Set<string>()

  /** output: the folder here that stands for the URL; paths: of all files that workers may make. */
  constructor(output: string, remote: Remote, paths: readonly string[]) {
    this.#output = output
    this.#remote = remote
    this.#folders = new Set(paths.map(path => relative(output, dirname(path)).split(sep).join('/')))
  }

  async offer(): Promise<void> {
    this.place = { output: this.#output, target: this.#remote.url, temporary: null, run: this.#run, marker: null }
  }

  /** It gets its name when the dataset is sent. */
  async commit(file: MadeFile, path: string): Promise<void> {
    this.#taken.set(path, file)
  }

  /** One by one they would keep the user waiting: see `close`. */
  async discard(): Promise<void> {}

  readonly nameFile = async (path: string, place: string, signal: AbortSignal): Promise<boolean> => {
    const file = this.#taken.get(path)
    if (file === undefined) return false
    if (!this.#named.has(file.path)) await this.#rename(this.#at(file.at), place, file.bytes, signal)
    this.#named.add(file.path)
    return true
  }

  async isThere(file: MadeFile): Promise<boolean> {
    if (await isSame(this.#at(file.at), file)) return true
    if (!(await isSame(this.#at(file.path), file))) return false
    this.#named.add(file.path)
    return true
  }

  async clear(keep: ReadonlySet<string>): Promise<void> {
    this.#strays = ANY_RUN
    await this.#removeStrays(keep)
  }

  async close(keep: ReadonlySet<string>, forgotten: ReadonlySet<string>): Promise<void> {
    await this.#remove([...forgotten], AbortSignal.timeout(CLEARING_MS))
    if (this.place === null && this.#strays !== ANY_RUN) return
    const unnamed = [...this.#taken.values()].filter(({ path }) => !this.#named.has(path)).map(({ at }) => at)
    // Their dataset is complete, and they are all that the user has of it.
    const unsent = this.#remote.hasUnsent ? unnamed : []
    await this.#removeStrays(new Set([...keep, ...unsent]))
  }

  async #removeStrays(keep: ReadonlySet<string>): Promise<void> {
    const signal = AbortSignal.timeout(CLEARING_MS)
    const lists = await mapBounded([...this.#folders], REMOVALS, undefined, async folder => {
      // There is none where that run was another job.
      const entries = await listFolder(this.#at(folder), signal).catch(() => [])
      return entries.filter(({ name }) => isAttempt(name, this.#strays)).map(({ name }) => `${folder}/${name}`)
    })
    const strays = lists.flat().filter(at => !keep.has(at))
    await this.#remove(strays, signal)
  }

  async #remove(files: readonly string[], signal: AbortSignal): Promise<void> {
    await mapBounded(files, REMOVALS, undefined, at => removeFile(this.#at(at), signal).catch(() => {}))
  }

  async #rename(from: string, to: string, bytes: number, signal: AbortSignal): Promise<void> {
    try {
      await renameFile(from, to, bytes, signal)
    } catch (cause) {
      if (!(cause instanceof DataError || cause instanceof OutputError)) throw cause
      const message = `${hideAccess(to)}: the server does not give it its name (${cause.message}). It is there as ${hideAccess(from)}.`
      throw new OutputError(message, { cause })
    }
  }

  #at(name: string): string {
    return joinAddress(this.#remote.url, ...name.split('/'))
  }
}

async function isSame(place: string, { bytes, adler32 }: MadeFile): Promise<boolean> {
  try {
    const found = await statusOf(place)
    return found?.size === bytes && (await adler32Of(place)) === adler32
  } catch (error) {
    // A server that cannot be asked now may have it.
    if (error instanceof DataError && error.exception !== 'FileNotFoundError') throw error
    return false
  }
}
