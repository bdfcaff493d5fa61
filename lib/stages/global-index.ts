/** Global indices of NanoAOD's links: `Photon_electronIdxG` is `Photon_electronIdx` plus the position of the event's first
 *  electron, counted from the partition's start; -1 where the link points nowhere. The reference's schema makes them up. */

import { gather } from '../columns/index.js'
import type { Batch, Column, Layout } from '../core/types.js'
import { columnOf, valuesOf } from './batch.js'

/** Collection -> its links, in the order in which the indices follow its fields: field, target collection. */
const CROSS_REFERENCES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Electron: [
    ['genPartIdx', 'GenPart'],
    ['jetIdx', 'Jet'],
    ['photonIdx', 'Photon'],
  ],
  Photon: [
    ['electronIdx', 'Electron'],
    ['genPartIdx', 'GenPart'],
    ['jetIdx', 'Jet'],
  ],
}

/** The collections that links lead to, whose objects are counted from the partition's start. */
const TARGETS: readonly string[] = [
  ...new Set(Object.values(CROSS_REFERENCES).flatMap(links => links.map(([, to]) => to))),
]

/** Those of which the counter is among the branches. */
export function countedCollections(branches: readonly string[]): string[] {
  return TARGETS.filter(collection => branches.includes(`n${collection}`))
}

export interface GlobalIndex {
  readonly name: string
  readonly reads: readonly string[]
  /** BigInt64Array[n] of n elements of the collection: event[k] and position element[k]. */
  readonly of: (batch: Batch, event: Int32Array, element: Int32Array) => BigInt64Array
  /** For all elements: int64 lists. */
  readonly column: (batch: Batch) => Column
}

/** Those of a collection that the files have what is needed for. */
export function globalIndices(collection: string, layout: Layout): GlobalIndex[] {
  const links = Object.hasOwn(CROSS_REFERENCES, collection) ? CROSS_REFERENCES[collection]! : []
  return links.flatMap(([field, target]) => {
    const branch = `${collection}_${field}`
    if (!layout.has(branch) || !layout.has(`n${target}`)) return []
    if (layout.readyIndices) return [readyIndex(`${field}G`, `${branch}G`)]
    const of: GlobalIndex['of'] = (batch, event, element) => resolve(batch, branch, target, event, element)
    const column = (batch: Batch): Column => {
      const offsets = columnOf(batch, branch).offsets!
      const element = Int32Array.from({ length: offsets[batch.length]! }, (_, i) => i)
      return { dtype: 'int64', values: of(batch, eventOf(offsets), element), offsets }
    }
    return [{ name: `${field}G`, reads: [branch, `n${target}`], of, column }]
  })
}

/** One that has been worked out and is a column of the batch. */
function readyIndex(name: string, column: string): GlobalIndex {
  return {
    name,
    reads: [column],
    of: (batch, _, element) => gather('int64', valuesOf(batch, column), element) as BigInt64Array,
    column: batch => columnOf(batch, column),
  }
}

/** The indices of all collections that the branches give, by the names that readyIndices asks for. */
export function readyIndexColumns(branches: readonly string[], layout: Layout): Map<string, GlobalIndex> {
  const found = new Map<string, GlobalIndex>()
  for (const collection of Object.keys(CROSS_REFERENCES)) {
    for (const index of globalIndices(collection, layout)) {
      if (index.reads.every(name => branches.includes(name))) found.set(`${collection}_${index.name}`, index)
    }
  }
  return found
}

function resolve(batch: Batch, branch: string, target: string, event: Int32Array, element: Int32Array): BigInt64Array {
  const local = valuesOf(batch, branch)
  const first = firstObjects(batch, target)
  const out = new BigInt64Array(event.length)
  for (let k = 0; k < out.length; k++) {
    const i = Number(local[element[k]!]!)
    const position = first[event[k]!]! + i
    out[k] = i < 0 || position >= first[event[k]! + 1]! ? -1n : BigInt(position)
  }
  return out
}

/** Event of each element. */
function eventOf(offsets: Int32Array): Int32Array {
  const out = new Int32Array(offsets.at(-1)!)
  for (let e = 0; e + 1 < offsets.length; e++) out.fill(e, offsets[e]!, offsets[e + 1]!)
  return out
}

const firstObjectsOf = new WeakMap<Batch['columns'], Map<string, Float64Array>>()

/** Position of each event's first object of the collection, counted from the partition's start, and one past the last.
 *  Worked out once a batch: many columns ask for it. */
function firstObjects(batch: Batch, collection: string): Float64Array {
  let known = firstObjectsOf.get(batch.columns)
  if (known === undefined) firstObjectsOf.set(batch.columns, (known = new Map()))
  let first = known.get(collection)
  if (first === undefined) {
    const counts = valuesOf(batch, `n${collection}`)
    first = new Float64Array(batch.length + 1)
    first[0] = batch.bases?.get(collection) ?? 0
    for (let i = 0; i < batch.length; i++) first[i + 1] = first[i]! + Number(counts[i]!)
    known.set(collection, first)
  }
  return first
}
