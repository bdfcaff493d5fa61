/** Which branches of NanoAOD are fields of one collection, and whether their lists have the same lengths: stages take the
 *  position of an object in one of them for its position in all others. */
import { sameBits } from '../core/bits.js'
import { branchOrNull } from '../core/branch-or-null.js'
import { DataError } from '../core/errors.js'
import type { Column, Columns, Layout } from '../core/types.js'

/** What is asked about branches. */
export type Branches = Pick<Layout, 'has' | 'branch'>

/** Branches of which nothing is known but their names. */
export const NAMES_ONLY: Branches = { has: () => false, branch: () => undefined }

/** Collections that stages know by name. Others are such where a file has their counter. */
const KNOWN: readonly string[] = ['Electron', 'Photon', 'Jet', 'GenPart', 'TrigObj']

/** The collection that a branch is a field of: `Electron_pt` of Electron, but `Electron_HEEP_pt` with the counter nElectron_HEEP of
 *  Electron_HEEP. A counter that serves its branch alone (nElectron_pt, as uproot writes trees) says nothing. null: of none. */
export function collectionOf(name: string, counter: string | null | undefined): string | null {
  const counted = counter?.slice(1)
  if (counter?.startsWith('n') && name.startsWith(`${counted}_`)) return counted!
  const at = name.indexOf('_')
  return at < 0 ? null : name.slice(0, at)
}

/** The branch is a field of the collection. Those of types that cannot be read, or that are not known, count by their names. */
export function isFieldOf(layout: Branches, name: string, collection: string): boolean {
  return name.startsWith(`${collection}_`) && collectionOf(name, counterOf(layout, name)) === collection
}

function counterOf(layout: Branches, name: string): string | null | undefined {
  return branchOrNull(layout, name)?.counter
}

/** `names`, and the counters that say how long the lists of their collections are to be, where branches have others. present: what
 *  has been read before, of which the collections are known. */
export function withCollectionCounters(
  names: readonly string[],
  layout: Branches,
  present: Columns = new Map(),
): readonly string[] {
  const counters = new Set<string>()
  for (const name of names) {
    const info = layout.branch(name)
    const own = info?.counter ?? null
    if (own === null || info?.text === true) continue
    const counter = `n${collectionOf(name, own)}`
    if (counter !== own && isCounter(layout, counter)) counters.add(counter)
  }
  if (counters.size > 0) {
    for (const name of present.keys()) {
      counters.delete(name)
      counters.delete(`n${collectionOf(name, counterOf(layout, name))}`)
    }
  }
  for (const name of names) counters.delete(name)
  return counters.size === 0 ? names : [...names, ...counters]
}

function isCounter(layout: Branches, name: string): boolean {
  if (!layout.has(name) || counterOf(layout, name) !== null) return false
  const { dtype, width } = layout.branch(name)!
  return width === 1 && /^u?int/.test(dtype)
}

/** Two columns of one collection that have different lengths in an event. */
export interface Disagreement {
  readonly event: number
  readonly name: string
  /** null: one value an event, no list. */
  readonly length: number | null
  readonly other: string
  readonly otherLength: number
}

interface Group {
  readonly name: string
  readonly offsets: Int32Array
}

/** The first disagreement within a collection; null: there is none. Columns that share their offsets cost nothing. counters: the
 *  collections' counters are looked at as well, where they are among the columns; whoever leaves objects out may leave those. */
export function findDisagreement(columns: Columns, layout: Branches, counters = false): Disagreement | null {
  const groups = new Map<string, Group>()
  for (const [name, { offsets, text }] of columns) {
    if (offsets === undefined || text === true) continue
    const counter = counterOf(layout, name)
    const collection = collectionOf(name, counter)
    if (collection === null) continue
    const group = groups.get(collection)
    if (group === undefined) {
      groups.set(collection, { name, offsets })
      const wrong = counters ? againstCounter(name, offsets, counter, `n${collection}`, columns) : null
      if (wrong !== null) return wrong
    } else if (group.offsets !== offsets && !sameBits(group.offsets, offsets)) {
      return firstDifference(name, offsets, group.name, i => group.offsets[i + 1]! - group.offsets[i]!)
    }
  }
  return flatField(columns, layout, groups)
}

/** The collection's own counter, where it was read and another one has given the offsets. */
function againstCounter(
  name: string,
  offsets: Int32Array,
  counter: string | null | undefined,
  collectionCounter: string,
  columns: Columns,
): Disagreement | null {
  const counts = counter === collectionCounter ? undefined : columns.get(collectionCounter)?.values
  if (counts === undefined) return null
  for (let i = 0; i < counts.length; i++) {
    if (offsets[i + 1]! - offsets[i]! !== Number(counts[i])) {
      return firstDifference(name, offsets, collectionCounter, event => Number(counts[event]))
    }
  }
  return null
}

function firstDifference(
  name: string,
  offsets: Int32Array,
  other: string,
  otherLength: (event: number) => number,
): Disagreement {
  const length = (event: number) => offsets[event + 1]! - offsets[event]!
  let event = 0
  while (event + 2 < offsets.length && length(event) === otherLength(event)) event++
  return { event, name, length: length(event), other, otherLength: otherLength(event) }
}

/** A column with one value an event among the lists of a collection. */
function flatField(columns: Columns, layout: Branches, groups: ReadonlyMap<string, Group>): Disagreement | null {
  for (const [name, { offsets, values }] of columns) {
    if (offsets !== undefined || values.length === 0) continue
    const collection = collectionOf(name, null)
    const group = collection === null ? undefined : groups.get(collection)
    if (group === undefined || !(KNOWN.includes(collection!) || layout.has(`n${collection}`))) continue
    return { event: 0, name, length: null, other: group.name, otherLength: group.offsets[1]! }
  }
  return null
}

/** In words: what disagrees. named: how a column is called, with its counter. */
export function describeDisagreement(
  { name, length, other, otherLength }: Disagreement,
  named: (name: string) => string = JSON.stringify,
): string {
  if (length === null) return `${named(name)} has one value an event, ${named(other)} a list`
  return `${named(name)} has ${elements(length)}, ${named(other)} ${otherLength}`
}

function elements(n: number): string {
  return n === 1 ? '1 element' : `${n} elements`
}

/** Throws DataError 'ValueError' where columns that were read from entry `start` on disagree. tree: the file's own branches;
 *  layout: those that the graph was built for, by which branches belong to collections. */
export function checkCollections(
  columns: Columns,
  { tree, layout, place, start }: { tree: Branches; layout: Branches | null; place: string; start: number },
): void {
  const known: Branches = {
    has: name => tree.has(name),
    branch: name => layout?.branch(name) ?? tree.branch(name),
  }
  const wrong = findDisagreement(columns, known, true)
  if (wrong === null) return
  const named = (name: string) => {
    const counter = tree.branch(name)?.counter ?? null
    if (counter === null) return `counter ${name}`
    return counter === name ? `branch "${name}" (a list that counts itself)` : `branch "${name}" (counter ${counter})`
  }
  const text = wrong.length === null ? describeDisagreement(wrong) : describeDisagreement(wrong, named)
  const collection = collectionOf(wrong.name, known.branch(wrong.name)?.counter)
  const what = `the fields of ${collection} are not of one length: in entry ${start + wrong.event} ${text}`
  const advice =
    'Which value belongs to which object is not known. Make the file anew, or leave the branch out of the job.'
  throw new DataError('ValueError', `${place}: ${what}. ${advice}`)
}

/** The column has a value, or a list, for each of `rows` rows. Gives what is wrong, or null. */
export function shapeProblem({ values, offsets, width = 1 }: Column, rows: number): string | null {
  if (offsets === undefined) {
    return values.length === rows * width ? null : `has ${values.length} values for ${rows} rows of ${width}`
  }
  if (offsets.length !== rows + 1) return `has lists for ${offsets.length - 1} of ${rows} rows`
  const total = offsets[rows]! * width
  return offsets[0] === 0 && values.length === total ? null : `has ${values.length} values, its lists ${total}`
}
