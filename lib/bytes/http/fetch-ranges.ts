/** Bytes by ranges: one request with all of them, where the server does that as it should, or one request each. */
import { DataError } from '../../core/errors.js'
import type { Range } from '../source.js'
import { boundaryOf, parseContentRange, rangeHeader, refusedSize } from './content-range.js'
import type { Answer } from './exchange.js'
import type { Route } from './follow.js'
import { missing, type Span } from './layout.js'
import { NotAsAsked, readParts } from './multipart.js'
import { type Operation, persist } from './operation.js'
import { refused } from './refused.js'
import { Transient } from './transient.js'
import type { Version } from './version.js'

export interface Fetching {
  readonly operation: Operation
  readonly route: Route
  readonly version: Version
  /** Gets bytes with their position in the file. */
  readonly put: (position: number, bytes: Uint8Array) => void
  /** Gets the latency of each answer. */
  readonly measured: (answer: Answer) => void
}

/** One span by one range; after a dropped connection only what is missing. */
export async function fetchSpan(span: Span, fetching: Fetching): Promise<void> {
  const progress = () => span.got
  await persist(fetching.operation, () => attemptSpan(span, fetching), progress)
}

async function attemptSpan(span: Span, fetching: Fetching): Promise<void> {
  const { operation, version } = fetching
  const wanted = { position: span.position + span.got, length: span.length - span.got }
  if (wanted.length === 0) return
  const answer = await ask([wanted], fetching)
  let skip = 0
  if (answer.status === 200) {
    if (span.position !== 0 || span.length !== version.size) throw ignored(answer, operation.place)
    skip = span.got
    version.checkSize(lengthOf(answer))
  } else {
    checkRange(answer, wanted, fetching)
  }
  await takeBody(answer, span, skip, fetching)
}

/** What came of asking for many spans at once; in `got` of each span is how far it came. `failed`: for a reason that may pass, or
 *  because the server closes connections on which so much is asked. */
export type Together = 'works' | 'does not' | 'failed'

/** Many spans by one request. Throws DataError. */
export async function fetchTogether(all: readonly Span[], fetching: Fetching): Promise<Together> {
  for (let before = -1; ; ) {
    const got = all.reduce((sum, span) => sum + span.got, 0)
    if (got === before) return 'failed'
    before = got
    try {
      await attemptTogether(missing(all), fetching)
      return 'works'
    } catch (error) {
      if (error instanceof NotAsAsked) {
        // Of a part that was shorter than it said, what came behind it has been taken for its end.
        for (const span of all) span.got = 0
        return 'does not'
      }
      if (!(error instanceof Transient) || fetching.operation.signal.aborted) throw error
    }
  }
}

/** Answers of servers that dislike so many ranges or so long a header. */
const TOO_MUCH: ReadonlySet<number> = new Set([200, 400, 413, 414, 416, 431, 501])

async function attemptTogether(left: readonly Span[], fetching: Fetching): Promise<void> {
  if (left.length < 2) return left.length === 0 ? undefined : attemptSpan(left[0]!, fetching)
  const wanted = left.map(({ position, length, got }) => ({ position: position + got, length: length - got }))
  const answer = await ask(wanted, fetching, TOO_MUCH)
  const boundary = boundaryOf(answer.headers['content-type'])
  if (answer.status !== 206 || boundary === null) {
    answer.discard()
    throw new NotAsAsked('no answer for many ranges')
  }
  const reader = readParts(boundary, left, fetching.put, total => fetching.version.checkSize(total))
  await answer.read(piece => reader.take(piece))
  reader.end()
}

/** An answer with status 200, 206 or one of `others`, of the file that was opened. */
async function ask(wanted: readonly Range[], fetching: Fetching, others?: ReadonlySet<number>): Promise<Answer> {
  const { operation, route, version, measured } = fetching
  const headers = { Range: rangeHeader(wanted), 'Accept-Encoding': 'identity' }
  const answer = await route.send({ method: 'GET', headers }, operation)
  const { status } = answer
  try {
    if (status === 416) version.checkSize(refusedSize(answer.headers['content-range']))
    if (status === 200 || status === 206) {
      measured(answer)
      version.checkMark(answer)
      const encoding = answer.headers['content-encoding'] ?? 'identity'
      if (encoding !== 'identity') throw bad(`${answer.from.origin} sends it encoded (${encoding})`, operation.place)
      return answer
    }
  } catch (error) {
    answer.discard()
    throw error
  }
  if (others?.has(status)) return answer
  throw await refused(answer, operation)
}

function checkRange(answer: Answer, wanted: Range, { operation, version }: Fetching): void {
  const { headers, from } = answer
  const told = parseContentRange(headers['content-range'])
  const length = lengthOf(answer)
  const asked = `${rangeHeader([wanted])}/${version.size}`
  try {
    if (told === null) throw bad(`${from.origin} does not say which bytes it sends, wanted ${asked}`, operation.place)
    version.checkSize(told.total)
    if (told.position !== wanted.position || told.length !== wanted.length) {
      const sent = JSON.stringify(headers['content-range'])
      throw bad(`${from.origin} sends other bytes than were asked for (got ${sent}, wanted ${asked})`, operation.place)
    }
    if (length !== null && length !== wanted.length) {
      throw bad(`${from.origin} sends ${length} bytes, wanted ${asked}`, operation.place)
    }
  } catch (error) {
    answer.discard()
    throw error
  }
}

/** Throws Transient where fewer bytes come than were promised, DataError 'OSError' for more. `skip`: bytes that are here already. */
async function takeBody(answer: Answer, span: Span, skip: number, fetching: Fetching): Promise<void> {
  await answer.read(piece => {
    const bytes = skip === 0 ? piece : piece.subarray(skip)
    skip -= piece.length - bytes.length
    if (span.got + bytes.length > span.length) {
      throw bad(`${answer.from.origin} sends more bytes than it promised`, fetching.operation.place)
    }
    fetching.put(span.position + span.got, bytes)
    span.got += bytes.length
  })
  if (span.got < span.length) {
    throw new Transient(`${answer.from.origin} sent ${span.got} bytes of ${span.length} at ${span.position}`)
  }
}

function ignored({ from, headers, discard }: Answer, place: string): DataError {
  discard()
  const none = headers['accept-ranges']?.toLowerCase() === 'none' ? ' (Accept-Ranges: none)' : ''
  const advice = 'Read it by root://, or copy it here first.'
  return new DataError(
    'OSError',
    `${place}: ${from.origin} ignores byte ranges${none}, so the file cannot be read in parts. ${advice}`,
  )
}

function lengthOf({ headers }: Answer): number | null {
  return headers['content-length'] === undefined ? null : Number(headers['content-length'])
}

function bad(message: string, place: string): DataError {
  return new DataError('OSError', `${place}: ${message}. Try another server, and tell its operators.`)
}
