import type { OutputError } from '../core/errors.js'
import { writeError } from '../core/write-error.js'

/** A file of the journal cannot be written. */
export function journalError(path: string, cause: unknown): OutputError {
  return writeError(path, cause, ', or use --no-journal')
}
