/** Paths of an RNTuple's fields, as uproot names them: "Electron.pt" for member pt of the records in the lists of Electron. */
import { COLLECTION, type Field, LEAF, RECORD, type Schema, VARIANT } from './schema.js'

/** Base classes of a record: ":_0". */
const BASE = /^:_\d+$/
/** Members of tuples: "_0". */
const TUPLE_MEMBER = /^_\d+$/

export interface FieldPath {
  readonly id: number
  /** With dots between the levels. */
  readonly path: string
}

/** All fields that have a name of their own, in their order; what is in variants has none. */
export function fieldPaths(schema: Schema): FieldPath[] {
  const found: FieldPath[] = []
  const visit = (id: number, prefix: string, isTop: boolean) => {
    const field = schema.fields[id]!
    const hidden = !isTop && isAnonymous(schema, field)
    const path = hidden
      ? prefix
      : prefix === ''
        ? nameOf(schema, field, isTop)
        : `${prefix}.${nameOf(schema, field, isTop)}`
    if (!hidden) found.push({ id, path })
    if (field.role !== VARIANT) for (const child of schema.children(id)) visit(child, path, false)
  }
  for (const id of schema.children(-1)) visit(id, '', true)
  return withoutDuplicates(schema, found)
}

function isAnonymous({ fields }: Schema, { name, parent }: Field): boolean {
  const { role, arrayLength } = fields[parent]!
  if (role === COLLECTION || role === VARIANT || arrayLength > 0) return true
  return role === LEAF ? name === '_0' : role === RECORD && BASE.test(name)
}

function nameOf({ fields }: Schema, { name, parent }: Field, isTop: boolean): string {
  return !isTop && fields[parent]!.role === RECORD && TUPLE_MEMBER.test(name) ? name.slice(1) : name
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
function distinctClasses({ fields }: Schema, ids: readonly number[]): string[][] {
  const stacks = ids.map(id => {
    const stack: number[] = []
    for (let at = id; fields[at]!.parent !== at; at = fields[at]!.parent) stack.unshift(fields[at]!.parent)
    return stack
  })
  while (stacks.every(stack => stack.length > 0 && stack[0] === stacks[0]![0]))
    for (const stack of stacks) stack.shift()
  return stacks.map(stack => stack.map(id => fields[id]!.typeName))
}
