/** The body of one PUT, sent as it comes. */
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { DataError } from '../../core/errors.js'
import { agentsFor } from './agents.js'
import { brokenConnection } from './broken.js'
import { type Answer, authorization, noAnswer, reading } from './exchange.js'
import { follow } from './follow.js'
import { type Context, type Operation, persist } from './operation.js'
import { refused } from './refused.js'
import type { Hop } from './target.js'

/** Servers that do not know of `Expect: 100-continue` keep silent: after that the body is sent, as RFC 9110 10.1.1 says. */
const CONTINUE_MS = 10_000

/** Within a timeout a server must take so much: 256 kB in 60 s are 4 kB/s. */
const PIECE = 256 * 1024

/** Asks where a file of `size` bytes may go, following redirects; the connection then waits for the bytes. Throws DataError. */
export function beginUpload(first: Hop, size: number, operation: Operation): Promise<Upload> {
  return persist(operation, async () => {
    let upload: Upload | null = null
    const answer = await follow(first, { method: 'PUT', headers: {} }, operation, async to => {
      upload = new Upload(to, size, operation)
      return upload.begin(operation.signal)
    })
    if (isFine(answer)) return upload!
    throw await refused(answer, operation)
  })
}

export class Upload {
  readonly #to: Hop
  readonly #context: Context
  readonly #size: number
  readonly #sent: ClientRequest
  /** The final one. */
  readonly #answer: Promise<Answer>
  /** Fails where an answer comes before the file is whole. */
  readonly #early: Promise<never>
  /** Fails when the connection is closed, also after an answer. */
  readonly #broken: Promise<never>
  #given = 0
  #why: Error | null = null

  constructor(to: Hop, size: number, operation: Operation) {
    const { place, settings, credentials } = operation
    this.#to = to
    this.#context = { place, settings, credentials }
    this.#size = size
    const expect: Record<string, string> = size > 0 ? { Expect: '100-continue' } : {}
    const headers = { 'Content-Length': `${size}`, ...expect, ...authorization(to, operation) }
    const agent = agentsFor(to, operation).uploads
    // XrdHttp 5.5.3 says `100 Continue` with `Connection: Close`, and goes on: the strict parser takes that for the end.
    const parser = { insecureHTTPParser: true }
    const options = { host: to.host, port: to.port, path: to.path, method: 'PUT', headers, agent, ...parser }
    this.#sent = (to.isSecure ? requestHttps : requestHttp)(options)
    this.#answer = new Promise((done, fail) => {
      const broken = (error: NodeJS.ErrnoException) => fail(this.#why ?? brokenConnection(place, to, error))
      this.#sent.on('response', response => done(this.#read(response)))
      this.#sent.on('error', broken)
      this.#sent.on('close', () => broken(closed()))
    })
    this.#early = this.#answer.then(async answer => {
      // The server may be faster than the news here that it has got the last bytes.
      if (this.#given === this.#size) return new Promise<never>(() => {})
      throw isFine(answer) ? hasty(to, place) : await refused(answer, this.#context)
    })
    this.#broken = new Promise((_, fail) => {
      this.#sent.on('close', () => fail(this.#why ?? brokenConnection(place, to, closed())))
    })
    for (const promise of [this.#answer, this.#early, this.#broken]) promise.catch(() => {})
  }

  /** Status 100 when the body may come; otherwise the server's final answer, after which nothing can be sent. */
  async begin(signal: AbortSignal): Promise<Answer> {
    const abort = () => this.destroy(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    let timer: NodeJS.Timeout | undefined
    try {
      const may = new Promise<Answer>(done => {
        const go = () => done({ status: 100, headers: {}, from: this.#to, latencyMs: 0, ...NOTHING })
        this.#sent.once('continue', go)
        if (this.#size > 0) timer = setTimeout(go, Math.min(CONTINUE_MS, this.#context.settings.timeoutMs / 2))
      })
      if (this.#size > 0) this.#sent.flushHeaders()
      else this.#sent.end()
      const answer = await this.#patiently(Promise.race([may, this.#answer]))
      if (isFine(answer)) return answer
      const text = await this.#patiently(answer.text())
      this.destroy(new Error('not wanted here'))
      return { ...answer, ...NOTHING, text: async () => text }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }

  /** Resolves when the bytes have been handed to the network. Throws DataError or Transient. */
  async send(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const sent = new Promise<void>((done, fail) => {
        const failed = (error: NodeJS.ErrnoException) =>
          fail(this.#why ?? brokenConnection(this.#context.place, this.#to, error))
        this.#given += Math.min(PIECE, bytes.length - at)
        this.#sent.write(bytes.subarray(at, at + PIECE), error => (error ? failed(error) : done()))
      })
      await this.#patiently(Promise.race([this.#early, sent, this.#broken]))
    }
  }

  /** All bytes have been sent: waits for what the server says. Throws DataError or Transient. */
  async end(): Promise<void> {
    this.#sent.end()
    const answer = await this.#patiently(this.#answer)
    if (!isFine(answer)) throw await refused(answer, this.#context)
    await this.#patiently(answer.text())
  }

  destroy(why: Error): void {
    this.#why ??= why
    this.#sent.destroy()
  }

  async #patiently<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs } = this.#context.settings
    const timer = setTimeout(() => this.destroy(noAnswer(this.#to, timeoutMs)), timeoutMs)
    try {
      return await work
    } finally {
      clearTimeout(timer)
    }
  }

  #read(response: IncomingMessage): Answer {
    const failed = (error: NodeJS.ErrnoException) => this.#why ?? brokenConnection(this.#context.place, this.#to, error)
    const stop = (why: Error) => this.destroy(why)
    const body = reading({ response, stop, failed, over: () => {}, arrived: () => {}, stopped: () => this.#why })
    return { status: response.statusCode ?? 0, headers: response.headers, from: this.#to, latencyMs: 0, ...body }
  }
}

const NOTHING: Pick<Answer, 'text' | 'read' | 'discard'> = {
  text: async () => '',
  read: async () => 0,
  discard: () => {},
}

/** 100 as well: the body may come. */
function isFine({ status }: Answer): boolean {
  return status === 100 || (status >= 200 && status < 300)
}

function hasty(to: Hop, place: string): DataError {
  return new DataError('OSError', `${place}: ${to.origin} answered before it had the whole file. Try another server.`)
}

function closed(): NodeJS.ErrnoException {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' })
}
