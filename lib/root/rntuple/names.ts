/** An RNTuple's fields under the names that the branches of a TTree have: Electron_pt and nElectron, however the file groups them.
 *
 *      ROOT's importer   _collection0 (records of Electron_pt, ...), shown again as the projections Electron_pt and nElectron
 *      uproot            Electron_pt, a list of its own, and nElectron, a number
 *      CMS               Electron, lists of records with a member pt, with or without projections
 *
 *  Paths with dots (Electron.pt) lead to the same. */
import { isCardinality, lengthsOf, type Member, memberOf } from './member.js'
import { type FieldPath, fieldPaths } from './paths.js'
import { COLLECTION, LEAF, RECORD, type Schema } from './schema.js'

/** What a name stands for: a field, or the lengths of a collection's lists. */
type Target = { readonly field: number } | { readonly lengths: number }

export class Names {
  /** As a tree's branches, each value once. */
  readonly branches: readonly string[]
  /** Of all fields. */
  readonly paths: readonly FieldPath[]
  readonly #schema: Schema
  readonly #place: string
  readonly #targets = new Map<string, Target>()
  readonly #members = new Map<string, Member>()
  /** Collection -> the name of what gives the lengths of its lists. */
  readonly #counters = new Map<number, string>()

  constructor(schema: Schema, place: string) {
    this.#schema = schema
    this.#place = place
    this.paths = fieldPaths(schema)
    const shown = shownElsewhere(schema)
    const counted = new Set(schema.fields.filter(isCardinality).map(({ source }) => source))
    const names: string[] = []
    const add = (name: string, target: Target, isBranch: boolean) => {
      if (this.#targets.has(name)) return
      this.#targets.set(name, target)
      if (isBranch) names.push(name)
    }
    // What the file names so itself comes before what is put together here.
    const isTop = (id: number) => schema.fields[id]!.parent === id
    const own = new Set(this.paths.filter(({ id }) => isTop(id)).map(({ path }) => path))
    for (const { id, path } of this.paths) {
      const { role } = schema.fields[id]!
      const isGroup = role === RECORD || recordIn(schema, id) !== null
      const name = path.replaceAll('.', '_')
      if (role === COLLECTION && isGroup && isTop(id) && !counted.has(id) && !own.has(`n${name}`)) {
        add(`n${name}`, { lengths: id }, true)
      }
      const isBranch = !isGroup && !shown.has(id) && (isTop(id) || !own.has(name))
      if (isTop(id) || !own.has(name)) add(name, { field: id }, isBranch)
      add(path, { field: id }, false)
    }
    this.branches = names
    this.#findCounters()
  }

  has(name: string): boolean {
    return this.#targets.has(name) || this.#lengthsBeside(name) !== null
  }

  /** undefined: there is none. Throws DataError 'NotImplementedError' for one that cannot be read. */
  member(name: string): Member | undefined {
    const known = this.#members.get(name)
    if (known !== undefined) return known
    const target = this.#targets.get(name) ?? this.#lengthsBeside(name)
    if (target === undefined || target === null) return undefined
    const place = `${this.#place} > ${name}`
    const member =
      'field' in target ? memberOf(this.#schema, target.field, place) : lengthsOf(this.#schema, target.lengths, place)
    this.#members.set(name, member)
    return member
  }

  /** The id of the field, or of the collection, that a name stands for. */
  field(name: string): number | undefined {
    const target = this.#targets.get(name) ?? this.#lengthsBeside(name)
    if (target === undefined || target === null) return undefined
    return 'field' in target ? target.field : target.lengths
  }

  /** Name of what counts the elements of a list: that of the collection, or one that serves this list alone. */
  counter(name: string, { ends, values }: Member): string | null {
    if (ends.length === 0 || values.length === 0) return null
    const collection = ends[0]!.record.field
    return this.#counters.get(collection) ?? this.#longerCollection(name) ?? `n${name}`
  }

  #findCounters(): void {
    const { fields } = this.#schema
    for (const [name, target] of this.#targets) {
      if ('lengths' in target) this.#counters.set(target.lengths, name)
      else if (isCardinality(fields[target.field]!)) {
        const { source } = fields[target.field]!
        if (source >= 0 && !name.includes('.') && !this.#counters.has(source)) this.#counters.set(source, name)
      }
    }
    // A collection with a plain number beside it that is named like its counter.
    for (const id of this.#schema.children(-1)) {
      const { role, name } = fields[id]!
      const isGroup = role === COLLECTION && recordIn(this.#schema, id) !== null
      if (isGroup && !this.#counters.has(id) && this.#targets.has(`n${name}`)) this.#counters.set(id, `n${name}`)
    }
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
  #lengthsBeside(name: string): Target | null {
    if (!name.startsWith('n')) return null
    const list = name.slice(1)
    const isList = (branch: string) => {
      const target = this.#targets.get(branch)
      if (target === undefined || !('field' in target)) return false
      const field = this.#schema.fields[target.field]!
      return field.role === COLLECTION && recordIn(this.#schema, field.id) === null
    }
    const found = isList(list) ? list : this.branches.find(branch => branch.startsWith(`${list}_`) && isList(branch))
    const target = found === undefined ? undefined : this.#targets.get(found)
    if (target === undefined || !('field' in target)) return null
    const { source, id } = this.#schema.fields[target.field]!
    return { lengths: source < 0 ? id : source }
  }
}

/** The record that a collection's lists, or an array, are made of, or null. */
function recordIn(schema: Schema, field: number): number | null {
  for (let at = field; ; ) {
    const { role, arrayLength } = schema.fields[at]!
    const [child, ...others] = schema.children(at)
    if (!(role === COLLECTION || arrayLength > 0) || child === undefined || others.length > 0) return null
    if (schema.fields[child]!.role === RECORD) return child
    at = child
  }
}

/** Fields in groups whose values have a name at the top as well, by projection; and the groups that all of whose members have. */
function shownElsewhere(schema: Schema): Set<number> {
  const { fields } = schema
  const shown = new Set<number>()
  for (const { source } of fields) if (source >= 0) shown.add(source)
  return new Set([...shown].filter(id => fields[id]!.role === LEAF || fields[id]!.role === COLLECTION))
}
