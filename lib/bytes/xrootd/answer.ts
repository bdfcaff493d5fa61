/** The last frame of an answer: what it says is to be done. */
import { hideWords } from '../address.js'
import { ServerError } from './failures.js'
import { FrameError } from './frames.js'
import { STATUS } from './protocol.js'

/** What ended a request that did not fail. */
export type Answer =
  | { readonly kind: 'ok' | 'more'; readonly body: Buffer }
  | { readonly kind: 'redirect'; readonly body: Buffer }
  | { readonly kind: 'wait'; readonly seconds: number }

/** A server that wants to be asked again at once, and again, would be asked a thousand times a second. */
const SHORTEST_WAIT_S = 0.1

/** parts: bodies of the frames before (kXR_oksofar). Throws ServerError for kXR_error, FrameError for what makes no sense. */
export function answerOf(status: number, body: Buffer, parts: readonly Buffer[]): Answer {
  const whole = parts.length === 0 ? body : Buffer.concat([...parts, body])
  if (status === STATUS.ok) return { kind: 'ok', body: whole }
  if (status === STATUS.authMore) return { kind: 'more', body: whole }
  if (body.length >= 4) {
    if (status === STATUS.redirect) return { kind: 'redirect', body }
    if (status === STATUS.wait) return { kind: 'wait', seconds: Math.max(SHORTEST_WAIT_S, body.readInt32BE(0)) }
    if (status === STATUS.error) throw new ServerError(body.readInt32BE(0), printable(body.subarray(4)))
  }
  throw new FrameError(`status ${status} with ${body.length} bytes`)
}

/** Looking for secrets in a megabyte of nonsense would take minutes. */
const MOST_WORDS = 4096

/** A server's words, as they may be printed: without what grants access, without control characters, not endless. */
function printable(bytes: Buffer): string {
  const text = bytes.toString('utf8', 0, MOST_WORDS).replace(/\0.*$/s, '')
  return hideWords(text.replaceAll(/\p{Cc}+/gu, ' '))
    .trim()
    .slice(0, 300)
}
