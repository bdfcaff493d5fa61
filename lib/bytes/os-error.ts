/** Failures of the operating system in Python's words, because reports that readers of the reference's reports must
 *  understand carry exactly those. */
import { constants } from 'node:os'
import { DataError, type ReadExceptionName } from '../core/errors.js'

const KNOWN: Readonly<Record<string, { exception: ReadExceptionName; text: string }>> = {
  ENOENT: { exception: 'FileNotFoundError', text: 'No such file or directory' },
  EACCES: { exception: 'PermissionError', text: 'Permission denied' },
  EPERM: { exception: 'PermissionError', text: 'Operation not permitted' },
  EISDIR: { exception: 'IsADirectoryError', text: 'Is a directory' },
  ENOTDIR: { exception: 'OSError', text: 'Not a directory' },
  ELOOP: { exception: 'OSError', text: 'Too many levels of symbolic links' },
  ENAMETOOLONG: { exception: 'OSError', text: 'File name too long' },
  EIO: { exception: 'OSError', text: 'Input/output error' },
  EMFILE: { exception: 'OSError', text: 'Too many open files' },
}

/** The DataError for what a call of node:fs threw: `[Errno 2] No such file or directory: 'x.root'`. */
export function pythonOsError(cause: unknown, path: string): DataError {
  const code = (cause as { code?: unknown }).code
  const name = typeof code === 'string' ? code : 'EIO'
  const known = KNOWN[name] ?? { exception: 'OSError' as const, text: name }
  const errno = (constants.errno as Readonly<Record<string, number>>)[name] ?? 0
  return new DataError(known.exception, `[Errno ${errno}] ${known.text}: ${pythonQuoted(path)}`, { cause })
}

/** Python's repr of a text without control characters. */
function pythonQuoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\')
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}
