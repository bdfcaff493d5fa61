/** Requests and answers of the page's server. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DataError, OutputError, UsageError } from '../core/errors.js'
import type { EventFeed } from './events.js'
import type { Failure } from './model.js'

export interface PageRequest {
  readonly query: URLSearchParams
  /** What was sent as JSON; undefined for GET. */
  readonly body: unknown
  /** Aborts when the page no longer waits. */
  readonly signal: AbortSignal
}

/** What a handler gives is sent as JSON. Its UsageError becomes status 422, DataError and OutputError 409, with what is wrong. */
export type Handler = (request: PageRequest) => unknown

/** "GET /api/page" -> who answers. */
export type Routes = Readonly<Record<string, Handler | EventFeed>>

/** An answer other than a handler's result. */
export class HttpFailure extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value ?? null))
}

export function sendFailure(response: ServerResponse, error: unknown): void {
  const { status, failure } = failureOf(error)
  if (response.headersSent) return void response.destroy()
  if (status === 413) response.setHeader('connection', 'close')
  sendJson(response, status, failure)
}

function failureOf(error: unknown): { status: number; failure: Failure } {
  const single = (status: number, message: string) => ({ status, failure: { problems: [{ place: '', message }] } })
  if (error instanceof UsageError) return { status: 422, failure: { problems: error.problems } }
  if (error instanceof HttpFailure) return single(error.status, error.message)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof DataError || error instanceof OutputError) return single(409, message)
  return single(500, `${message} This is a fault of tnp-pipe: please report it.`)
}

/** More than any form of the page has. */
const MOST_BODY_BYTES = 1 << 20

/** The JSON that was sent. Throws HttpFailure. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json') throw new HttpFailure(415, 'the content must be JSON (application/json).')
  const content = await collect(request)
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    throw new HttpFailure(400, 'the content is no JSON.')
  }
}

/** What is too much is not read: the connection ends after the answer. */
function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      parts.push(part)
      if (size <= MOST_BODY_BYTES) return
      request.pause().removeAllListeners('data')
      reject(new HttpFailure(413, `more than ${MOST_BODY_BYTES} bytes were sent.`))
    })
    request.on('end', () => resolve(Buffer.concat(parts)))
    request.on('error', reject)
  })
}
