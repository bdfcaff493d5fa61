/** A file that is written to an XRootD server: under a temporary name, which the server forgets where the connection breaks (persist on
 *  successful close), then checked and given its name. */
import { DataError, OutputError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import type { ByteSink } from '../sink.js'
import { temporaryPath } from '../temporary-name.js'
import { Deadline, within } from './deadline.js'
import { ConnectionLost, dataErrorOf } from './failures.js'
import { ask } from './operation.js'
import {
  handleRequest,
  OPEN,
  openRequest,
  parseStatus,
  REQUEST,
  type Request,
  rmRequest,
  statRequest,
  writeRequest,
} from './protocol.js'
import { adler32At, askText, renameTo } from './rename.js'
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
      await renameTo(this.#temporary, this.#address, size, deadline)
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
    const value = await adler32At(this.#temporary, deadline)
    // Servers without checksums are trusted to have checked their disks.
    if (value === null || value === adler32) return
    throw new OutputError(`${this.name}: the file arrived damaged (Adler-32 ${value}, sent was ${adler32}). Run again.`)
  }

  #ask(make: (path: string) => Request, deadline: Deadline): Promise<string> {
    return askText(this.#temporary, make, deadline)
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

function outputError(place: string, error: unknown): unknown {
  if (!(error instanceof DataError)) return error
  const text = error.message.startsWith(place) ? error.message : `${place}: ${error.message}`
  return new OutputError(`${text.replace(`${place}: `, `${place}: cannot be written: `)}`, { cause: error })
}
