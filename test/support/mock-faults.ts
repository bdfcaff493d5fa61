/** What a mock XRootD server can do wrong, each as the `do` of a fault. */
import {
  type Answer,
  attention,
  failure,
  frame,
  int32,
  OK,
  OK_SO_FAR,
  REDIRECT,
  WAIT,
  WAIT_RESPONSE,
} from './mock-frames.js'
import type { Action } from './mock-xrootd.js'

/** place: `host[?cgi[?token]]`, or a whole URL where the port is negative. */
export function redirect(port: number, place = '127.0.0.1'): Action {
  return answerWith({ status: REDIRECT, body: Buffer.concat([int32(port), Buffer.from(place)]) })
}

/** kXR_wait: ask again in so many seconds. */
export function wait(seconds: number): Action {
  return answerWith({ status: WAIT, body: Buffer.concat([int32(seconds), Buffer.from('later\0')]) })
}

/** kXR_error. Numbers: XProtocol.hh, XErrorCode. */
export function fail(code: number, text = 'as the test wants'): Action {
  return answerWith(failure(code, text))
}

export function answerWith(answer: Answer): Action {
  return ({ seen, send }) => send(frame(seen.stream, answer))
}

/** Never an answer. */
export const hang: Action = () => {}

/** The true answer, so much later. */
export function late(ms: number): Action {
  return async ({ seen, answer, send }) => {
    await sleep(ms)
    send(frame(seen.stream, answer()))
  }
}

/** kXR_waitresp, and after a while the true answer within kXR_attn (action 5008): action number, 4 reserved bytes, then a whole
 *  response. null: it never comes. parts: it comes in parts of that many bytes, each in a frame of its own. */
export function waitResponse(ms: number | null, parts = Number.POSITIVE_INFINITY): Action {
  return async ({ seen, answer, send }) => {
    send(frame(seen.stream, { status: WAIT_RESPONSE, body: int32(Math.ceil((ms ?? 1000) / 1000)) }))
    if (ms === null) return
    await sleep(ms)
    for (const part of partsOf(answer(), parts)) send(attention(5008, frame(seen.stream, part)))
  }
}

/** kXR_attn with an action that is none of the client's business, and then the true answer. */
export function unsolicited(action: number, content: Buffer = Buffer.from('bye\0')): Action {
  return ({ seen, answer, send }) => {
    send(attention(action, content))
    send(frame(seen.stream, answer()))
  }
}

/** The true answer in parts of that many bytes: kXR_oksofar, the last kXR_ok. pauseMs: between the parts. */
export function inParts(bytes: number, pauseMs = 0): Action {
  return async ({ seen, answer, send }) => {
    for (const part of partsOf(answer(), bytes)) {
      send(frame(seen.stream, part))
      if (pauseMs > 0) await sleep(pauseMs)
    }
  }
}

/** The true answer's frame in two pieces: so many bytes, and the rest after a pause. */
export function inTwo(bytes: number, pauseMs: number): Action {
  return async ({ seen, answer, send }) => {
    const whole = frame(seen.stream, answer())
    send(whole.subarray(0, bytes))
    await sleep(pauseMs)
    send(whole.subarray(bytes))
  }
}

/** Only the first bytes of the true answer's frame (its head has 8); then `then`: nothing more, or the connection's end. */
export function cutOff(bytes: number, then: 'hang' | 'end' | 'reset'): Action {
  return async ({ seen, answer, send, drop }) => {
    if (bytes > 0) send(frame(seen.stream, answer()).subarray(0, bytes))
    // What was sent goes out before a reset, which would throw it away.
    await sleep(20)
    if (then !== 'hang') drop(then)
  }
}

/** The true answer behind a head with another length. */
export function wrongLength(length: number): Action {
  return ({ seen, answer, send }) => send(frame(seen.stream, answer(), length))
}

/** The true answer, changed: status, body. */
export function changed(change: (answer: Answer) => Answer): Action {
  return ({ seen, answer, send }) => send(frame(seen.stream, change(answer())))
}

/** A vector's first element with another head. */
export function wrongElement(field: 'handle' | 'length' | 'position'): Action {
  return changed(({ status, body }) => {
    const at = { handle: 0, length: 4, position: 12 }[field]
    const copy = Buffer.from(body)
    copy.writeInt32BE(copy.readInt32BE(at) + 1, at)
    return { status, body: copy }
  })
}

/** The answer without its last bytes, in a frame that is right. */
export function shortBy(bytes: number): Action {
  return changed(({ status, body }) => ({ status, body: body.subarray(0, Math.max(0, body.length - bytes)) }))
}

/** The true answer under the number of another request. */
export function wrongStream(stream: number): Action {
  return ({ answer, send }) => send(frame(stream, answer()))
}

export function sleep(ms: number): Promise<void> {
  return new Promise(done => setTimeout(done, ms))
}

function* partsOf({ status, body }: Answer, bytes: number): Iterable<Answer> {
  const isLong = status === OK && body.length > bytes
  if (!isLong) {
    yield { status, body }
    return
  }
  for (let at = 0; at < body.length; at += bytes) {
    const isLast = at + bytes >= body.length
    yield { status: isLast ? OK : OK_SO_FAR, body: body.subarray(at, at + bytes) }
  }
}
