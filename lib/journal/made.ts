/** Files that workers have made, as the journal's results name them. Such a file has the rows of several chunks, so that their results
 *  count together or not at all: a chunk that is run again brings its rows once more. */
import type { MadeFile } from '../core/types.js'

/** What an item names: one file, or none. */
export function madeOf(item: unknown): MadeFile[] {
  const { made } = (item ?? {}) as { readonly made?: MadeFile }
  return made === undefined ? [] : [made]
}

interface Naming {
  readonly made: readonly MadeFile[]
}

/** Takes out the results whose file has chunks that the journal does not know: the run was stopped while their group was written down. */
export function dropIncomplete(known: Map<string, Naming>): void {
  // A result that goes may leave another of its files incomplete.
  for (let before = -1; before !== known.size; ) {
    before = known.size
    const counts = new Map<string, number>()
    for (const { made } of known.values()) for (const { at } of made) counts.set(at, (counts.get(at) ?? 0) + 1)
    for (const [key, { made }] of known) {
      if (made.some(({ at, chunks }) => counts.get(at) !== chunks)) known.delete(key)
    }
  }
}

export class MadeLedger {
  readonly #known: Map<string, Naming>
  readonly #isThere: (file: MadeFile) => Promise<boolean>
  readonly #looked = new Map<string, Promise<boolean>>()
  readonly #added = new Set<string>()
  readonly #forgotten = new Set<string>()
  /** Of the results that were known at first. */
  #keys: ReadonlyMap<string, readonly string[]> | null = null

  constructor(
    known: Map<string, Naming>,
    isThere: (file: MadeFile) => Promise<boolean> = () => Promise.resolve(false),
  ) {
    this.#known = known
    this.#isThere = isThere
  }

  /** Where the files are that results name. */
  get at(): ReadonlySet<string> {
    return new Set([...placesOf(this.#known), ...this.#added])
  }

  /** Where files were that no result names any more: what they had is done again. */
  get forgotten(): ReadonlySet<string> {
    return this.#forgotten
  }

  add(made: readonly MadeFile[]): void {
    for (const { at } of made) this.#added.add(at)
  }

  /** Looks at each file once. Of one that is gone all results are forgotten. */
  async areThere(made: readonly MadeFile[]): Promise<boolean> {
    let all = true
    for (const file of made) {
      const looked = this.#looked.get(file.at) ?? this.#isThere(file)
      this.#looked.set(file.at, looked)
      if (await looked) continue
      all = false
      this.#forget(file.at)
    }
    return all
  }

  /** A result that goes leaves its other files incomplete. */
  #forget(gone: string): void {
    const keys = this.#keysByFile()
    const going = new Set([gone])
    for (const at of going) {
      this.#forgotten.add(at)
      for (const key of keys.get(at) ?? []) {
        for (const { at } of this.#known.get(key)?.made ?? []) going.add(at)
        this.#known.delete(key)
      }
    }
  }

  #keysByFile(): ReadonlyMap<string, readonly string[]> {
    if (this.#keys !== null) return this.#keys
    const keys = new Map<string, string[]>()
    for (const [key, { made }] of this.#known) {
      for (const { at } of made)
        keys
          .set(at, keys.get(at) ?? [])
          .get(at)!
          .push(key)
    }
    this.#keys = keys
    return keys
  }
}

function placesOf(known: ReadonlyMap<string, Naming>): Set<string> {
  return new Set([...known.values()].flatMap(({ made }) => made.map(({ at }) => at)))
}
