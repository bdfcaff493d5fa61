/** Whether a file is still the one that was opened. */
import { DataError } from '../../core/errors.js'
import type { Answer } from './exchange.js'

export class Version {
  readonly #place: string
  readonly size: number
  /** By server: replicas of one file have marks of their own. */
  readonly #marks = new Map<string, string>()

  constructor(place: string, size: number) {
    this.#place = place
    this.size = size
  }

  /** Size and mark of the file as it was opened; undefined where the server gave no mark. */
  get identity(): string | undefined {
    const first = [...this.#marks.values()][0]
    return first === undefined ? undefined : `${this.size} ${first}`
  }

  /** The size as an answer tells it. Throws DataError 'OSError'. */
  checkSize(total: number | null): void {
    if (total === null || total === this.size) return
    throw this.#changed(`it has ${total} bytes, had ${this.size} when it was opened`)
  }

  /** ETag, or else the time of its last change. The first answer of each server is what its further ones are compared with. */
  checkMark({ headers, from }: Answer): void {
    const mark = headers.etag ?? headers['last-modified']
    if (mark === undefined) return
    const kind = headers.etag === undefined ? 'Last-Modified' : 'ETag'
    const key = `${kind} ${from.origin}`
    const first = this.#marks.get(key) ?? mark
    this.#marks.set(key, first)
    if (mark !== first) throw this.#changed(`its ${kind} is another than when it was opened`)
  }

  #changed(how: string): DataError {
    return new DataError('OSError', `${this.#place}: file changed while it was read (${how}). Run again.`)
  }
}
