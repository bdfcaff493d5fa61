/** The folder of a batch run, which the jobs and all commands share:
 *
 *    run.json            what runs, and how it was asked for
 *    job                 the job's configuration, for `collect`     proxy         the user's grid proxy, where one is used
 *    passes/<pass>.json  a pass over a dataset, and its groups      specs/<pass>  how workers build the graph
 *    groups/<group>      the chunks of one group
 *    submissions/<n>.json, .list, .sh   which groups have gone to the batch system in one array, under what number, and as what
 *    results/<group>     what the chunks of a group gave            failed/<group>.json   why there is nothing
 *    split/<group>.json  the groups that stand in for one that took too much memory
 *    logs/               what the jobs printed                      lock, submitting
 *
 *  Passes and groups are named by their content. Files appear under their name when they are complete. Nobody but the user may look
 *  in: URLs that grant access, and the proxy, are here. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { deserialize } from 'node:v8'
import { temporaryName } from '../bytes/temporary-name.js'
import { UsageError } from '../core/errors.js'
import { makeLocalFolderSync } from '../core/make-folder.js'
import type { Chunk } from '../core/types.js'
import type { Identity } from '../journal/index.js'
import { areTexts, damaged, FORMAT, isPassDocument, isRunDocument, readJson } from './documents.js'
import type { BatchResources, SystemName } from './options.js'

/** Below the output folder. */
export const BATCH_FOLDER = '.tnp-batch'
const ROOMS = ['passes', 'specs', 'groups', 'submissions', 'results', 'failed', 'split', 'logs'] as const
type Room = (typeof ROOMS)[number]

/** What run.json holds. */
export interface RunDocument {
  readonly format: number
  /** Tells the jobs of different runs apart. */
  readonly id: string
  /** Of this program. */
  readonly version: string
  readonly system: SystemName
  /** ISO 8601. */
  readonly created: string
  /** As the user gave it: to be read, not to be run. */
  readonly command: readonly string[]
  readonly cwd: string
  readonly output: string
  /** Names, in the order of the fileset. */
  readonly datasets: readonly string[]
  readonly resources: BatchResources
  readonly identity: Identity
  /** When all outputs had been written, or the jobs were taken back. */
  readonly collected?: string
  readonly cancelled?: string
}

/** One group of a pass. */
export interface GroupEntry {
  readonly id: string
  readonly chunks: number
  /** Estimated where a file was not opened. */
  readonly events: number
}

export interface PassDocument {
  readonly pass: string
  readonly dataset: string
  /** sum: adding up generator weights; run: the main pass. */
  readonly phase: 'sum' | 'run'
  /** ISO 8601; of passes over the same dataset and phase the last one counts. */
  readonly created: string
  /** Of files that were not opened. */
  readonly eventsPerFile: number
  readonly groups: readonly GroupEntry[]
}

export class RunFolder {
  readonly path: string

  constructor(path: string) {
    this.path = resolve(path)
  }

  /** The run that a user names by its folder, or by the output folder that it is in. Throws UsageError where there is none. */
  static find(named: string): RunFolder {
    for (const path of [named, join(named, BATCH_FOLDER)]) {
      if (existsSync(join(path, 'run.json'))) return new RunFolder(path)
    }
    const message = `there is no batch run here (no run.json, no ${BATCH_FOLDER}). Name the output folder of a run with --executor batch/slurm or batch/condor, or the folder that its start has printed.`
    throw new UsageError([{ place: named, message }])
  }

  file(room: Room, name: string): string {
    return join(this.path, room, name)
  }

  at(name: 'run.json' | 'job' | 'proxy' | 'lock' | 'submitting'): string {
    return join(this.path, name)
  }

  /** Path of the proxy that jobs use; null: they use none. */
  proxy(): string | null {
    return isThere(this.at('proxy')) ? this.at('proxy') : null
  }

  /** Makes the folder. Throws UsageError where that cannot be done. */
  make(): void {
    try {
      makeLocalFolderSync(this.path, { mode: 0o700 })
      for (const room of ROOMS) makeLocalFolderSync(join(this.path, room), { mode: 0o700 })
    } catch (error) {
      const message = `the folder of the batch run cannot be made (${(error as Error).message}). Choose another with --batch-folder.`
      throw new UsageError([{ place: this.path, message }])
    }
  }

  /** null: there is no run here. Throws UsageError where it is one of another version. */
  document(): RunDocument | null {
    const found = readJson<RunDocument>(this.at('run.json'), isRunDocument)
    if (found !== null && found.format !== FORMAT) {
      const message = `was written by tnp-pipe ${found.version}. Use that version.`
      throw new UsageError([{ place: this.at('run.json'), message }])
    }
    return found
  }

  writeDocument(document: Omit<RunDocument, 'format'>): void {
    writeWhole(this.at('run.json'), `${JSON.stringify({ format: FORMAT, ...document }, null, 1)}\n`)
  }

  names(room: Room): string[] {
    try {
      return readdirSync(join(this.path, room)).filter(name => !name.startsWith('.'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }

  /** In the order in which they came. */
  passes(): PassDocument[] {
    const found = this.names('passes').map(name => readJson<PassDocument>(this.file('passes', name), isPassDocument))
    return found.filter(pass => pass !== null).sort((a, b) => (a.created < b.created ? -1 : 1))
  }

  /** The last one over each dataset and phase. */
  currentPasses(): PassDocument[] {
    return [...new Map(this.passes().map(pass => [`${pass.phase} ${pass.dataset}`, pass])).values()]
  }

  /** The groups that stand in for `id`: itself, mostly. */
  partsOf(id: string, inside: readonly string[] = []): string[] {
    const isInside = [...inside, id]
    const isList = (value: unknown) =>
      areTexts(value) && value.every(part => /^[\w-]+$/.test(part) && !isInside.includes(part))
    const parts = readJson<string[]>(this.file('split', `${id}.json`), isList)
    return parts === null ? [id] : parts.flatMap(part => this.partsOf(part, isInside))
  }

  /** What a group stands for is left to others. */
  split(id: string, parts: readonly string[]): void {
    writeWhole(this.file('split', `${id}.json`), JSON.stringify(parts))
  }

  chunksOf(group: string): readonly Chunk[] {
    const path = this.file('groups', group)
    const bytes = readFileSync(path)
    try {
      const chunks: unknown = deserialize(bytes)
      if (Array.isArray(chunks) && chunks.length > 0) return chunks as readonly Chunk[]
    } catch {
      // As any other content that is none of ours.
    }
    throw damaged(path)
  }

  /** Leaves run.json and nothing else. */
  clear(): void {
    for (const name of [...ROOMS, 'job', 'proxy']) rmSync(join(this.path, name), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** The file appears when it is complete. Throws UsageError where it cannot be written. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = join(path, '..', temporaryName(basename(path)))
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    const message = `cannot be written (${(error as Error).message}). Free some space, or choose another --batch-folder.`
    throw new UsageError([{ place: path, message }])
  }
}

export function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
