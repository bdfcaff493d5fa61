/** A tree with its friends in the same file: their columns stand behind its own, entry by entry. */
import type { BranchInfo, Column, ReadCost } from '../../core/types.js'
import type { BranchDescription, BranchStorage, ReadOptions, Tree } from '../tree-interface.js'

export interface Friend {
  readonly name: string
  readonly tree: Tree
}

interface Place {
  readonly tree: Tree
  /** In that tree. */
  readonly name: string
  /** How columns of that tree are called here. */
  readonly called: ReadonlyMap<string, string>
}

const OWN_NAMES: ReadonlyMap<string, string> = new Map()

/** Columns of a friend have their own name where the tree has none of that name, else, and always as well, "friend.x". */
export class FriendTree implements Tree {
  readonly kind = 'TTree'
  readonly path: string
  readonly cycle: number
  readonly title: string
  readonly entries: number
  readonly names: readonly string[]
  readonly groups: ReadonlySet<string>
  readonly #main: Tree
  readonly #places = new Map<string, Place>()

  constructor(main: Tree, friends: readonly Friend[]) {
    this.#main = main
    this.path = main.path
    this.cycle = main.cycle
    this.title = main.title
    this.entries = main.entries
    const names = [...main.names]
    const groups = new Set(main.groups)
    for (const { name: friend, tree } of friends) {
      const called = new Map<string, string>()
      for (const name of tree.names) {
        const long = `${friend}.${name}`
        const short = main.has(name) || this.#places.has(name) ? long : name
        const place = { tree, name, called }
        called.set(name, short)
        names.push(short)
        this.#places.set(short, place)
        this.#places.set(long, place)
        if (tree.groups?.has(name)) groups.add(short)
      }
    }
    this.names = names
    this.groups = groups
  }

  has(name: string): boolean {
    return this.#places.has(name) || this.#main.has(name)
  }

  branch(name: string): BranchInfo | undefined {
    const { tree, name: there, called } = this.#place(name)
    const info = tree.branch(there)
    if (info === undefined || tree === this.#main) return info
    const { counter } = info
    return {
      ...info,
      name,
      counter: counter === there ? name : counter === null ? null : (called.get(counter) ?? counter),
    }
  }

  describe(name: string): BranchDescription {
    const { tree, name: there } = this.#place(name)
    return tree.describe(there)
  }

  async storage(names: readonly string[]): Promise<Map<string, BranchStorage>> {
    return this.#byTree(names, (tree, there) => tree.storage(there))
  }

  async compressions(names: readonly string[]): Promise<Map<string, string | null>> {
    return this.#byTree(names, (tree, there) => tree.compressions(there))
  }

  /** Of the tree itself. */
  clusters(): Promise<readonly number[]> {
    return this.#main.clusters()
  }

  async read(
    names: readonly string[],
    start: number,
    stop: number,
    { beside = new Map(), ...options }: ReadOptions & { readonly cost?: ReadCost } = {},
  ): Promise<Map<string, Column>> {
    // Lists of equal lengths share their offsets, whichever tree they are of.
    const known = new Map(beside)
    return this.#byTree(names, async (tree, there) => {
      const columns = await tree.read(there, start, stop, { ...options, beside: known })
      for (const [name, column] of columns) known.set(`${known.size} ${name}`, column)
      return columns
    })
  }

  readAhead(names: readonly string[], start: number, stop: number): boolean {
    let hasRoom = true
    for (const [tree, own] of this.#grouped(names)) {
      hasRoom = hasRoom && tree.readAhead([...own], start, stop)
    }
    return hasRoom
  }

  /** The file closes each of the trees. */
  close(): void {}

  #place(name: string): Place {
    return this.#places.get(name) ?? { tree: this.#main, name, called: OWN_NAMES }
  }

  /** Tree -> the names that its columns have there. */
  #grouped(names: readonly string[]): Map<Tree, Set<string>> {
    const groups = new Map<Tree, Set<string>>()
    for (const name of names) {
      const { tree, name: there } = this.#place(name)
      groups.set(tree, (groups.get(tree) ?? new Set<string>()).add(there))
    }
    return groups
  }

  async #byTree<T>(
    names: readonly string[],
    ask: (tree: Tree, names: readonly string[]) => Promise<Map<string, T>>,
  ): Promise<Map<string, T>> {
    const answers = new Map<Tree, Map<string, T>>()
    for (const [tree, own] of this.#grouped(names)) answers.set(tree, await ask(tree, [...own]))
    const answerOf = (name: string): [string, T] => {
      const { tree, name: there } = this.#place(name)
      return [name, answers.get(tree)!.get(there)!]
    }
    return new Map(names.map(answerOf))
  }
}
