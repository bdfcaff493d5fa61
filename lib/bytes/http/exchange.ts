/** One request and its answer, without redirects and new attempts. */
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { agentsFor, CONNECTIONS } from './agents.js'
import { brokenConnection } from './broken.js'
import type { Operation } from './operation.js'
import { type Hop, mayKnowUser } from './target.js'
import { Transient } from './transient.js'

export interface Asked {
  readonly method: string
  /** Names in capitals, as `Range`: XrdHttp before 5.7 compares them letter by letter. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Who answered. */
  readonly from: Hop
  /** Milliseconds from sending to the answer's head, without the time to connect. */
  readonly latencyMs: number
  /** Reads the body to its end; returns its length. Throws Transient where it is cut off or stops coming, and what `take` throws. */
  read(take: (piece: Uint8Array) => void): Promise<number>
  /** The body's beginning, as far as 64 kB; the connection is kept where there is no more. */
  text(): Promise<string>
  /** Closes the connection under what has not been read. */
  discard(): void
}

const TEXT_LIMIT = 64 * 1024

/** Requests that change nothing. Of others, whose answer was lost, it is not known whether they were carried out. */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PROPFIND'])

/** Sends one request without body. Throws Transient or DataError where no answer comes, and the signal's reason. */
export async function exchange(to: Hop, asked: Asked, operation: Operation): Promise<Answer> {
  // A kept connection may have been closed by the server at any time: that says nothing about the server. No more than all kept
  // ones can have been.
  for (let stale = 0; ; stale++) {
    const answer = await once(to, asked, operation, REPEATABLE.has(asked.method) && stale <= CONNECTIONS)
    if (answer !== 'stale') return answer
  }
}

function once(to: Hop, asked: Asked, operation: Operation, mayBeStale: boolean): Promise<Answer | 'stale'> {
  const { place, settings, signal } = operation
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason)
    const headers = { ...asked.headers, ...authorization(to, operation) }
    const options = { host: to.host, port: to.port, path: to.path, method: asked.method, headers }
    const sent = (to.isSecure ? requestHttps : requestHttp)({
      ...options,
      agent: agentsFor(to, operation).requests,
    })
    let began = 0
    let why: Error | null = null
    const stop = (error: Error) => {
      why ??= error
      sent.destroy()
    }
    const abort = () => stop(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    let idle: NodeJS.Timeout | undefined
    const silent = () => stop(noAnswer(to, settings.timeoutMs))
    const over = () => {
      clearTimeout(idle)
      signal.removeEventListener('abort', abort)
    }
    const failed = (error: NodeJS.ErrnoException): Error => {
      over()
      return why ?? brokenConnection(place, to, error)
    }
    sent.on('socket', (socket: Socket) => {
      idle = setTimeout(silent, settings.timeoutMs)
      began = performance.now()
      if (socket.connecting) socket.once(to.isSecure ? 'secureConnect' : 'connect', () => (began = performance.now()))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = mayBeStale && why === null && sent.reusedSocket && /^(ECONNRESET|EPIPE)$/.test(error.code ?? '')
      const failure = failed(error)
      if (isStale) done('stale')
      else fail(failure)
    })
    sent.on('response', response => {
      idle?.refresh()
      const latencyMs = performance.now() - began
      const body = { response, stop, over, failed, arrived: () => idle?.refresh(), stopped: () => why }
      done({ status: response.statusCode ?? 0, headers: response.headers, from: to, latencyMs, ...reading(body) })
    })
    sent.end()
  })
}

export interface Body {
  readonly response: IncomingMessage
  readonly stop: (why: Error) => void
  readonly over: () => void
  readonly failed: (error: NodeJS.ErrnoException) => Error
  readonly arrived: () => void
  readonly stopped: () => Error | null
}

/** What can be done with the body of an answer. */
export function reading({
  response,
  stop,
  over,
  failed,
  arrived,
  stopped,
}: Body): Pick<Answer, 'read' | 'text' | 'discard'> {
  let broken: NodeJS.ErrnoException | null = null
  response.on('error', error => (broken = error))
  response.on('close', over)
  const read = (take: (piece: Uint8Array) => void) =>
    new Promise<number>((done, fail) => {
      let length = 0
      const cut = () => fail(failed(broken ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
      if (response.destroyed && !response.complete) return cut()
      response.on('close', cut)
      response.on('end', () => {
        response.off('close', cut)
        over()
        if (response.complete && stopped() === null) done(length)
        else cut()
      })
      response.on('data', (piece: Uint8Array) => {
        if (stopped() !== null) return
        arrived()
        length += piece.length
        try {
          take(piece)
        } catch (error) {
          stop(error as Error)
        }
      })
    })
  const discard = () => {
    over()
    stop(new Error('not wanted'))
  }
  const text = async () => {
    const pieces: Uint8Array[] = []
    let length = 0
    const full = new Error('long enough')
    try {
      await read(piece => {
        pieces.push(piece)
        if ((length += piece.length) > TEXT_LIMIT) throw full
      })
    } catch (error) {
      if (error !== full) throw error
    }
    return Buffer.concat(pieces).toString('utf8').slice(0, TEXT_LIMIT)
  }
  return { read, text, discard }
}

/** The token goes to servers whose certificate was checked, and to no other. */
export function authorization(to: Hop, { credentials }: Operation): Record<string, string> {
  return credentials.token !== null && mayKnowUser(to) ? { Authorization: `Bearer ${credentials.token}` } : {}
}

export function noAnswer(to: Hop, timeoutMs: number): Transient {
  return new Transient(`no answer from ${to.origin} within ${timeoutMs / 1000} s`, { isTimeout: true })
}
