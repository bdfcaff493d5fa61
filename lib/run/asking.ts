/** Waiting for a source and for something else at once. */

/** The next item of a source, asked for before it is wanted. onHere: called when it, the end or a failure has come. */
export class Asking<T> {
  readonly #iterator: AsyncIterator<T>
  readonly #onHere: () => void
  #here: { readonly take: () => T | undefined } | null = null

  constructor(items: AsyncIterable<T>, onHere: () => void) {
    this.#iterator = items[Symbol.asyncIterator]()
    this.#onHere = onHere
    this.#ask()
  }

  get isHere(): boolean {
    return this.#here !== null
  }

  /** undefined at the end. Throws the source's failure. */
  take(): T | undefined {
    const item = this.#here!.take()
    this.#here = null
    if (item !== undefined) this.#ask()
    return item
  }

  /** No more is wanted. */
  end(): void {
    this.#iterator.return?.().catch(() => {})
  }

  #ask(): void {
    const come = (take: () => T | undefined) => {
      this.#here = { take }
      this.#onHere()
    }
    this.#iterator.next().then(
      ({ done, value }) => come(() => (done ? undefined : value)),
      error =>
        come(() => {
          throw error
        }),
    )
  }
}
