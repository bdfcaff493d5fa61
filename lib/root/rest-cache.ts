/** What is left of baskets that an entry range ended in the middle of: the next range begins there, and need not read and
 *  decompress them again. */

/** Values of a branch from entry `first` to the end of basket number `basket`. */
export interface Rest {
  readonly basket: number
  readonly first: number
  readonly values: Uint8Array
}

/** One rest a branch; the oldest go first where they become too large together. */
export class RestCache {
  readonly #rests = new Map<string, Rest>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The branch's rest if entry `entry` is in it and it is of basket `basket`. */
  get(branch: string, basket: number, entry: number): Rest | undefined {
    const rest = this.#rests.get(branch)
    return rest !== undefined && rest.basket === basket && rest.first <= entry ? rest : undefined
  }

  set(branch: string, rest: Rest): void {
    this.delete(branch)
    this.#rests.set(branch, rest)
    this.#bytes += rest.values.length
    for (const oldest of this.#rests.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(branch: string): void {
    const old = this.#rests.get(branch)
    if (old === undefined) return
    this.#bytes -= old.values.length
    this.#rests.delete(branch)
  }
}
