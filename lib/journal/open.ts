/** Opening a journal: a new one, or that of a run which is continued. */
import { type FileHandle, open, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import type { Logger } from '../core/types.js'
import { isDiskFault } from '../core/write-error.js'
import { journalError } from './error.js'
import { JOURNAL_FILE, JOURNAL_FOLDER, LOCK_FILE, PARTS_FOLDER, removeContent } from './folder.js'
import { differences, type Identity } from './identity.js'
import { type IsThere, Journal } from './journal.js'
import { type Lock, takeLock } from './lock.js'
import { PartStore } from './parts.js'
import { countChunks, readJournal } from './read.js'

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

/** Throws UsageError where another run is writing to the folder, and, to resume, where the journal is damaged or belongs to
 *  another job: the journal is left as it is then. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
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
  await journal.begin(identity)
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
