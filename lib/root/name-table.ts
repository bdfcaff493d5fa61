/** The names of a tree's branches. The files of a dataset mostly have the same ones in the same order: then their trees share one
 *  table, and nothing is made of thousands of names for each file. */
import { latin1 } from './cursor.js'

export interface NameTable {
  /** Each once, in the tree's order. */
  readonly names: readonly string[]
  /** Name -> number of the first branch that has it. */
  readonly numbers: ReadonlyMap<string, number>
}

interface Stored extends NameTable {
  /** One a branch. */
  readonly all: readonly string[]
}

let last: Stored | null = null

/** The table of the names that stand at [starts[k], starts[k] + lengths[k]) of `bytes`, one for each of the tree's branches. */
export function nameTable(bytes: Buffer, starts: Int32Array, lengths: Int32Array): NameTable {
  if (last !== null && isSame(last.all, bytes, starts, lengths)) return last
  const numbers = new Map<string, number>()
  const all = new Array<string>(starts.length)
  for (let k = 0; k < starts.length; k++) {
    const name = latin1(bytes, starts[k]!, starts[k]! + lengths[k]!)
    all[k] = name
    // As in ROOT and uproot, the first of several branches of one name is the one that the name means.
    if (!numbers.has(name)) numbers.set(name, k)
  }
  last = { all, names: numbers.size === all.length ? all : [...numbers.keys()], numbers }
  return last
}

function isSame(names: readonly string[], bytes: Buffer, starts: Int32Array, lengths: Int32Array): boolean {
  if (names.length !== starts.length) return false
  for (let k = 0; k < names.length; k++) if (!isAt(names[k]!, bytes, starts[k]!, lengths[k]!)) return false
  return true
}

function isAt(name: string, bytes: Buffer, start: number, length: number): boolean {
  if (name.length !== length) return false
  for (let i = 0; i < length; i++) if (name.charCodeAt(i) !== bytes[start + i]) return false
  return true
}
