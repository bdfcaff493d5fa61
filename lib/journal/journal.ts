/** The journal of a run: what each chunk gave, in the order in which results are merged. Since a run is deterministic, a run
 *  that is continued asks for the same chunks in the same order, and takes their results from the journal until it ends. */
import { type FileHandle, mkdir, open, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { OutputError, UsageError } from '../core/errors.js'
import type { Chunk, Logger } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import { differences, type Identity } from './identity.js'
import { type Lock, takeLock } from './lock.js'
import { type Place, readAt, recordHeader, scanRecords } from './records.js'

/** Below the output folder. */
export const JOURNAL_FOLDER = '.tnp-journal'
export const JOURNAL_FILE = 'journal'
const LOCK_FILE = 'lock'

interface Entry {
  /** Pass over a dataset that the chunk belongs to. */
  readonly pass: string
  readonly result: ChunkResult
}

export interface JournalOptions {
  readonly output: string
  readonly identity: Identity
  readonly resume: boolean
  readonly log: Logger
  readonly onWarning: (message: string) => void
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
  private readonly places: readonly Place[]
  private end: number

  /** @internal Use `open`. */
  constructor(
    folder: string,
    file: FileHandle,
    lock: Lock,
    found: { readonly places: readonly Place[]; readonly end: number; readonly afterStopped: boolean },
  ) {
    this.folder = folder
    this.file = file
    this.lock = lock
    this.places = found.places
    this.end = found.end
    this.afterStopped = found.afterStopped
  }

  /** Throws UsageError where another run is writing to the folder, and, to resume, where the journal is damaged or belongs to
   *  another job: the journal is left as it is then. */
  static async open(options: JournalOptions): Promise<Journal> {
    const folder = join(options.output, JOURNAL_FOLDER)
    await mkdir(folder, { recursive: true }).catch(error => {
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
    return this.places.length + this.added
  }

  /** The journalled result of the pass's next chunk; null where the journal has ended. Throws UsageError where it goes on
   *  with another chunk. */
  async next(pass: string, chunk: Chunk): Promise<ChunkResult | null> {
    const place = this.places[this.resumed]
    if (place === undefined) return null
    const entry = deserialize(await readAt(this.file, place)) as Entry
    if (entry.pass !== pass || JSON.stringify(entry.result.chunk) !== JSON.stringify(chunk)) {
      const message = `goes on with other chunks than this run (${describe(entry.pass, entry.result.chunk)} in the journal, ${describe(pass, chunk)} now). Run again without --resume.`
      throw new UsageError([{ place: join(this.folder, JOURNAL_FILE), message }])
    }
    this.resumed++
    return entry.result
  }

  /** Throws OutputError where it cannot be written. */
  async add(pass: string, result: ChunkResult): Promise<void> {
    await this.append(serialize({ pass, result } satisfies Entry))
    this.added++
  }

  /** @internal */
  async append(payload: Uint8Array): Promise<void> {
    for (const bytes of [recordHeader(payload), payload]) {
      for (let done = 0; done < bytes.length; ) {
        try {
          done += (await this.file.write(bytes, done, bytes.length - done, this.end + done)).bytesWritten
        } catch (cause) {
          const message = `${join(this.folder, JOURNAL_FILE)}: cannot be written (${(cause as Error).message}). Free some space, or use --no-journal.`
          throw new OutputError(message, { cause })
        }
      }
      this.end += bytes.length
    }
  }

  /** Ends the run's use of the journal. It is removed where the run is complete or nothing was done; true: it was kept. */
  async close(complete: boolean): Promise<boolean> {
    const keep = !complete && this.done > 0
    await this.file.close()
    if (!keep) await rm(join(this.folder, JOURNAL_FILE), { force: true })
    await this.lock.release()
    if (!keep) await rmdir(this.folder).catch(() => {})
    return keep
  }
}

async function openLocked(
  { identity, resume, log, onWarning, output }: JournalOptions,
  folder: string,
  lock: Lock,
): Promise<Journal> {
  const path = join(folder, JOURNAL_FILE)
  const found = resume ? await readJournal(path) : null
  if (found !== null) {
    const unequal = differences(found.identity, identity)
    if (unequal.length > 0) {
      const message = 'is that of another run, see below. Run again without --resume to start anew.'
      throw new UsageError([{ place: path, message }, ...unequal])
    }
    if (found.size > found.end) log.debug({ path, bytes: found.size - found.end }, 'a record cut short is dropped')
    const file = await open(path, 'r+')
    await file.truncate(found.end)
    return new Journal(folder, file, lock, { ...found, afterStopped: true })
  }
  const discarded = resume ? null : await countRecords(path)
  if (discarded !== null && discarded > 0) {
    onWarning(
      `${output}: a stopped run had done ${discarded} chunks, which are done again (--resume would have continued it)`,
    )
  }
  if (resume) onWarning(`${output}: there is no journal of a stopped run: running from the beginning`)
  const afterStopped = lock.wasStale || discarded !== null
  const journal = new Journal(folder, await open(path, 'w+'), lock, { places: [], end: 0, afterStopped })
  await journal.append(serialize(identity))
  return journal
}

/** null: there is none, or the run was stopped before it had one. Throws UsageError where it is damaged. */
export async function readJournal(
  path: string,
): Promise<{ identity: Identity; places: readonly Place[]; end: number; size: number } | null> {
  let identity: Identity | null = null
  const found = await scanRecords(path, (payload, index) => {
    if (index === 0) identity = deserialize(payload) as Identity
  }).catch(error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  })
  if (found === null || identity === null) return null
  return { ...found, identity, places: found.places.slice(1) }
}

/** Chunks in a journal that is to be discarded, whatever its state; null: there is no journal. */
async function countRecords(path: string): Promise<number | null> {
  try {
    return (
      await scanRecords(path).catch(error => {
        if (error instanceof UsageError) return { places: [] }
        throw error
      })
    ).places.slice(1).length
  } catch {
    return null
  }
}

function describe(pass: string, { file, start, stop }: Chunk): string {
  return `${pass}: ${file} [${start}, ${stop ?? 'end'})`
}
