/** What is done with a whole file at its server: its checksum is asked for, and it gets its name. */
import type { RemoteAddress } from '../address.js'
import type { Deadline } from './deadline.js'
import { ServerError } from './failures.js'
import { ask } from './operation.js'
import {
  ERROR,
  mvRequest,
  parseStatus,
  QUERY,
  queryRequest,
  type Request,
  rmRequest,
  statRequest,
  textOf,
} from './protocol.js'

/** The stock server puts the file, of `size` bytes, in place of what had the name; others refuse that, and only then it is removed first.
 *  Throws DataError. */
export async function renameTo(
  from: RemoteAddress,
  to: RemoteAddress,
  size: number,
  deadline: Deadline,
): Promise<void> {
  const move = (path: string) => mvRequest(path.replace(/\?.*$/s, ''), to.path, to.cgi)
  try {
    await askText(from, move, deadline)
  } catch (error) {
    // A first attempt whose answer was lost has done it: the temporary file was there a moment ago.
    if (isGone(error) && parseStatus(await askText(to, statRequest, deadline))?.size === size) return
    if (!isTaken(error)) throw error
    await askText(to, rmRequest, deadline)
    await askText(from, move, deadline)
  }
}

/** Adler-32 in eight hexadecimal digits; null of servers without checksums, and of those with others. */
export async function adler32At(address: RemoteAddress, deadline: Deadline): Promise<string | null> {
  const found = await askText(address, path => queryRequest(QUERY.checksum, path), deadline).catch(() => null)
  const [algorithm, value] = (found ?? '').split(/\s+/)
  if (algorithm !== 'adler32' || value === undefined || !/^[0-9a-f]{1,8}$/i.test(value)) return null
  return value.toLowerCase().padStart(8, '0')
}

export async function askText(
  address: RemoteAddress,
  make: (path: string) => Request,
  deadline: Deadline,
): Promise<string> {
  return (await ask(address, path => make(path), textOf, deadline)).value
}

function isGone(error: unknown): boolean {
  const cause = (error as Error).cause
  return cause instanceof ServerError && cause.code === ERROR.notFound
}

function isTaken(error: unknown): boolean {
  const cause = (error as Error).cause
  return cause instanceof ServerError && (cause.code === ERROR.itExists || /\bexists?\b/i.test(cause.message))
}
