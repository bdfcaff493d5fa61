/** Requests and answers over one socket, many at a time: numbers the requests, sends them, ties the frames that come to them, and
 *  gives up those that get none.
 *
 *    request -> [sign] -> socket -> FrameReader -> pending request: parts (oksofar), then its end
 */
import type { Socket } from 'node:net'
import { type Answer, answerOf } from './answer.js'
import { ConnectionLost, NoAnswer } from './failures.js'
import { FrameError, type FrameHead, FrameReader } from './frames.js'
import { ATTENTION_RESPONSE, HANDSHAKE, type Request, STATUS } from './protocol.js'
import { StreamNumbers } from './streams.js'

export interface Sending {
  /** Takes the bytes of the answer's body as they come, all parts in a row; what it throws breaks the connection. */
  readonly consume?: (bytes: Buffer) => void
  readonly signal?: AbortSignal | undefined
  /** Milliseconds without a byte on the connection after which the request has failed. */
  readonly timeoutMs: number
  /** Time, as performance.now() has it, at which the request has failed even where others have their answers. */
  readonly latest?: number
  /** Bytes that the answer may have where nobody takes them as they come; left out: 1 MB. */
  readonly mostBytes?: number | undefined
  /** Nobody waits for the answer: a process may end before it comes. */
  readonly isUnawaited?: boolean
}

interface Pending extends Sending {
  readonly settle: (answer: Answer) => void
  readonly fail: (error: Error) => void
  readonly sent: number
  parts: Buffer[]
  /** What the parts take of memory. */
  gathered: number
  /** The server has said that the answer will take its time. */
  isDeferred: boolean
  /** It has begun to answer. */
  isAnswered: boolean
}

/** Of an answer that comes after kXR_waitresp. */
const DEFERRED_TIMES = 5
/** Answers but lists are texts and certificates of some kB. */
const MOST_BYTES = 1024 * 1024
/** Of a promised answer within kXR_attn, which is gathered before it is known whose it is: a vector of 16 MiB with its heads. */
const MOST_ATTENTION_BYTES = 20 * 1024 * 1024
/** Memory that a part takes besides its bytes. */
const PART_BYTES = 256
const NOTHING = Buffer.alloc(0)

export class Channel {
  /** host:port, for messages. */
  readonly #server: string
  readonly #streams = new StreamNumbers()
  readonly #pending = new Map<number, Pending>()
  readonly #reader: FrameReader
  #socket: Socket
  #failure: Error | null = null
  #heard = performance.now()
  #timer: NodeJS.Timeout | null = null
  #rttMs = Number.POSITIVE_INFINITY
  /** Bytes to send in front of a request: its signature. */
  sign: ((head: Buffer, payload: Uint8Array) => Buffer | null) | null = null

  constructor(server: string, socket: Socket) {
    this.#server = server
    this.#socket = socket
    this.#reader = new FrameReader({
      begin: head => this.#begin(head),
      mostGathered: head => this.#mostGathered(head),
      end: (head, body) => this.#end(head, body),
    })
    this.#listen()
  }

  get isOpen(): boolean {
    return this.#failure === null
  }

  /** Milliseconds since anything came. */
  get silentMs(): number {
    return performance.now() - this.#heard
  }

  /** Milliseconds from a request to the first byte of its answer: the least that was seen. */
  get rttMs(): number {
    return this.#rttMs
  }

  /** The handshake, and a request right behind it. */
  async begin(first: Request, sending: Sending): Promise<Answer> {
    this.#socket.write(HANDSHAKE)
    const shaken = new Promise<Answer>((settle, fail) => {
      this.#pending.set(0, {
        ...sending,
        settle,
        fail,
        sent: performance.now(),
        parts: [],
        gathered: 0,
        isDeferred: false,
        isAnswered: false,
      })
    })
    const [, answer] = await Promise.all([shaken, this.send(first, sending)])
    return answer
  }

  /** Goes on over another socket, which lies over the old one: TLS. Nothing may be under way. Throws ConnectionLost. */
  async upgrade(wrap: (socket: Socket) => Promise<Socket>): Promise<void> {
    // The beginning of an answer that came in clear text, perhaps from somebody in between, must not be gone on with.
    if (!this.#reader.isBetween) throw new ConnectionLost(`${this.#server} sent clear text where TLS begins`)
    this.#unlisten()
    this.#socket.pause()
    this.#socket = await wrap(this.#socket)
    this.#listen()
  }

  /** Rejects with ServerError, ConnectionLost, NoAnswer, or the signal's reason. */
  send(request: Request, sending: Sending): Promise<Answer> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    if (sending.signal?.aborted) return Promise.reject(sending.signal.reason as Error)
    const stream = this.#streams.take()
    if (stream === null) return Promise.reject(new ConnectionLost(`${this.#server} has too many requests under way`))
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#giveUp(stream, 'unwanted')
        reject(sending.signal!.reason as Error)
      }
      const clear = () => sending.signal?.removeEventListener('abort', onAbort)
      sending.signal?.addEventListener('abort', onAbort, { once: true })
      this.#pending.set(stream, {
        ...sending,
        settle: answer => {
          clear()
          resolve(answer)
        },
        fail: error => {
          clear()
          reject(error)
        },
        sent: performance.now(),
        parts: [],
        gathered: 0,
        isDeferred: false,
        isAnswered: false,
      })
      this.#write(stream, request)
      this.#watch()
    })
  }

  /** Ends the connection; requests under way fail with `reason`. */
  close(reason: Error = new ConnectionLost(`the connection to ${this.#server} was closed`)): void {
    if (this.#failure !== null) return
    this.#failure = reason
    this.#unlisten()
    // A socket that nobody listens to must not bring the process down.
    this.#socket.on('error', () => {})
    this.#socket.destroy()
    if (this.#timer !== null) clearInterval(this.#timer)
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { fail } of waiting) fail(reason)
  }

  #write(stream: number, { id, body, payload }: Request): void {
    const head = Buffer.allocUnsafe(24)
    head.writeUInt16BE(stream, 0)
    head.writeUInt16BE(id, 2)
    body.copy(head, 4)
    head.writeInt32BE(payload.length, 20)
    const signature = this.sign?.(head, payload) ?? null
    this.#socket.cork()
    if (signature !== null) this.#socket.write(signature)
    this.#socket.write(head)
    if (payload.length > 0) this.#socket.write(payload)
    this.#socket.uncork()
    this.#hold()
  }

  /** A process may end while connections are idle, and not while it waits for an answer. */
  #hold(): void {
    for (const { isUnawaited } of this.#pending.values()) if (isUnawaited !== true) return void this.#socket.ref()
    this.#socket.unref()
  }

  #mostGathered({ stream, status }: FrameHead): number {
    const isPromised = status === STATUS.attention && [...this.#pending.values()].some(one => one.isDeferred)
    if (isPromised) return MOST_ATTENTION_BYTES
    return this.#pending.get(stream)?.mostBytes ?? MOST_BYTES
  }

  #begin({ stream, status }: FrameHead): ((bytes: Buffer) => void) | null {
    const pending = this.#pending.get(stream)
    if (pending === undefined) {
      // The late answer of a request that was given up is passed over, unseen.
      return this.#streams.isLost(stream) && status !== STATUS.attention ? () => {} : null
    }
    if (!pending.isAnswered) this.#rttMs = Math.min(this.#rttMs, performance.now() - pending.sent)
    pending.isAnswered = true
    const isData = status === STATUS.ok || status === STATUS.okSoFar
    const { consume } = pending
    if (!isData || consume === undefined) return null
    // The rest of an answer whose request is given up meanwhile goes nowhere: the reader may have put its memory to other uses.
    return bytes => {
      if (this.#pending.get(stream) === pending) consume(bytes)
    }
  }

  #end({ stream, status }: FrameHead, body: Buffer): void {
    if (status === STATUS.attention) this.#attend(body)
    else this.#answer(stream, status, body)
  }

  /** An answer that was promised with kXR_waitresp comes within a frame of its own. */
  #attend(body: Buffer): void {
    if (body.length < 16 || body.readInt32BE(0) !== ATTENTION_RESPONSE) return
    const stream = body.readUInt16BE(8)
    const status = body.readUInt16BE(10)
    const length = body.readInt32BE(12)
    if (length !== body.length - 16) throw new FrameError(`an answer of ${length} bytes within ${body.length - 16}`)
    const content = body.subarray(16)
    const pending = this.#pending.get(stream)
    const isData = status === STATUS.ok || status === STATUS.okSoFar
    if (pending?.consume === undefined || !isData) this.#answer(stream, status, content)
    else {
      if (content.length > 0) pending.consume(content)
      this.#answer(stream, status, NOTHING)
    }
  }

  #answer(stream: number, status: number, body: Buffer): void {
    const isLast = status !== STATUS.okSoFar && status !== STATUS.waitResponse
    const pending = this.#pending.get(stream)
    if (pending === undefined) {
      if (this.#streams.isLost(stream)) {
        if (isLast) this.#streams.found(stream)
        return
      }
      throw new FrameError(`an answer to no request (stream ${stream})`)
    }
    if (!isLast) {
      if (status === STATUS.okSoFar && body.length > 0) gather(pending, body)
      if (status === STATUS.waitResponse) pending.isDeferred = true
      return
    }
    this.#pending.delete(stream)
    if (stream !== 0) this.#streams.give(stream)
    this.#settle(pending, status, body)
    if (this.#pending.size === 0) this.#idle()
    else if (pending.isUnawaited !== true) this.#hold()
  }

  #settle({ settle, fail, parts }: Pending, status: number, body: Buffer): void {
    try {
      settle(answerOf(status, body, parts))
    } catch (error) {
      fail(error instanceof FrameError ? this.#broken(error) : (error as Error))
      if (error instanceof FrameError) throw error
    }
  }

  #giveUp(stream: number, why: 'unwanted' | 'late'): void {
    if (!this.#pending.delete(stream)) return
    if (!this.#streams.lose(stream, why)) this.close(new ConnectionLost(`${this.#server} does not answer any more`))
    else if (this.#pending.size === 0) this.#idle()
    else this.#hold()
  }

  /** One clock for all requests: they have failed when nothing at all comes any more. */
  #watch(): void {
    if (this.#timer !== null) return
    this.#timer = setInterval(() => this.#check(), TICK_MS)
    this.#timer.unref()
  }

  #check(): void {
    const now = performance.now()
    for (const [stream, { sent, timeoutMs, latest, isDeferred, fail }] of [...this.#pending]) {
      const limit = isDeferred ? DEFERRED_TIMES * timeoutMs : timeoutMs
      const isLate = latest !== undefined && now >= latest
      if (!isLate && now - Math.max(sent, this.#heard) < limit) continue
      this.#giveUp(stream, 'late')
      const silent = `no answer from ${this.#server} within ${limit / 1000} s`
      fail(new NoAnswer(isLate ? `${this.#server} was not done in time` : silent))
    }
  }

  #idle(): void {
    this.#socket.unref()
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  readonly #onData = (bytes: Buffer) => {
    this.#heard = performance.now()
    try {
      this.#reader.feed(bytes)
    } catch (error) {
      this.close(this.#broken(error))
    }
  }
  readonly #onError = (error: Error) => this.close(this.#broken(error))
  readonly #onClose = () => this.close(new ConnectionLost(`${this.#server} closed the connection`))

  #broken(error: unknown): Error {
    const { message, code } = error as NodeJS.ErrnoException
    return new ConnectionLost(`the connection to ${this.#server} broke (${code ?? message})`, { cause: error })
  }

  #listen(): void {
    this.#socket.on('data', this.#onData)
    this.#socket.on('error', this.#onError)
    this.#socket.on('close', this.#onClose)
  }

  #unlisten(): void {
    this.#socket.off('data', this.#onData)
    this.#socket.off('error', this.#onError)
    this.#socket.off('close', this.#onClose)
  }
}

const TICK_MS = 100

/** Throws FrameError where it is too much. */
function gather(pending: Pending, body: Buffer): void {
  pending.gathered += body.length + PART_BYTES
  const most = pending.mostBytes ?? MOST_BYTES
  if (pending.gathered > most) throw new FrameError(`the server sent an answer of more than ${most} bytes`)
  pending.parts.push(body)
}
