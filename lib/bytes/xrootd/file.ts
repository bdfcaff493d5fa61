/** An open file at an XRootD server. It survives its connection: where that breaks, or the server forgets the handle, the file is opened
 *  again, and what is missing is read again, as long as it is the same file.
 *
 *    ranges -> pieces (vector elements, single reads) -> requests, all under way at once -> the caller's room
 */
import { DataError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import { Deadline, within } from './deadline.js'
import { ConnectionLost, dataErrorOf, mayPass, NoAnswer, ServerError } from './failures.js'
import { ask } from './operation.js'
import {
  ERROR,
  handleRequest,
  handleStatRequest,
  OPEN,
  openRequest,
  parseStatus,
  REQUEST,
  type Request,
  type Status,
  statRequest,
} from './protocol.js'
import { type Piece, type PlannedRead, planRequests } from './read-requests.js'
import type { Session } from './session.js'

interface Handle {
  readonly session: Session
  readonly bytes: Buffer
}

export class XrootdFile {
  readonly #address: RemoteAddress
  readonly #place: string
  #handle: Promise<Handle>
  readonly #status: Status
  /** When the file was changed, by server: replicas were written at different times. */
  readonly #changed: Map<string, number>
  #closed = false
  readonly #closing = new AbortController()
  /** It was another file when it was opened again. */
  #isReplaced = false
  /** The server takes no vector reads, or none of this size. */
  #isVectorless = false
  /** Milliseconds, of the connection that it was last read over. */
  rttMs: number

  private constructor(address: RemoteAddress, handle: Handle, status: Status) {
    this.#address = address
    this.#place = hideAccess(address.text)
    this.#handle = Promise.resolve(handle)
    this.#status = status
    this.#changed = new Map([[handle.session.server, status.modified]])
    this.rttMs = handle.session.rttMs
  }

  /** Throws DataError. */
  static async open(address: RemoteAddress, signal?: AbortSignal): Promise<XrootdFile> {
    const { handle, status } = await openHandle(address, new Deadline(remoteSettings().deadlineMs, signal))
    return new XrootdFile(address, handle, status)
  }

  get size(): number {
    return this.#status.size
  }

  /** Seconds since 1970. */
  get modified(): number {
    return this.#status.modified
  }

  /** Fills the pieces, each wholly inside the file. Throws DataError, or the signal's reason. */
  async read(pieces: readonly Piece[], signal?: AbortSignal): Promise<void> {
    const deadline = new Deadline(remoteSettings().deadlineMs, signal)
    let missing = pieces
    let attempts = 1
    for (;;) {
      this.#checkOpen()
      const opening = this.#handle
      let handle: Handle | null = null
      let failure: unknown
      try {
        handle = await within(opening, deadline, this.#address.host)
        const reads = planRequests(missing, handle.bytes, { vectors: !this.#isVectorless })
        const ended = await Promise.allSettled(reads.map(read => this.#send(read, handle!.session, deadline)))
        this.rttMs = handle.session.rttMs
        missing = reads.flatMap((read, k) => (ended[k]!.status === 'fulfilled' ? [] : read.missing()))
        const failed = ended.find(one => one.status === 'rejected')
        if (failed === undefined) return
        failure = failed.reason
      } catch (error) {
        failure = error
      }
      if (signal?.aborted) throw signal.reason
      if (failure instanceof DataError) throw failure
      if (this.#mayDoWithoutVectors(failure)) continue
      if (!mayPass(failure) || attempts > remoteSettings().retries) {
        const { host, cgi } = this.#address
        throw dataErrorOf(failure, this.#place, attempts, handle?.session.server ?? host, cgi)
      }
      attempts++
      this.#reopen(opening, handle, failure, attempts)
    }
  }

  /** Tells the server, if it still listens. Reads that are under way come to their end. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // A file that is being opened again is not wanted any more.
    this.#closing.abort(this.#afterClose())
    const handle = await this.#handle.catch(() => null)
    if (handle?.session.isOpen !== true) return
    // Nobody waits for the answer: what was read has been read.
    const sending = { timeoutMs: remoteSettings().timeoutMs, isUnawaited: true }
    handle.session.send(handleRequest(REQUEST.close, handle.bytes), sending).catch(() => {})
  }

  async #send(read: PlannedRead, session: Session, deadline: Deadline): Promise<void> {
    const { requestMs: timeoutMs, at: latest, signal } = deadline
    const consume = (bytes: Buffer) => read.consume(bytes)
    let answer = await session.send(read.request, { consume, timeoutMs, latest, signal })
    while (answer.kind === 'wait') {
      await deadline.sleep(answer.seconds * 1000, `${session.server} asks to wait ${answer.seconds} s`)
      answer = await session.send(read.request, { consume, timeoutMs: deadline.requestMs, latest, signal })
    }
    // A server that sends readers on wants the file to be opened elsewhere.
    if (answer.kind === 'redirect') throw new ServerError(ERROR.fileNotOpen, 'sent on to another server')
    if (answer.kind !== 'ok') throw new ConnectionLost(`${session.server} answered out of turn`)
    if (read.missing().length > 0) {
      const problem = `${session.server} sent fewer bytes than the file has. It was truncated while it was read, or is damaged`
      throw new DataError('OSError', `${this.#place}: ${problem}.`)
    }
  }

  #mayDoWithoutVectors(failure: unknown): boolean {
    if (this.#isVectorless || !(failure instanceof ServerError)) return false
    const { argumentTooLong, noMemory, unsupported, invalidRequest } = ERROR
    this.#isVectorless = [argumentTooLong, noMemory, unsupported, invalidRequest].some(code => code === failure.code)
    return this.#isVectorless
  }

  /** Once for all reads that have met the same failure, and on nobody's behalf: a reader that gives up leaves the others theirs. What
   *  comes of it is met by the next attempt. */
  #reopen(failed: Promise<Handle>, handle: Handle | null, failure: unknown, attempt: number): void {
    // Where requests are lost, the connection is.
    if (failure instanceof NoAnswer) handle?.session.close()
    if (this.#handle !== failed) return
    const pauseMs = attempt > 2 ? 250 * 4 ** (attempt - 3) : 0
    const opening = this.#openAgain(new Deadline(remoteSettings().deadlineMs, this.#closing.signal), pauseMs, failure)
    this.#handle = opening
    opening.catch(() => {
      // Later reads try once more, unless it is another file by now.
      if (!this.#isReplaced) this.#handle = failed
    })
  }

  async #openAgain(deadline: Deadline, pauseMs: number, failure: unknown): Promise<Handle> {
    if (pauseMs > 0) await deadline.sleep(pauseMs, (failure as Error).message)
    const { handle, status } = await openHandle(this.#address, deadline)
    const { server } = handle.session
    const modified = this.#changed.get(server) ?? status.modified
    this.#changed.set(server, modified)
    if (status.size === this.#status.size && status.modified === modified) return handle
    this.#isReplaced = true
    const told = (s: Status) => `${s.size} bytes of ${new Date(s.modified * 1000).toISOString()}`
    const problem = `the file has changed while it was read (${told(this.#status)}, now ${told(status)})`
    throw new DataError('OSError', `${this.#place}: ${problem}. Run again.`)
  }

  #checkOpen(): void {
    if (this.#closed) throw this.#afterClose()
  }

  #afterClose(): DataError {
    return new DataError('OSError', `${this.#place}: read after the file was closed.`)
  }
}

async function openHandle(address: RemoteAddress, deadline: Deadline): Promise<{ handle: Handle; status: Status }> {
  const options = OPEN.read | OPEN.returnStatus
  const make = (path: string, isRefresh: boolean): Request =>
    openRequest(path, options | (isRefresh ? OPEN.refresh : 0))
  const { value, session } = await ask(address, make, openAnswer, deadline)
  const handle = { session, bytes: value.handle }
  const told = value.status ?? (await statusOf(handle, deadline).catch(() => null))
  const status = told ?? (await ask(address, statRequest, body => parseStatus(body.toString('latin1')), deadline)).value
  if (status !== null) return { handle, status }
  const problem = `${session.server} does not say how long the file is. Copy it here with xrdcp, or use --transport xrdcp`
  throw new DataError('OSError', `${hideAccess(address.text)}: ${problem}.`)
}

/** Of servers that do not tell it with the handle. */
async function statusOf(
  { session, bytes }: Handle,
  { requestMs: timeoutMs, at: latest, signal }: Deadline,
): Promise<Status | null> {
  const answer = await session.send(handleStatRequest(bytes), { timeoutMs, latest, signal })
  return answer.kind === 'ok' ? parseStatus(answer.body.toString('latin1')) : null
}

function openAnswer(body: Buffer): { handle: Buffer; status: Status | null } {
  if (body.length < 4) throw new ConnectionLost('an answer to open without a handle')
  // Behind the handle: size and type of the compression, both zero, and the status.
  return { handle: Buffer.from(body.subarray(0, 4)), status: parseStatus(body.toString('latin1', 12)) }
}
