/** What stands in a journal. */
import { deserialize } from 'node:v8'
import { UsageError } from '../core/errors.js'
import type { MadeFile } from '../core/types.js'
import { errorCode, readError } from '../core/write-error.js'
import { headOf, keyOf } from './entry.js'
import type { Identity } from './identity.js'
import { dropIncomplete } from './made.js'
import type { Part } from './parts.js'
import { type Place, scanRecords } from './records.js'

/** Where a chunk's result is. */
export interface Known {
  readonly place: Place
  readonly parts: readonly Part[]
  readonly made: readonly MadeFile[]
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
export async function countChunks(path: string): Promise<number | null> {
  try {
    return (await readJournal(path))?.known.size ?? null
  } catch (error) {
    return error instanceof UsageError ? 0 : null
  }
}

/** As an error of a file that cannot be read. */
export function unreadable(path: string, cause: unknown): unknown {
  return errorCode(cause) === '' ? cause : readError(path, cause)
}
