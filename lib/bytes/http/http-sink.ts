/** A file that is written to an http server: by PUT under a temporary name, then MOVE (WebDAV, RFC 4918). */
import { randomBytes } from 'node:crypto'
import { DataError, OutputError } from '../../core/errors.js'
import type { ByteSink } from '../sink.js'
import { inOrder } from './in-order.js'
import { makeFolder } from './make-folder.js'
import { type Operation, operate } from './operation.js'
import { type Place, parentOf, placeOf, withPath } from './place.js'
import { rename, verify } from './publish.js'
import { givenUp, Transient } from './transient.js'
import { beginUpload, type Upload } from './upload.js'
import { request } from './webdav.js'

/** Begins a file. Throws OutputError, and the signal's reason. */
export async function createHttp(url: string, size: number, signal?: AbortSignal): Promise<ByteSink> {
  const final = placeOf(url)
  // The user's name for it in messages, not the temporary one.
  const temporary = { ...placeOf(withPath(url, besides)), context: final.context }
  return asOutput(final, signal, () =>
    operate(final.context, signal, async operation => {
      const upload = await begin(temporary, size, operation)
      return new HttpSink(final, temporary, size, upload)
    }),
  )
}

/** Servers that do not make folders by themselves say 404 or 409 where they are missing. */
async function begin(temporary: Place, size: number, operation: Operation): Promise<Upload> {
  try {
    return await beginUpload(temporary.target, size, operation)
  } catch (error) {
    const isMissing = error instanceof DataError && /answered HTTP (404|409)\b/.test(error.message)
    const folder = parentOf(temporary.url)
    if (!isMissing || folder === null) throw error
    await makeFolder(folder, operation)
    return beginUpload(temporary.target, size, operation)
  }
}

/** As the temporary names of local outputs. */
function besides(path: string): string {
  const slash = path.lastIndexOf('/') + 1
  const random = randomBytes(6).toString('hex')
  return `${path.slice(0, slash)}.${path.slice(slash, slash + 40)}.${random}.tnp-tmp`
}

/** Bytes that wait for others before them: PUT takes them in order only. */
const MOST_WAITING = 16 * 1024 * 1024

class HttpSink implements ByteSink {
  readonly name: string
  readonly #final: Place
  readonly #temporary: Place
  readonly #size: number
  readonly #upload: Upload
  readonly #order = inOrder(MOST_WAITING)
  /** The end of all that was given to the upload so far. */
  #sent: Promise<void> = Promise.resolve()
  #state: 'open' | 'committed' | 'aborted' = 'open'

  constructor(final: Place, temporary: Place, size: number, upload: Upload) {
    this.name = final.context.place
    this.#final = final
    this.#temporary = temporary
    this.#size = size
    this.#upload = upload
  }

  async write(position: number, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    this.#checkOpen()
    const ready = position + bytes.length > this.#size ? null : this.#order.add(position, bytes)
    if (ready === null) throw this.#misplaced(position, bytes.length)
    if (ready.length === 0) return
    const abort = () => this.#upload.destroy(signal?.reason)
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
    const sent = this.#sent.then(async () => {
      for (const part of ready) await this.#upload.send(part)
    })
    this.#sent = sent
    sent.catch(() => {})
    try {
      await asOutput(this.#final, signal, () => sent)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async commit(expected: { readonly size: number; readonly adler32: string }, signal?: AbortSignal): Promise<void> {
    this.#checkOpen()
    try {
      await asOutput(this.#final, signal, async () => {
        const { next, waiting } = this.#order
        await this.#sent
        if (waiting > 0 || next !== this.#size || expected.size !== this.#size) throw this.#incomplete(expected.size)
        await this.#upload.end()
        await operate(this.#final.context, signal, async operation => {
          await verify(this.#temporary, expected, operation)
          await rename(this.#temporary, this.#final, expected.size, operation)
        })
      })
      this.#state = 'committed'
    } catch (error) {
      await this.abort()
      throw error
    }
  }

  async abort(): Promise<void> {
    if (this.#state !== 'open') return
    this.#state = 'aborted'
    this.#upload.destroy(new OutputError(`${this.#final.context.place}: writing was given up.`))
    // What is left there cannot be helped where the server cannot be reached.
    const wish = { method: 'DELETE', also: [404] }
    await operate(this.#final.context, undefined, operation => request(this.#temporary, wish, operation)).catch(
      () => {},
    )
  }

  #checkOpen(): void {
    if (this.#state === 'open') return
    throw new OutputError(`${this.#final.context.place}: written to after it was ${this.#state}.`)
  }

  #misplaced(position: number, length: number): OutputError {
    const { place } = this.#final.context
    const at = `got ${length} bytes at ${position}, wanted them at ${this.#order.next} and up to ${this.#size}`
    return new OutputError(`${place}: http servers take files from beginning to end (${at}). Write to a local file.`)
  }

  #incomplete(expected: number): OutputError {
    const wrote = `wrote ${this.#order.next} bytes, announced ${this.#size}, wanted ${expected}`
    return new OutputError(`${this.#final.context.place}: the file is not complete (${wrote}).`)
  }
}

/** Failures as OutputError; the signal's reason as it is. */
async function asOutput<T>({ context }: Place, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    const told = error instanceof Transient ? givenUp(context.place, error, 1) : error
    throw told instanceof DataError ? new OutputError(told.message, { cause: told }) : told
  }
}
