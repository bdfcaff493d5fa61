/** The variables that a user may name in `vars` of a NanoAOD workflow, and where their values come from:
 *    el_<field>, ph_<field>   the probe's field        one value a pair
 *    tag_Ele_<field>          the tag's field          one value a pair
 *    <Collection>_<field>     another branch           one value, or a list, an event
 *    <name>                   a scalar branch          one value an event */
import { gather, gatherElements } from '../columns/index.js'
import { branchOrNull, hasArrayLists } from '../core/branch-or-null.js'
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import type { Batch, BranchInfo, Column, DType, Layout, Pairs, Read, Values } from '../core/types.js'
import { columnOf, pairValues, valuesOf } from './batch.js'
import { collectionOf, isFieldOf } from './collections.js'
import { globalIndices } from './global-index.js'
import { branchOfCollection, isZeroField, zeroColumn, zeroFields } from './zero-fields.js'

/** pair: one value a pair. event: one value an event, which `load` repeats for its pairs. list: a list an event. array: `width` values an
 *  event. pairArray, listArray: `width` values a pair, or an element of a list. text: one text an event. */
export interface Variable {
  readonly name: string
  readonly dtype: DType
  readonly shape: 'pair' | 'event' | 'list' | 'array' | 'pairArray' | 'listArray' | 'text'
  /** Of arrays. */
  readonly width?: number
  readonly reads: readonly Read[]
  /** Values[nPairs]; of a pairArray Values[nPairs * width]. Throws UsageError for lists, arrays and texts of events, which have none. */
  readonly load: (pairs: Pairs) => Values
  /** The batch's column of a list, of arrays or of texts of events. */
  readonly column: (batch: Batch) => Column
  /** Of a whole record or collection: its fields, called `<name>.<field>`. The record itself has no values. */
  readonly members?: readonly Variable[]
}

/** What variables are looked up in. */
export interface VariableSpace {
  readonly layout: Layout
  /** Collection of the tags and of the probes. */
  readonly tags: string
  readonly probes: string
  /** Prefix of the probes' variables: `el_` or `ph_`. */
  readonly probePrefix: string
  /** Prefix of the tags' variables; default: `tag_Ele_`. */
  readonly tagPrefix?: string
  /** Columns that earlier stages add to a batch: name -> type. Those of a collection belong to its elements. */
  readonly added: ReadonlyMap<string, DType>
}

const TAG_PREFIX = 'tag_Ele_'

export function tagPrefixOf({ tagPrefix = TAG_PREFIX }: VariableSpace): string {
  return tagPrefix
}

/** The variable of that name. Throws UsageError (place: `place`) where there is none, with the nearest names. */
export function resolveVariable(name: string, space: VariableSpace, place: string): Variable {
  const onSide = (side: 'tag' | 'probe', prefix: string) => {
    const field = name.slice(prefix.length)
    return sideArrays(name, field, side, space) ?? sideField(name, field, side, space)
  }
  const tagPrefix = tagPrefixOf(space)
  const found = name.startsWith(tagPrefix)
    ? onSide('tag', tagPrefix)
    : name.startsWith(space.probePrefix)
      ? onSide('probe', space.probePrefix)
      : (eventVariable(name, name, space) ?? wholeRecord(name, space))
  if (found === null) throw new UsageError([unknownVariable(name, space, place)])
  return found
}

function unknownVariable(name: string, space: VariableSpace, place: string): Problem {
  const known = [
    ...collectionFields(space, space.probes).map(f => space.probePrefix + f),
    ...collectionFields(space, space.tags).map(f => tagPrefixOf(space) + f),
    ...space.layout.names,
  ]
  const missing = `no variable ${JSON.stringify(name)} in these files.`
  return { place, message: `${missing}${whyNoField(name, space) ?? nearestHint(name, known)}` }
}

/** Why a branch that is there, and whose name looks like that of a field, is none. */
function whyNoField(name: string, space: VariableSpace): string | null {
  for (const side of ['tag', 'probe'] as const) {
    const prefix = side === 'tag' ? tagPrefixOf(space) : space.probePrefix
    const collection = space[`${side}s`]
    if (!name.startsWith(prefix)) continue
    const branch = `${collection}_${name.slice(prefix.length)}`
    const info = space.layout.branch(branch)
    if (info === undefined) return null
    if (info.counter === null)
      return ` Branch "${branch}" has one value an event: its name as a variable is "${branch}".`
    if (info.counter === branch)
      return ` Branch "${branch}" is no field of ${collection}. Its name as a variable is "${branch}".`
    return ` Branch "${branch}" is counted by ${info.counter}: it is no field of ${collection}. Its name as a variable is "${branch}".`
  }
  return null
}

/** Fields of a collection in the order in which "all" gives them: its branches in file order, then global indices, constant,
 *  renamed and added fields. */
export function collectionFields(space: VariableSpace, collection: string): string[] {
  const prefix = `${collection}_`
  const fields = space.layout.names.filter(n => isFieldOf(space.layout, n, collection)).map(n => n.slice(prefix.length))
  const renamed = fields.includes('energy') ? ['regrEnergy'] : []
  const indices = globalIndices(collection, space.layout).map(index => index.name)
  const added = [...space.added.keys()]
    .filter(n => n.startsWith(prefix) && !n.includes('to_use') && !space.layout.has(n))
    .map(n => n.slice(prefix.length))
  const zeros = zeroFields(collection).filter(f => !fields.includes(f))
  return [...fields.filter(f => f !== 'energy'), ...indices, ...zeros, ...renamed, ...added]
}

/** The same without fields that cannot be read: what "all" means. The layout is told of them. withArrays: of fields with arrays there
 *  can be columns. */
export function readableFields(space: VariableSpace, collection: string, withArrays = false): string[] {
  const { layout } = space
  return collectionFields(space, collection).filter(field => {
    const branch = `${collection}_${field}`
    if (!layout.has(branch) || space.added.has(branch)) return true
    return (withArrays && arrayField(layout, branch, collection) !== undefined) || isReadable(layout, branch)
  })
}

/** The branch can be read; the layout is told where it cannot be. Of groups it is not: their columns are there. */
export function isReadable(layout: Layout, name: string): boolean {
  if (branchOrNull(layout, name) !== null) return true
  if (layout.groups?.has(name) !== true) layout.leaveOut?.(name)
  return false
}

/** Field `field` of the tag or the probe as a variable called `name`, with one value a pair, or null. */
export function sideField(name: string, field: string, side: 'tag' | 'probe', space: VariableSpace): Variable | null {
  const collection = side === 'tag' ? space.tags : space.probes
  if (isZeroField(collection, field)) return zeroSideField(name)
  const branch = `${collection}_${field === 'regrEnergy' ? 'energy' : field}`
  const added = space.added.get(branch)
  const info = added === undefined ? fieldBranch(space.layout, branch, collection) : undefined
  const dtype = added ?? info?.dtype
  if (dtype === undefined) return globalIndexField(name, field, side, collection, space.layout)
  return {
    name,
    dtype,
    shape: 'pair',
    reads: added === undefined ? [branch] : [],
    load: pairs => gather(dtype, valuesOf(pairs.batch, branch), pairs[side]),
    column: noColumn(name),
  }
}

/** The branch of lists, one value an object of the collection. Electron_HEEP_pt with a counter nElectron_HEEP has lists of other
 *  objects, and a branch with one value an event has none. */
export function fieldBranch(layout: Layout, branch: string, collection: string): BranchInfo | undefined {
  const info = layout.branch(branch)
  return info !== undefined && info.counter !== null && isFieldOf(layout, branch, collection) ? info : undefined
}

/** The same of arrays, `width` values an object. */
function arrayField(layout: Layout, branch: string, collection: string): BranchInfo | undefined {
  const info = layout.tableOnly?.(branch)
  return info !== undefined && hasArrayLists(info) && collectionOf(branch, info.counter) === collection
    ? info
    : undefined
}

/** Field `field` of the tag or the probe where it has arrays. */
function sideArrays(name: string, field: string, side: 'tag' | 'probe', space: VariableSpace): Variable | null {
  const collection = space[`${side}s`]
  const info = space.added.has(`${collection}_${field}`)
    ? undefined
    : arrayField(space.layout, `${collection}_${field}`, collection)
  if (info === undefined) return null
  const { name: branch, dtype, width } = info
  const load = (pairs: Pairs) => gatherElements(columnOf(pairs.batch, branch), pairs[side]).values
  return { name, dtype, shape: 'pairArray', width, reads: [branch], load, column: noColumn(name) }
}

function zeroSideField(name: string): Variable {
  const load = (pairs: Pairs) => new Float32Array(pairs.event.length)
  return { name, dtype: 'float32', shape: 'pair', reads: [], load, column: noColumn(name) }
}

function globalIndexField(
  name: string,
  field: string,
  side: 'tag' | 'probe',
  collection: string,
  layout: Layout,
): Variable | null {
  const index = globalIndices(collection, layout).find(i => i.name === field)
  if (index === undefined) return null
  const load = (pairs: Pairs) => index.of(pairs.batch, pairs.event, pairs[side])
  return { name, dtype: 'int64', shape: 'pair', reads: index.reads, load, column: noColumn(name) }
}

/** What a variable has in place of one value a pair or an event, for messages; null: it has one. */
export function otherThanNumbers({ shape }: Variable): string | null {
  return OTHERS[shape]
}

const OTHERS: Readonly<Record<Variable['shape'], string | null>> = {
  pair: null,
  event: null,
  list: 'has a list an event',
  array: 'has an array an event',
  pairArray: 'has an array a pair',
  listArray: 'has lists of arrays',
  text: 'is a text',
}

/** A branch of texts, one an event, as a column of a table. */
export function textVariable(name: string, branch: string): Variable {
  const load = refusing(name, 'is a text, a number was asked for')
  return { name, dtype: 'uint8', shape: 'text', reads: [branch], load, column: batch => columnOf(batch, branch) }
}

/** A branch of arrays of fixed length, one an event or an element of its list, as a column of a table. */
export function arrayVariable(name: string, { name: branch, dtype, width }: BranchInfo): Variable {
  const load = refusing(name, 'has arrays, one value a pair was asked for')
  return { name, dtype, shape: 'array', width, reads: [branch], load, column: batch => columnOf(batch, branch) }
}

function eventVariable(name: string, branch: string, { layout, added }: VariableSpace): Variable | null {
  const ofTables = layout.tableOnly?.(branch)
  if (ofTables?.text === true) return textVariable(name, branch)
  const [collection, field] = splitName(branch)
  const anyBranch = branchOfCollection(layout, collection)
  if (anyBranch !== undefined && isZeroField(collection, field)) {
    return listVariable(name, 'float32', [anyBranch], batch => zeroColumn(batch, anyBranch))
  }
  const index = globalIndices(collection, layout).find(i => i.name === field)
  if (index !== undefined) return listVariable(name, 'int64', index.reads, index.column)
  if (field === 'regrEnergy' && !layout.has(branch)) branch = `${collection}_energy`
  const addedType = added.get(branch)
  if (ofTables !== undefined && addedType === undefined) return { ...arrayVariable(name, ofTables), shape: 'listArray' }
  const info = addedType === undefined ? layout.branch(branch) : undefined
  const dtype = addedType ?? info?.dtype
  if (dtype === undefined) return null
  if (info !== undefined && info.width > 1) return arrayVariable(name, info)
  const reads = addedType === undefined ? [branch] : []
  const column = (batch: Batch) => columnOf(batch, branch)
  const list = info === undefined ? anyBranch !== undefined : info.counter !== null
  if (list) return listVariable(name, dtype, reads, column)
  const load = (pairs: Pairs) => gather(dtype, valuesOf(pairs.batch, branch), pairs.event)
  return { name, dtype, shape: 'event', reads, load, column }
}

function listVariable(name: string, dtype: DType, reads: readonly Read[], column: Variable['column']): Variable {
  const load = refusing(name, 'has a list an event, one value a pair was asked for')
  return { name, dtype, shape: 'list', reads, load, column }
}

/** Electron_pt -> Electron, pt. A name without underscore has no field. */
function splitName(name: string): [string, string] {
  const at = name.indexOf('_')
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)]
}

/** All fields of a record or collection as one variable, with those that stages have added. Its shape is that of its fields. */
function wholeRecord(name: string, space: VariableSpace): Variable | null {
  const prefix = `${name}_`
  const internal = [...space.added.keys()].filter(n => n.startsWith(prefix) && n.includes('to_use'))
  const fields = [...readableFields(space, name), ...internal.map(n => n.slice(prefix.length))]
  const members = fields
    .flatMap(field => eventVariable(`${name}.${field}`, prefix + field, space) ?? [])
    .filter(({ shape }) => shape !== 'array' && shape !== 'listArray')
  const [first] = members
  if (first === undefined || members.some(m => m.shape !== first.shape)) return null
  return { ...first, name, reads: members.flatMap(m => m.reads), members }
}

function noColumn(name: string): (batch: Batch) => Column {
  return refusing(name, 'has one value a pair, not one an event')
}

/** In place of what a variable does not have. */
function refusing(name: string, message: string): () => never {
  return () => {
    throw new UsageError([{ place: name, message }])
  }
}

/** A column that earlier stages have put into Pairs (pair_mass, a filter's decision). */
export function pairColumn(name: string, dtype: DType, shape: 'pair' | 'event' = 'pair'): Variable {
  return {
    name,
    dtype,
    shape,
    reads: [],
    load: pairs => pairValues(pairs, name),
    column: noColumn(name),
  }
}
