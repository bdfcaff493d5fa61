/** The journal of a run: what each chunk gave, written down as it arrives. A run that is continued takes results from it in
 *  place of running their chunks. Bytes that sinks append to output files are not in the journal but in these files, which are
 *  kept below its folder; the journal says where. */
import { existsSync, writevSync } from 'node:fs'
import { type FileHandle, open, readdir, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from '../core/crc32.js'
import { UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import type { Appended, Chunk, Logger, MadeFile, StoredAt } from '../core/types.js'
import { errorCode, isDiskFault, readError } from '../core/write-error.js'
import type { ChunkResult } from '../graph/segment.js'
import { encodeBody } from '../run/body.js'
import { bodyOf, encodeEntry, type Head, headOf, keyOf } from './entry.js'
import { journalError } from './error.js'
import { differences, type Identity } from './identity.js'
import { type Lock, takeLock } from './lock.js'
import { dropIncomplete, MadeLedger, madeOf } from './made.js'
import { type Part, PartStore } from './parts.js'
import { type Place, readAt, recordHeader, scanRecords } from './records.js'

/** Below the output folder. */
export const JOURNAL_FOLDER = '.tnp-journal'
export const JOURNAL_FILE = 'journal'
/** Below the journal's, for files under construction. */
export const PARTS_FOLDER = 'parts'
export const LOCK_FILE = 'lock'
/** A record that takes longer than this, and than its bytes take at 0.2 GB/s, did not only go into the system's cache. */
const SLOW_WRITE_MS = 2
const SLOW_WRITE_MS_PER_BYTE = 5e-6

/** A pass over a dataset, and the leaves of its graph whose items' bytes go into files. */
export interface Pass {
  readonly key: string
  readonly appended: ReadonlyMap<string, Appended<unknown>>
}

/** Where a chunk's result is. */
interface Known {
  readonly place: Place
  readonly parts: readonly Part[]
  readonly made: readonly MadeFile[]
}

/** Is a file that a worker made still there, as it was made? */
export type IsThere = (file: MadeFile) => Promise<boolean>

export interface JournalOptions {
  readonly output: string
  readonly identity: Identity
  readonly resume: boolean
  /** A file to be kept beside the journal, and removed with it. */
  readonly beside?: BesideJournal | undefined
  /** Default: no file that a worker made is. */
  readonly isThere?: IsThere | undefined
  readonly log: Logger
  readonly onWarning: (message: string) => void
}

export interface BesideJournal {
  readonly name: string
  readonly content: Uint8Array
}

interface Found {
  readonly known: Map<string, Known>
  readonly end: number
  readonly afterStopped: boolean
  readonly isThere?: IsThere | undefined
}

export class Journal {
  /** A run before this one was stopped, so it may have left files under temporary names. */
  readonly afterStopped: boolean
  /** Results taken from the journal so far, and results added to it. */
  resumed = 0
  added = 0
  private readonly folder: string
  private readonly file: FileHandle
  private readonly lock: Lock
  private readonly known: Map<string, Known>
  private readonly parts: PartStore
  private readonly made: MadeLedger
  private end: number
  /** Records that have not been written yet. */
  private waiting = 0
  /** The last one took its time: the next one is written while something else is done. */
  private isSlow = false
  /** Records are written one after the other. */
  private last: Promise<void> = Promise.resolve()

  /** @internal Use `open`. */
  constructor(folder: string, file: FileHandle, lock: Lock, parts: PartStore, found: Found) {
    this.folder = folder
    this.file = file
    this.lock = lock
    this.parts = parts
    this.known = found.known
    this.made = new MadeLedger(found.known, found.isThere)
    this.end = found.end
    this.afterStopped = found.afterStopped
  }

  /** Throws UsageError where another run is writing to the folder, and, to resume, where the journal is damaged or belongs to
   *  another job: the journal is left as it is then. */
  static async open(options: JournalOptions): Promise<Journal> {
    const folder = join(options.output, JOURNAL_FOLDER)
    await makeLocalFolder(folder).catch(error => {
      if (isDiskFault(error)) throw journalError(folder, error)
      throw new UsageError([{ place: folder, message: `cannot be made (${(error as Error).message}).` }])
    })
    const lock = await takeLock(join(folder, LOCK_FILE), options.output)
    try {
      return await openLocked(options, folder, lock)
    } catch (error) {
      await lock.release()
      // Only where it is empty: nothing is lost.
      await rmdir(folder).catch(() => {})
      throw error
    }
  }

  /** Chunks in the journal. */
  get done(): number {
    return this.known.size + this.added
  }

  /** Where files are that workers have made: those that the journal needs, and those that it has given up. */
  get madeFiles(): Pick<MadeLedger, 'at' | 'forgotten'> {
    return this.made
  }

  /** Not where a file with its rows is no longer there. */
  async has(pass: Pass, chunk: Chunk): Promise<boolean> {
    const known = this.known.get(keyOf(pass.key, chunk))
    return known !== undefined && (await this.made.areThere(known.made))
  }

  /** The journalled result of a chunk, ready for sinks; null where there is none, or where bytes of it are no longer there: the
   *  chunk is to be run then. Throws UsageError where the journal has another chunk in its place. */
  async take(pass: Pass, chunk: Chunk): Promise<ChunkResult | null> {
    const key = keyOf(pass.key, chunk)
    const known = this.known.get(key)
    if (known === undefined) return null
    const payload = await readAt(this.file, known.place).catch(cause => {
      throw unreadable(join(this.folder, JOURNAL_FILE), cause)
    })
    const { head } = headOf(payload)
    if (JSON.stringify(head.chunk) !== JSON.stringify(chunk)) {
      const message = `has other chunks than this run (${describe(pass, head.chunk)} in the journal, ${describe(pass, chunk)} now). Run again without --resume.`
      throw new UsageError([{ place: join(this.folder, JOURNAL_FILE), message }])
    }
    if (!(await this.made.areThere(known.made))) return null
    const result = await this.assemble(pass, bodyOf(payload), known.parts)
    if (result !== null) this.resumed++
    else if (known.made.length === 0) this.known.delete(key)
    else {
      // Of its other files some chunks may be with their sinks already.
      const message = `${describe(pass, chunk)}: its rows are damaged. Run again without --resume.`
      throw new UsageError([{ place: join(this.folder, PARTS_FOLDER), message }])
    }
    return result
  }

  /** Writes down what a chunk gave, or has it written down once sinks have appended its bytes, where that is next. Returns the
   *  result for the sinks. Throws OutputError where it cannot be written. */
  async add(pass: Pass, result: ChunkResult, isNext: boolean): Promise<ChunkResult> {
    const present = [...pass.appended.keys()].filter(leaf => result.items.has(leaf))
    const made = present.flatMap(leaf => madeOf(result.items.get(leaf)))
    const leaves = made.length === 0 ? present : present.filter(leaf => madeOf(result.items.get(leaf)).length === 0)
    this.made.add(made)
    const head = { pass: pass.key, chunk: result.chunk, made }
    if (leaves.length === 0) {
      await this.write(encodeEntry({ ...head, parts: [] }, encodeBody(result)))
      this.added++
      return result
    }
    const split = leaves.map(leaf => ({ leaf, ...pass.appended.get(leaf)!.split(result.items.get(leaf)) }))
    const rest = withItems(result, new Map(split.map(s => [s.leaf, s.rest])))
    if (isNext) {
      // Encoded now: folds may change what they are given.
      const body = [Buffer.concat(encodeBody(rest))]
      return this.forSinks(pass, rest, split, [], async parts => {
        await this.write(encodeEntry({ ...head, parts }, body))
        this.added++
      })
    }
    const spilled = await this.parts.spill(split)
    await this.write(encodeEntry({ ...head, parts: spilled }, encodeBody(rest)))
    this.added++
    return this.forSinks(pass, rest, split, [], parts => this.move(head, parts, spilled))
  }

  /** Ends the run's use of the journal. It is removed where the run is complete or nothing was done; true: it was kept. */
  async close(complete: boolean): Promise<boolean> {
    await this.last.catch(() => {})
    // Its folder may be gone.
    const keep = !complete && this.done > 0 && existsSync(join(this.folder, JOURNAL_FILE))
    await this.file.close().catch(() => {})
    // What cannot be removed is left: the outputs are what they are.
    if (!keep) await removeContent(this.folder).catch(() => {})
    await this.lock.release()
    if (!keep) await rmdir(this.folder).catch(() => {})
    return keep
  }

  private async assemble(pass: Pass, body: ChunkResult, parts: readonly Part[]): Promise<ChunkResult | null> {
    if (parts.length === 0) return body
    const split: Split[] = []
    const inPlace: Part[] = []
    for (const part of parts) {
      const found = await this.parts.find(pass.key, part)
      if (found === null) return null
      if (found.inPlace) inPlace.push(part)
      split.push({ leaf: part.leaf, bytes: found.bytes, rest: body.items.get(part.leaf) })
    }
    return this.forSinks(pass, body, split, inPlace, now =>
      this.move({ pass: pass.key, chunk: body.chunk, made: [] }, now, parts),
    )
  }

  /** The result with the items that its sinks take; `stored` is called when all of their bytes have been appended. */
  private forSinks(
    pass: Pass,
    rest: ChunkResult,
    split: readonly Split[],
    inPlace: readonly Part[],
    stored: (parts: readonly Part[]) => Promise<void>,
  ): ChunkResult {
    const parts: Part[] = []
    const items = split.map(({ leaf, bytes, rest }): [string, unknown] => {
      const before = inPlace.find(p => p.leaf === leaf)
      const keeping = {
        building: (path: string) => this.parts.building(pass.key, path),
        at: before === undefined ? null : { path: this.parts.pathOf(before.at as string), start: before.start },
        appended: async ({ path, start }: StoredAt) => {
          const at = this.parts.name(path)
          // A sink may have told the bytes where they stand, so that they differ from those that were kept.
          const crc = before?.at === at && before.start === start ? before.crc : crc32(bytes)
          parts.push({ leaf, at, start, length: bytes.length, crc })
          if (parts.length === split.length) await stored(parts)
        },
      }
      return [leaf, pass.appended.get(leaf)!.join(rest, bytes, keeping)]
    })
    return withItems(rest, new Map(items))
  }

  /** Writes down where bytes stand now. */
  private async move(head: Omit<Head, 'parts'>, now: readonly Part[], before: readonly Part[]): Promise<void> {
    const same = now.every(({ leaf, at, start }) =>
      before.some(p => p.leaf === leaf && p.at === at && p.start === start),
    )
    if (same) return
    await this.write(encodeEntry({ ...head, parts: now }, []))
    for (const at of new Set(before.map(p => p.at))) if (typeof at === 'number') await this.parts.removeSpill(at)
  }

  /** @internal */
  write(payload: readonly Uint8Array[]): Promise<void> {
    this.waiting++
    const written = () => {
      this.waiting--
    }
    const pieces = [recordHeader(...payload), ...payload]
    this.last = this.waiting === 1 ? this.append(pieces) : this.last.then(() => this.append(pieces))
    // Whoever wrote hears of a failure; nobody may be waiting for the last one.
    this.last.then(written, written)
    return this.last
  }

  /** Into the system's cache a record is written at once, in less time than it takes to hand it to Node's thread pool and to hear
   *  from it: 0.2 instead of 0.7 ms a chunk. */
  private async append(pieces: readonly Uint8Array[]): Promise<void> {
    const total = pieces.reduce((sum, p) => sum + p.length, 0)
    const began = performance.now()
    try {
      let bytesWritten = this.isSlow
        ? (await this.file.writev([...pieces], this.end)).bytesWritten
        : writevSync(this.file.fd, pieces, this.end)
      this.isSlow = performance.now() - began > SLOW_WRITE_MS + total * SLOW_WRITE_MS_PER_BYTE
      if (bytesWritten < total) {
        const bytes = Buffer.concat(pieces)
        while (bytesWritten < total) {
          const left = total - bytesWritten
          bytesWritten += (await this.file.write(bytes, bytesWritten, left, this.end + bytesWritten)).bytesWritten
        }
      }
    } catch (cause) {
      throw journalError(join(this.folder, JOURNAL_FILE), cause)
    }
    this.end += total
  }
}

interface Split {
  readonly leaf: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly rest: unknown
}

function withItems(result: ChunkResult, changed: ReadonlyMap<string, unknown>): ChunkResult {
  return { ...result, items: new Map([...result.items, ...changed]) }
}

/** Everything in the journal's folder but the lock. What processes have left that were killed while they took it goes as well. */
async function removeContent(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name === LOCK_FILE) continue
    // Where the run is complete nothing is left in folders; `rm` takes some milliseconds to load.
    if (entry.isDirectory()) await rmdir(path).catch(() => rm(path, { recursive: true, force: true }))
    else await unlink(path).catch(() => rm(path, { force: true }))
  }
}

async function openLocked(
  { identity, resume, log, onWarning, output, beside, isThere }: JournalOptions,
  folder: string,
  lock: Lock,
): Promise<Journal> {
  const path = join(folder, JOURNAL_FILE)
  const parts = new PartStore(join(folder, PARTS_FOLDER), output)
  const found = resume ? await readJournal(path) : null
  if (found !== null) {
    const unequal = differences(found.identity, identity)
    if (unequal.length > 0) {
      const message = 'is that of another run, see below. Run again without --resume to start anew.'
      throw new UsageError([{ place: path, message }, ...unequal])
    }
    if (found.size > found.end) log.debug({ path, bytes: found.size - found.end }, 'a record cut short is dropped')
    const file = await openAgain(path, found.end)
    const spills = [...found.known.values()].flatMap(k => k.parts.map(p => p.at)).filter(at => typeof at === 'number')
    await parts.keepSpills(new Set(spills))
    return new Journal(folder, file, lock, parts, { ...found, isThere, afterStopped: true })
  }
  const discarded = resume ? null : await countChunks(path)
  if (discarded !== null && discarded > 0) {
    onWarning(
      `${output}: a stopped run had done ${discarded} chunks, which are done again (--resume would have continued it)`,
    )
  }
  if (resume) onWarning(`${output}: there is no journal of a stopped run: running from the beginning`)
  const afterStopped = lock.wasStale || discarded !== null
  await removeContent(folder).catch(cause => {
    throw journalError(folder, cause)
  })
  if (beside !== undefined) {
    const kept = join(folder, beside.name)
    await writeFile(kept, beside.content).catch(cause => {
      throw journalError(kept, cause)
    })
  }
  const file = await open(path, 'w+').catch(cause => {
    throw journalError(path, cause)
  })
  const journal = new Journal(folder, file, lock, parts, { known: new Map(), end: 0, afterStopped })
  await journal.write([serialize(identity)])
  return journal
}

/** Without what was cut short. */
async function openAgain(path: string, end: number): Promise<FileHandle> {
  try {
    const file = await open(path, 'r+')
    await file.truncate(end)
    return file
  } catch (cause) {
    throw journalError(path, cause)
  }
}

function unreadable(path: string, cause: unknown): unknown {
  return errorCode(cause) === '' ? cause : readError(path, cause)
}

/** null: there is none, or the run was stopped before it had one. Throws UsageError where it is damaged. */
export async function readJournal(path: string): Promise<{
  readonly identity: Identity
  readonly known: Map<string, Known>
  readonly end: number
  readonly size: number
} | null> {
  let identity: Identity | null = null
  const known = new Map<string, Known>()
  const found = await scanRecords(path, (payload, place) => {
    if (identity === null) {
      identity = deserialize(payload) as Identity
      return
    }
    const { head, hasBody } = headOf(payload)
    const key = keyOf(head.pass, head.chunk)
    const before = known.get(key)
    if (hasBody) known.set(key, { place, parts: head.parts, made: head.made })
    else if (before !== undefined) known.set(key, { ...before, parts: head.parts })
  }).catch(error => {
    if (errorCode(error) === 'ENOENT') return null
    throw unreadable(path, error)
  })
  dropIncomplete(known)
  return found === null || identity === null ? null : { ...found, identity, known }
}

/** Chunks in a journal that is to be discarded, whatever its state; null: there is no journal. */
async function countChunks(path: string): Promise<number | null> {
  try {
    return (await readJournal(path))?.known.size ?? null
  } catch (error) {
    return error instanceof UsageError ? 0 : null
  }
}

function describe(pass: Pass, { file, start, stop }: Chunk): string {
  return `${pass.key}: ${file} [${start}, ${stop ?? 'end'})`
}
