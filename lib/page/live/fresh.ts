/** What is new since pages were told last. */

type Key = 'job' | 'line' | 'datasets' | 'stages' | 'windows' | 'menus' | 'skipped' | 'warnings'
/** Long, and new with each chunk. */
const LONG: ReadonlySet<Key> = new Set(['line', 'stages', 'windows'])

export class Fresh {
  readonly #marked = new Map<Key, Set<number>>()

  mark(key: Key, index = 0): void {
    let indices = this.#marked.get(key)
    if (indices === undefined) this.#marked.set(key, (indices = new Set()))
    indices.add(index)
  }

  take(all: boolean): [Key, readonly number[]][] {
    const taken = [...this.#marked].filter(([key]) => all || !LONG.has(key))
    for (const [key] of taken) this.#marked.delete(key)
    return taken.map(([key, indices]) => [key, [...indices]])
  }
}
