/** Outputs that go to a server: a job writes them to a folder here, each is sent when its dataset is complete, and the folder is removed
 *  when all have arrived. What cannot be sent stays here.
 *
 *    sinks -> <state folder>/<hash of the URL>[.<random>]/<dataset>/<method>/file -> upload -> root://host//out/<dataset>/<method>/file
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import { hideAccess, joinAddress, parseAddress } from '../bytes/address.js'
import { listFolder, makeFolder, removeFile } from '../bytes/places.js'
import { temporaryOf } from '../bytes/temporary-name.js'
import { uploadFile } from '../bytes/upload.js'
import type { Job } from '../config/index.js'
import { DataError, OutputError, UsageError } from '../core/errors.js'
import type { Context } from '../core/types.js'
import { mapBounded } from '../preprocess/bounded.js'
import { namesByFolder, pathsOf, type SinkFiles } from './sink-files.js'

/** Files that are sent at a time. */
const UPLOADS = 4

export interface StagedOutput {
  /** The job, writing to the folder here. */
  readonly job: Job
  /** null: the job's outputs are local. */
  readonly remote: RemoteOutput | null
}

/** Local outputs stay as they are; `file://` URLs become paths. isJournalled: the folder is the same for each run that writes to the URL,
 *  so that a stopped one can be continued; the journal's lock keeps others away. Otherwise each run has its own. Throws UsageError for a
 *  URL that cannot be understood. */
export function stageOutput(job: Job, isJournalled: boolean): StagedOutput {
  try {
    const address = parseAddress(job.output)
    if (address.kind === 'local') return { job: { ...job, output: address.path }, remote: null }
    const url = address.text
    const folder = stagingFolder(url) + (isJournalled ? '' : `.${randomBytes(4).toString('hex')}`)
    return { job: { ...job, output: folder }, remote: new RemoteOutput(url, folder) }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new UsageError([{ place: '--output', message: error.message }])
  }
}

function stagingFolder(url: string): string {
  const home = homedir()
  const state = process.env.XDG_STATE_HOME || (home === '' ? tmpdir() : join(home, '.local', 'state'))
  const plain = url.replace(/\?.*$/s, '').replace(/\/+$/, '')
  return join(state, 'tnp-pipe', 'outputs', createHash('sha256').update(plain).digest('hex').slice(0, 16))
}

/** file: as a sink names it; place: its URL. */
export type NameFile = (file: string, place: string, signal: AbortSignal) => Promise<boolean>

export class RemoteOutput {
  readonly #url: string
  readonly #folder: string
  /** Complete outputs could not be sent. */
  hasUnsent = false
  #isAfterStopped = false

  constructor(url: string, folder: string) {
    this.#url = url
    this.#folder = folder
  }

  get url(): string {
    return this.#url
  }

  /** Where outputs are until they have been sent. */
  get folder(): string {
    return this.#folder
  }

  /** Makes the folders before anything is read, so that a place that cannot be written to costs no run. Throws UsageError. */
  async makeFolders(sinks: readonly SinkFiles[]): Promise<void> {
    const folders = new Set(pathsOf(sinks).map(file => this.#place(dirname(file))))
    // One failure is told: the others mostly have the same reason.
    await mapBounded([...folders], UPLOADS, undefined, async folder => {
      try {
        await makeFolder(folder)
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        const message = `the output folder cannot be made (${error.message}). Choose another --output.`
        throw new UsageError([{ place: hideAccess(folder), message }])
      }
    })
  }

  /** Sends what these sinks of a dataset have written, and removes files of earlier runs that do not belong to this one. name: gives its name to
   *  a file that a worker has sent; false: to this one none has. Throws OutputError that says where the files are kept. */
  async send(sinks: readonly SinkFiles[], { signal, log }: Context, name: NameFile = async () => false): Promise<void> {
    const files = pathsOf(sinks)
    try {
      await mapBounded(files, UPLOADS, undefined, async file => {
        const place = this.#place(file)
        if (!(await name(file, place, signal))) await uploadFile(file, place, signal)
        log.info({ file: hideAccess(place) }, 'sent')
      })
      for (const sink of sinks) await this.#removeStale(sink)
      if (this.#isAfterStopped) await this.#removeTemporary(sinks, signal)
    } catch (error) {
      if (!(error instanceof OutputError || error instanceof DataError)) throw error
      this.hasUnsent = true
      throw new OutputError(`${error.message} The outputs are kept in ${this.#folder}`, { cause: error })
    }
  }

  /** A run before this one was stopped: what it was sending is removed. A server may take until the end of this run to notice that the other one
   *  is gone, so that is done once more when the outputs of these sinks have been sent. */
  async clearStopped(sinks: readonly SinkFiles[], signal: AbortSignal): Promise<void> {
    this.#isAfterStopped = true
    await this.#removeTemporary(sinks, signal)
  }

  async #removeTemporary(sinks: readonly SinkFiles[], signal: AbortSignal): Promise<void> {
    await mapBounded([...namesByFolder(sinks)], UPLOADS, undefined, async ([folder, names]) => {
      const place = this.#place(folder)
      const isTemporary = temporaryOf(names)
      try {
        for (const { name } of await listFolder(place, signal)) {
          if (isTemporary(name)) await removeFile(joinAddress(place, name), signal)
        }
      } catch (error) {
        // They take room, and are in nobody's way.
        if (!(error instanceof DataError || error instanceof OutputError)) throw error
      }
    })
  }

  /** All outputs have arrived, or the run has left nothing that is worth keeping. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #removeStale({ replaces, writes }: SinkFiles): Promise<void> {
    if (replaces === undefined) return
    const own = new Set(writes.map(path => basename(path)))
    const place = this.#place(replaces.folder)
    for (const { name, isFolder } of await listFolder(place)) {
      if (!isFolder && replaces.names.test(name) && !own.has(name)) await removeFile(joinAddress(place, name))
    }
  }

  #place(path: string): string {
    const below = relative(this.#folder, path).split(sep)
    return joinAddress(this.#url, ...below.filter(part => part !== ''))
  }
}

/** Has `write` write below a local folder, and sends what it has written below `output` where that is a URL. What cannot be sent is
 *  kept. Throws OutputError, and what `write` throws. */
export async function writtenBelow(
  output: string,
  signal: AbortSignal,
  write: (folder: string) => Promise<void>,
): Promise<void> {
  const address = parseAddress(output)
  if (address.kind === 'local') return write(address.path)
  const folder = await mkdtemp(join(tmpdir(), 'tnp-pipe-out-'))
  let isKept = false
  try {
    await write(folder)
    const entries = await readdir(folder, { withFileTypes: true, recursive: true })
    const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
    await mapBounded(files, UPLOADS, undefined, async file => {
      try {
        await uploadFile(file, joinAddress(address.text, ...relative(folder, file).split(sep)), signal)
      } catch (error) {
        isKept = true
        throw new OutputError(`${(error as Error).message} The outputs are kept in ${folder}`, { cause: error })
      }
    })
  } finally {
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
}
