/** Which columns a tree has: its branches, the branches inside those of objects, and the leaves of leaf lists. A tree of plain
 *  branches, as NanoAOD is, has its branches' names, and none of them is looked into. */
import { DataError } from '../../core/errors.js'
import type { ObjectBuffer } from '../object-buffer.js'
import { DOUBLE32, FLOAT16, memberNumber } from '../stl-names.js'
import { isCounter, readBranchName } from './branch-element.js'
import { type BranchRecord, readBranch } from './branch-record.js'
import type { TreeRecord } from './tree-record.js'

export interface ColumnPlace {
  /** Of the branch's class tag in the tree's record. */
  readonly position: number
  /** Number of the leaf of a leaf list; null: the branch as a whole. */
  readonly leaf: number | null
}

export interface TreeColumns {
  /** Each once, in the tree's order, what is inside a branch behind it. Those that cannot be read are there too. */
  readonly names: readonly string[]
  /** Branches that have no values but those of columns that are listed behind them. */
  readonly groups: ReadonlySet<string>
  has(name: string): boolean
  place(name: string): ColumnPlace | undefined
  /** The name of the column whose branch stands at that position; or, of branches in objects, of the one of its name beside `branch`:
   *  ROOT, which looks counters up by name, may have noted another object's. */
  nameAt(position: number, branch: number): string | null
  /** The types of some columns stand in the file's list of classes. */
  readonly needsStreamers: boolean
}

const NONE: ReadonlySet<string> = new Set()

export function treeColumns(objects: ObjectBuffer, tree: TreeRecord): TreeColumns {
  const { table, positions, derived, leaves } = tree
  if (derived.length > 0 || leaves > positions.length) return new ColumnLister(objects, tree).list()
  const place = (name: string) => {
    const number = table.numbers.get(name)
    return number === undefined ? undefined : { position: positions[number]!, leaf: null }
  }
  const has = (name: string) => table.numbers.has(name)
  return { names: table.names, groups: NONE, has, place, nameAt: () => null, needsStreamers: false }
}

class ColumnLister {
  readonly #objects: ObjectBuffer
  readonly #tree: TreeRecord
  readonly #places = new Map<string, ColumnPlace>()
  /** Further names of columns: with the branches that they are in, as "Info/run". */
  readonly #paths = new Map<string, ColumnPlace>()
  readonly #groups = new Set<string>()
  /** Positions that have been looked at, since references in a damaged file may lead back: the branches that the one there is in, and its
   *  own name. */
  readonly #seen = new Map<number, { readonly parent: string; readonly name: string }>()
  #needsStreamers = false

  constructor(objects: ObjectBuffer, tree: TreeRecord) {
    this.#objects = objects
    this.#tree = tree
  }

  list(): TreeColumns {
    const { positions, derived } = this.#tree
    const isDerived = new Set(derived)
    const hasLists = this.#leavesOfPlain() > positions.length - derived.length
    for (const [number, position] of positions.entries()) {
      const name = readBranchName(this.#objects, position, this.#objects.place)
      if (isDerived.has(number) || hasLists) this.#add(name, '', position)
      else this.#put(name, name, { position, leaf: null })
    }
    const [places, paths] = [this.#places, this.#paths]
    const whole = [...places].filter(([, { leaf }]) => leaf === null)
    const names = new Map(whole.map(([name, { position }]) => [position, name]))
    return {
      names: [...places.keys()],
      groups: this.#groups,
      has: name => places.has(name) || paths.has(name),
      place: name => places.get(name) ?? paths.get(name),
      nameAt: (position, branch) => {
        const [parent, name] = [this.#seen.get(branch)?.parent, this.#seen.get(position)?.name]
        const beside = parent === undefined || parent === '' ? undefined : paths.get(`${parent}/${name}`)
        return names.get(beside?.position ?? position) ?? null
      },
      needsStreamers: this.#needsStreamers,
    }
  }

  /** Leaves of the branches that are TBranch itself: all but those of the others and of what is inside them. */
  #leavesOfPlain(): number {
    const { positions, derived, leaves } = this.#tree
    const seen = new Set<number>()
    const count = (position: number): number => {
      const record = seen.has(position) ? null : this.#record(position)
      seen.add(position)
      if (record === null) return 0
      return record.leaves.length + record.subBranches.reduce((sum, inside) => sum + count(inside), 0)
    }
    return leaves - derived.reduce((sum, number) => sum + count(positions[number]!), 0)
  }

  #add(name: string, parent: string, position: number): void {
    if (this.#seen.has(position)) return
    this.#seen.set(position, { parent, name })
    const path = parent === '' ? name : `${parent}/${name}`
    const called = this.#put(name, path, { position, leaf: null })
    const record = this.#record(position)
    if (record === null) return
    const { element, leaves, subBranches } = record
    const isList = element === null && leaves.length > 1
    if (isList || (subBranches.length > 0 && !counts(record))) this.#groups.add(called)
    if (isList) {
      for (const [leaf, { name: field }] of leaves.entries()) {
        this.#put(`${name}.${field}`, `${path}.${field}`, { position, leaf })
      }
    }
    const ofClass = element !== null && element.member >= 0 && subBranches.length === 0
    if (ofClass && mayNeedStreamer(element.streamerType)) this.#needsStreamers = true
    for (const inside of subBranches) this.#addInside(path, inside)
  }

  #addInside(path: string, position: number): void {
    this.#add(readBranchName(this.#objects, position, this.#objects.place), path, position)
  }

  /** Gives the name that the column has got: its path, where another has its name. */
  #put(name: string, path: string, place: ColumnPlace): string {
    this.#paths.set(path, place)
    const called = this.#places.has(name) ? path : name
    // Of several branches of one name at the top the first is meant.
    if (!this.#places.has(called)) this.#places.set(called, place)
    return called
  }

  /** null: it cannot be read; whoever asks for the column is told why. */
  #record(position: number): BranchRecord | null {
    try {
      return readBranch(this.#objects, position, '')
    } catch (error) {
      if (error instanceof DataError) return null
      throw error
    }
  }
}

function counts({ element }: BranchRecord): boolean {
  return element !== null && isCounter(element.kind)
}

function mayNeedStreamer(streamerType: number): boolean {
  const number = memberNumber(streamerType)
  return number === null || number.type === DOUBLE32 || number.type === FLOAT16
}
