/** A file that is written to an XRootD server: under a temporary name, which the server forgets where the connection breaks (persist on
 *  successful close), then checked and given its name. */
import { DataError, OutputError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import type { ByteSink } from '../sink.js'
import { temporaryPath } from '../temporary-name.js'
import { Deadline, within } from './deadline.js'
import { ConnectionLost, dataErrorOf, ServerError } from './failures.js'
import { ask } from './operation.js'
import {
  ERROR,
  handleRequest,
  mvRequest,
  OPEN,
  openRequest,
  parseStatus,
  QUERY,
  queryRequest,
  REQUEST,
  type Request,
  rmRequest,
  statRequest,
  textOf,
  writeRequest,
} from './protocol.js'
import type { Session } from './session.js'

/** Of one request: what a server takes into its memory. */
const MOST_WRITE_BYTES = 4 * 1024 * 1024
const MODE = 0o644

export class XrootdSink implements ByteSink {
  readonly name: string
  readonly #address: RemoteAddress
  readonly #temporary: RemoteAddress
  readonly #session: Session
  readonly #handle: Buffer
  #state: 'writing' | 'closed' | 'ended' = 'writing'

  private constructor(address: RemoteAddress, temporary: RemoteAddress, session: Session, handle: Buffer) {
    this.name = hideAccess(address.text)
    this.#address = address
    this.#temporary = temporary
    this.#session = session
    this.#handle = handle
  }

  /** Makes the folders that are missing. Throws OutputError. */
  static async open(address: RemoteAddress, signal?: AbortSignal): Promise<XrootdSink> {
    const temporary = { ...address, path: temporaryPath(address.path) }
    // Not `new`: where the answer was lost and the server is asked again, the file is there already (the stock server keeps one whose
    // writer is gone for ten minutes). Its name is random, so that it is nobody else's.
    const options = OPEN.update | OPEN.delete | OPEN.makePath | OPEN.persistOnClose
    const make = (path: string, isRefresh: boolean) => openRequest(path, options | (isRefresh ? OPEN.refresh : 0), MODE)
    try {
      const { value, session } = await ask(temporary, make, handleOf, new Deadline(limitMs(), signal))
      return new XrootdSink(address, temporary, session, value)
    } catch (error) {
      throw outputError(hideAccess(address.text), error)
    }
  }

  async write(position: number, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    const deadline = new Deadline(limitMs(), signal)
    for (let at = 0; at < bytes.length; at += MOST_WRITE_BYTES) {
      const part = bytes.subarray(at, at + MOST_WRITE_BYTES)
      await this.#send(writeRequest(this.#handle, position + at, part), deadline)
    }
  }

  async commit(
    { size, adler32 }: { readonly size: number; readonly adler32: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const deadline = new Deadline(limitMs(), signal)
    try {
      // What a write could not do may show only now.
      await this.#send(handleRequest(REQUEST.sync, this.#handle), deadline)
      await this.#send(handleRequest(REQUEST.close, this.#handle), deadline)
      this.#state = 'closed'
      await this.#check(size, adler32, deadline)
      await this.#rename(size, deadline)
      this.#state = 'ended'
    } catch (error) {
      await this.abort()
      throw signal?.aborted ? signal.reason : outputError(this.name, error)
    }
  }

  async abort(): Promise<void> {
    if (this.#state === 'ended') return
    const wasOpen = this.#state === 'writing'
    this.#state = 'ended'
    const deadline = new Deadline(ABORT_MS)
    // Of a file that was not closed the server keeps nothing once it is; of one that cannot be closed neither.
    if (wasOpen) await this.#send(handleRequest(REQUEST.close, this.#handle), deadline).catch(() => {})
    await this.#ask(rmRequest, deadline).catch(() => {})
  }

  async #check(size: number, adler32: string, deadline: Deadline): Promise<void> {
    const status = parseStatus(await this.#ask(statRequest, deadline))
    if (status?.size !== size) {
      throw new OutputError(`${this.name}: the server has ${status?.size ?? 'no'} bytes, sent were ${size}. Run again.`)
    }
    const found = await this.#ask(path => queryRequest(QUERY.checksum, path), deadline).catch(() => null)
    const [algorithm, value] = (found ?? '').split(/\s+/)
    // Servers without checksums, and those with others, are trusted to have checked their disks.
    if (algorithm !== 'adler32' || value === undefined || !/^[0-9a-f]{1,8}$/i.test(value)) return
    if (value.toLowerCase().padStart(8, '0') === adler32) return
    throw new OutputError(`${this.name}: the file arrived damaged (Adler-32 ${value}, sent was ${adler32}). Run again.`)
  }

  /** The stock server puts the file in place of what had the name; others refuse that, and only then it is removed first. */
  async #rename(size: number, deadline: Deadline): Promise<void> {
    const { path, cgi } = this.#address
    const move = (from: string) => mvRequest(from.replace(/\?.*$/s, ''), path, cgi)
    try {
      await this.#ask(move, deadline)
    } catch (error) {
      // A first attempt whose answer was lost has done it: the temporary file was there a moment ago.
      if (isGone(error) && parseStatus(await this.#askOf(this.#address, statRequest, deadline))?.size === size) return
      if (!isTaken(error)) throw error
      await this.#askOf(this.#address, rmRequest, deadline)
      await this.#ask(move, deadline)
    }
  }

  #ask(make: (path: string) => Request, deadline: Deadline): Promise<string> {
    return this.#askOf(this.#temporary, make, deadline)
  }

  async #askOf(address: RemoteAddress, make: (path: string) => Request, deadline: Deadline): Promise<string> {
    return (await ask(address, path => make(path), textOf, deadline)).value
  }

  async #send(request: Request, deadline: Deadline): Promise<void> {
    const { requestMs: timeoutMs, at: latest, signal } = deadline
    try {
      for (;;) {
        const sent = this.#session.send(request, { timeoutMs, latest, signal })
        const answer = await within(sent, deadline, this.#session.server)
        if (answer.kind === 'ok') return
        if (answer.kind !== 'wait') throw new ConnectionLost(`${this.#session.server} answered out of turn`)
        await deadline.sleep(answer.seconds * 1000, `${this.#session.server} asks to wait ${answer.seconds} s`)
      }
    } catch (failure) {
      if (signal?.aborted) throw failure
      throw outputError(this.name, dataErrorOf(failure, this.name, 1, this.#session.server, this.#address.cgi))
    }
  }
}

/** Cleaning up is not worth more. */
const ABORT_MS = 10_000

function limitMs(): number {
  return remoteSettings().deadlineMs
}

function handleOf(body: Buffer): Buffer {
  if (body.length < 4) throw new ConnectionLost('an answer to open without a handle')
  return Buffer.from(body.subarray(0, 4))
}

function isGone(error: unknown): boolean {
  const cause = (error as Error).cause
  return cause instanceof ServerError && cause.code === ERROR.notFound
}

function isTaken(error: unknown): boolean {
  const cause = (error as Error).cause
  return cause instanceof ServerError && (cause.code === ERROR.itExists || /\bexists?\b/i.test(cause.message))
}

function outputError(place: string, error: unknown): unknown {
  if (!(error instanceof DataError)) return error
  const text = error.message.startsWith(place) ? error.message : `${place}: ${error.message}`
  return new OutputError(`${text.replace(`${place}: `, `${place}: cannot be written: `)}`, { cause: error })
}
