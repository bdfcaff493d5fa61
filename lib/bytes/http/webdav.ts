/** Requests of WebDAV (RFC 4918) and what their answers mean. */
import { DataError } from '../../core/errors.js'
import type { FileStatus } from '../sink.js'
import type { Answer } from './exchange.js'
import { follow } from './follow.js'
import { type Operation, persist } from './operation.js'
import type { Place } from './place.js'
import { type Resource, readMultiStatus } from './propfind.js'
import { refused } from './refused.js'
import type { Hop } from './target.js'

/** An answer that was read. */
export interface Reply {
  readonly status: number
  readonly from: Hop
  readonly body: string
  header(name: string): string | undefined
}

export interface Wish {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  /** Statuses besides 2xx that are an answer; others are errors. */
  readonly also?: readonly number[]
  /** Statuses that will not pass: XrdHttp says 500 for a folder that is not empty. */
  readonly lasting?: readonly number[]
}

/** Asks until an answer comes. Throws DataError. */
export function request(
  place: Place,
  { method, headers = {}, also = [], lasting = [] }: Wish,
  operation: Operation,
): Promise<Reply> {
  let isRepeated = false
  return persist(operation, async () => {
    // The answer to an earlier attempt may be lost though it was carried out.
    const fine = isRepeated && method === 'DELETE' ? [...also, 404] : also
    isRepeated = true
    const answer = await follow(place.target, { method, headers }, operation)
    const isFine = (answer.status >= 200 && answer.status < 300) || fine.includes(answer.status)
    if (!isFine) throw await refused(answer, operation, lasting)
    return reply(answer, operation.place)
  })
}

/** A folder of a hundred thousand files. */
const MOST_BYTES = 64 * 1024 * 1024

async function reply(answer: Answer, place: string): Promise<Reply> {
  const { status, from, headers } = answer
  const pieces: Uint8Array[] = []
  let length = 0
  await answer.read(piece => {
    length += piece.length
    if (length > MOST_BYTES) {
      const message = `${place}: ${from.origin} answers with more than ${MOST_BYTES} bytes. Choose a smaller folder.`
      throw new DataError('OSError', message)
    }
    pieces.push(piece)
  })
  const header = (name: string) => headers[name]?.toString()
  return { status, from, body: Buffer.concat(pieces).toString('utf8'), header }
}

/** Answers of servers without WebDAV, or that do not let this user list. */
const NO_PROPFIND: readonly number[] = [400, 401, 403, 405, 406, 415, 501]

/** null: the server does not tell. Otherwise what it tells of the place (`depth` 0) and of what is in it (1); empty: nothing is there. */
export async function propfind(place: Place, depth: 0 | 1, operation: Operation): Promise<Resource[] | null> {
  const wish = { method: 'PROPFIND', headers: { Depth: `${depth}` }, also: [404, ...NO_PROPFIND] }
  const { status, body } = await request(place, wish, operation)
  if (status === 404) return []
  const found = status === 207 ? readMultiStatus(body) : []
  return found.length === 0 ? null : found
}

/** By HEAD, which does not tell folders from files; null: nothing is there. */
export async function headStatus(place: Place, operation: Operation): Promise<FileStatus | null> {
  const headers = { 'Accept-Encoding': 'identity' }
  const { status, header } = await request(place, { method: 'HEAD', headers, also: [404] }, operation)
  if (status === 404) return null
  const modified = new Date(header('last-modified') ?? '')
  return {
    size: Number(header('content-length') ?? 0),
    modified: Number.isNaN(modified.getTime()) ? null : modified,
    isFolder: place.target.path.replace(/\?.*$/s, '').endsWith('/'),
  }
}

/** The server's Adler-32 (RFC 3230, as grid storage does), eight hexadecimal digits; null where it does not tell. XrdHttp answers 405
 *  where no checksums are set up. */
export async function adler32Of(place: Place, operation: Operation): Promise<string | null> {
  const wish = { method: 'HEAD', headers: { 'Want-Digest': 'adler32' }, also: [400, 403, 404, 405, 500, 501] }
  const { header } = await request(place, wish, operation)
  const found = /(?:^|,)\s*adler32=([0-9a-f]{1,8})\s*(?:,|$)/i.exec(header('digest') ?? '')?.[1]
  return found === undefined ? null : found.toLowerCase().padStart(8, '0')
}
