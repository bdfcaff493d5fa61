/** An RNTuple's fields under the names that the branches of a TTree have: Electron_pt and nElectron, however the file groups them.
 *
 *      ROOT's importer   _collection0 (records of Electron_pt, ...), shown again as the projections Electron_pt and nElectron
 *      uproot            Electron_pt, a list of its own, and nElectron, a number
 *      CMS               Electron, lists of records with a member pt, with or without projections
 *
 *  Paths with dots (Electron.pt) lead to the same. */
import { isCardinality, lengthsOf, type Member, memberOf } from './member.js'
import { pathsIn } from './paths.js'
import { COLLECTION, LEAF, RECORD, type Schema } from './schema.js'

/** What a name stands for: the id of a field, or ~id of a collection, whose lengths are meant. */
type Target = number

/** Those of a schema, made once. */
export function namesOf(schema: Schema): Names {
  let names = known.get(schema)
  if (names === undefined) {
    names = new Names(schema)
    known.set(schema, names)
  }
  return names
}

const known = new WeakMap<Schema, Names>()

export class Names {
  /** As a tree's branches, each value once. */
  readonly branches: readonly string[]
  readonly #schema: Schema
  readonly #targets = new Map<string, Target>()
  readonly #members = new Map<string, Member>()
  /** Collection -> the name of what gives the lengths of its lists. */
  readonly #counters = new Map<number, string>()
  #paths: ReadonlyMap<string, number> | null = null

  /** Use namesOf. */
  constructor(schema: Schema) {
    this.#schema = schema
    const { roles, sources, arrayLengths } = schema
    const { tops, topNames } = schema
    const count = tops.length
    const targets = this.#targets
    // Plain loops: in a process that has just begun, thousands of steps of others take milliseconds.
    for (let k = 0; k < count; k++) {
      const id = tops[k]!
      const name = topNames[k]!
      targets.set(name, id)
      const source = sources[id]!
      if (source >= 0 && isCardinality(schema, id)) this.#counters.set(source, name)
    }
    const branches: string[] = []
    for (let k = 0; k < count; k++) {
      const id = tops[k]!
      const isPlain = roles[id] === LEAF && arrayLengths[id] === 0
      const group = isPlain ? null : groupIn(schema, id)
      if (group === null) branches.push(topNames[k]!)
      else this.#addGroup(id, group, branches)
    }
    this.branches = branches
  }

  /** Paths of all fields that have a name, with their ids. */
  get paths(): ReadonlyMap<string, number> {
    this.#paths ??= new Map(
      [...this.#schema.tops].flatMap(top => pathsIn(this.#schema, top).map(({ path, id }) => [path, id] as const)),
    )
    return this.#paths
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /** undefined: there is none. Throws DataError 'NotImplementedError' for one that cannot be read. treePlace: begins the message. */
  member(name: string, treePlace: string): Member | undefined {
    const known = this.#members.get(name)
    if (known !== undefined) return known
    const target = this.#find(name)
    if (target === undefined) return undefined
    const place = `${treePlace} > ${name}`
    const member = target < 0 ? lengthsOf(this.#schema, ~target, place) : memberOf(this.#schema, target, place)
    this.#members.set(name, member)
    return member
  }

  /** The id of the field, or of the collection, that a name stands for. */
  field(name: string): number | undefined {
    const target = this.#find(name)
    return target === undefined || target >= 0 ? target : ~target
  }

  /** Name of what counts the elements of a list: that of the collection, or one that serves this list alone. */
  counter(name: string, { ends, values, isText }: Member): string | null {
    if (isText) return name
    if (ends.length === 0 || values.length === 0) return null
    return this.#counters.get(ends[0]!.record.field) ?? this.#longerCollection(name) ?? `n${name}`
  }

  /** Members of a group as branches, but for those that have a name at the top as well. record: that of the group. */
  #addGroup(id: number, record: number, branches: string[]): void {
    const { roles, shown } = this.#schema
    if (roles[id] === COLLECTION && !this.#counters.has(id)) {
      const counter = `n${this.#schema.name(id)}`
      this.#counters.set(id, counter)
      if (!this.#targets.has(counter)) {
        this.#targets.set(counter, ~id)
        branches.push(counter)
      }
    }
    if (this.#schema.children(record).every(child => shown[child] === 1)) return
    for (const { id: member, path } of pathsIn(this.#schema, id)) {
      const name = path.replaceAll('.', '_')
      if (shown[member] === 1 || this.#targets.has(name)) continue
      this.#targets.set(name, member)
      if (groupIn(this.#schema, member) === null) branches.push(name)
    }
  }

  #find(name: string): Target | undefined {
    const target = this.#targets.get(name)
    if (target !== undefined) return target
    // Whatever is not a top-level field or a branch is a path, or counts something.
    return (name.includes('.') ? this.paths.get(name) : undefined) ?? this.#lengthsBeside(name)
  }

  /** nElectron_HEEP of a list Electron_HEEP_pt, where there is such a number: the list is of another collection than Electron. */
  #longerCollection(name: string): string | null {
    for (let at = name.lastIndexOf('_'); at > name.indexOf('_'); at = name.lastIndexOf('_', at - 1)) {
      const counter = `n${name.slice(0, at)}`
      if (this.#targets.has(counter)) return counter
    }
    return null
  }

  /** nElectron or nElectron_pt in a file that has the list Electron_pt, but no such number. */
  #lengthsBeside(name: string): Target | undefined {
    if (!name.startsWith('n')) return undefined
    const list = name.slice(1)
    const { roles, sources } = this.#schema
    const isList = (branch: string) => {
      const target = this.#targets.get(branch) ?? -1
      return target >= 0 && roles[target] === COLLECTION && groupIn(this.#schema, target) === null
    }
    const found = isList(list) ? list : this.branches.find(branch => branch.startsWith(`${list}_`) && isList(branch))
    if (found === undefined) return undefined
    const id = this.#targets.get(found)!
    return ~(sources[id]! < 0 ? id : sources[id]!)
  }
}

/** The record that a field is, or that a collection's lists or an array are made of; null: it is no such group. */
function groupIn(schema: Schema, field: number): number | null {
  const { roles, arrayLengths } = schema
  for (let at = field; ; ) {
    if (roles[at] === RECORD) return at
    if (!(roles[at] === COLLECTION || arrayLengths[at]! > 0)) return null
    const child = schema.onlyChild(at)
    if (child === undefined) return null
    at = child
  }
}
