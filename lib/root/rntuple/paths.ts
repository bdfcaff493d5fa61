/** Paths of an RNTuple's fields, as uproot names them: "Electron.pt" for member pt of the records in the lists of Electron. */
import { COLLECTION, LEAF, RECORD, type Schema, VARIANT } from './schema.js'

/** Base classes of a record: ":_0". */
const BASE = /^:_\d+$/
/** Members of tuples: "_0". */
const TUPLE_MEMBER = /^_\d+$/

export interface FieldPath {
  readonly id: number
  /** With dots between the levels. */
  readonly path: string
}

/** The field and all in it that have a name of their own, in their order; what is in variants has none. top: a top-level field. */
export function pathsIn(schema: Schema, top: number): FieldPath[] {
  const found: FieldPath[] = []
  const visit = (id: number, prefix: string) => {
    const hidden = id !== top && isAnonymous(schema, id)
    const path = hidden ? prefix : prefix === '' ? nameOf(schema, id) : `${prefix}.${nameOf(schema, id)}`
    if (!hidden) found.push({ id, path })
    if (schema.roles[id] !== VARIANT) for (const child of schema.children(id)) visit(child, path)
  }
  visit(top, '')
  return withoutDuplicates(schema, found)
}

function isAnonymous(schema: Schema, id: number): boolean {
  const { parents, roles, arrayLengths } = schema
  const parent = parents[id]!
  const role = roles[parent]
  if (role === COLLECTION || role === VARIANT || arrayLengths[parent]! > 0) return true
  return role === LEAF ? schema.name(id) === '_0' : role === RECORD && BASE.test(schema.name(id))
}

function nameOf(schema: Schema, id: number): string {
  const { parents, roles } = schema
  const name = schema.name(id)
  const parent = parents[id]!
  return parent !== id && roles[parent] === RECORD && TUPLE_MEMBER.test(name) ? name.slice(1) : name
}

/** Members that several base classes have get the names of these before them, as many as it takes: "Child::base_a1". */
function withoutDuplicates(schema: Schema, found: FieldPath[]): FieldPath[] {
  const byPath = new Map<string, number[]>()
  for (const [k, { path }] of found.entries()) {
    const known = byPath.get(path)
    if (known === undefined) byPath.set(path, [k])
    else known.push(k)
  }
  if (byPath.size === found.length) return found
  const renamed = [...found]
  for (const [path, places] of byPath) {
    if (places.length === 1) continue
    const prefix = path.slice(0, path.lastIndexOf('.') + 1)
    const last = path.slice(prefix.length)
    const classes = distinctClasses(
      schema,
      places.map(k => found[k]!.id),
    )
    const names = places.map(() => last)
    for (let depth = 1; new Set(names).size < names.length && depth < 100; depth++) {
      const isShared = names.map(name => names.indexOf(name) !== names.lastIndexOf(name))
      for (const [j, own] of classes.entries()) {
        if (isShared[j]) names[j] = [...own.slice(0, depth), last].join('::')
      }
    }
    for (const [j, k] of places.entries()) renamed[k] = { id: found[k]!.id, path: prefix + names[j]! }
  }
  return renamed
}

/** Of each field the classes around it, outermost first, without those that are around all of them. */
function distinctClasses(schema: Schema, ids: readonly number[]): string[][] {
  const { parents } = schema
  const stacks = ids.map(id => {
    const stack: number[] = []
    for (let at = id; parents[at] !== at; at = parents[at]!) stack.unshift(parents[at]!)
    return stack
  })
  while (stacks.every(stack => stack.length > 0 && stack[0] === stacks[0]![0]))
    for (const stack of stacks) stack.shift()
  return stacks.map(stack => stack.map(id => schema.field(id).typeName))
}
