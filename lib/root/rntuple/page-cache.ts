/** Pages that a range of entries ended in the middle of: the next range begins there, and need not read and decode them again. */
import type { Values } from '../../core/types.js'

/** One page of one column. */
export interface DecodedPage {
  /** First entry of its cluster, and its number in it. */
  readonly cluster: number
  readonly page: number
  readonly values: Values
}

/** One page a column, by the column's number; the oldest go first where they become too large together. */
export class PageCache {
  readonly #pages = new Map<number, DecodedPage>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(column: number, cluster: number, page: number): Values | undefined {
    const found = this.#pages.get(column)
    return found?.cluster === cluster && found.page === page ? found.values : undefined
  }

  set(column: number, page: DecodedPage): void {
    this.delete(column)
    this.#pages.set(column, page)
    this.#bytes += page.values.byteLength
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(column: number): void {
    this.#bytes -= this.#pages.get(column)?.values.byteLength ?? 0
    this.#pages.delete(column)
  }
}
