/** What a range of entries leaves for the next one, one piece a branch or column. */

/** The oldest pieces go first where they become too large together. */
export class BoundedCache<Key, Piece extends { readonly values: { readonly byteLength: number } }> {
  readonly #pieces = new Map<Key, Piece>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(key: Key): Piece | undefined {
    return this.#pieces.get(key)
  }

  set(key: Key, piece: Piece): void {
    this.delete(key)
    this.#pieces.set(key, piece)
    this.#bytes += piece.values.byteLength
    for (const oldest of this.#pieces.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    this.#bytes -= this.#pieces.get(key)?.values.byteLength ?? 0
    this.#pieces.delete(key)
  }
}
