/** Waiting for something that one of many events brings. */
export class Turn {
  #wake: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null
  #failure: Error | null = null

  /** Something has happened: whoever waits looks again. */
  isNow(): void {
    this.#wake?.resolve()
    this.#wake = null
  }

  /** Nothing is worth waiting for any more. */
  fail(error: Error): void {
    this.#failure ??= error
    this.#wake?.reject(this.#failure)
    this.#wake = null
  }

  /** The next event: to be called right after having looked. One waits at a time. Rejects as `fail` was told. */
  next(): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#wake = { resolve, reject }
    })
  }
}
