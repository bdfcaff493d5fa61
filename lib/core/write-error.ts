/** Why something cannot be written, as users are told: the path, the reason, what to do. */
import { OutputError } from './errors.js'

/** At `path` nothing could be written. advice: what helps besides free space. */
export function writeError(path: string, cause: unknown, advice = ''): OutputError {
  const code = errorCode(cause)
  const first = code === 'ENOSPC' || code === 'EDQUOT' ? 'Free some space' : 'Check the disk'
  return new OutputError(`${path}: ${cannot('be written', cause)}. ${first} and run again${advice}.`, { cause })
}

/** What is at `path` cannot be read, or be listed. */
export function readError(path: string, cause: unknown): OutputError {
  return new OutputError(`${path}: ${cannot('be read', cause)}. Check the disk and run again.`, { cause })
}

/** The disk is at fault, not the path that the user chose. */
export function isDiskFault(cause: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EIO'].includes(errorCode(cause))
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'its folder is a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk fails: input/output error',
}

export function cannot(what: string, cause: unknown): string {
  const code = errorCode(cause)
  return `cannot ${what} (${REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause))})`
}

export function errorCode(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | null)?.code ?? ''
}
