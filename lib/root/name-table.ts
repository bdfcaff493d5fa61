/** The names of a tree's branches. The files of a dataset mostly have the same ones in the same order: then their trees share one
 *  table, and nothing is made of thousands of names for each file. */
import { shared } from '../core/shared.js'
import { latin1 } from './cursor.js'

export interface NameTable {
  /** Each once, in the tree's order. */
  readonly names: readonly string[]
  /** Name -> number of the first branch that has it. */
  readonly numbers: ReadonlyMap<string, number>
}

interface Stored {
  readonly table: NameTable
  /** All names, one behind the other. */
  readonly bytes: Buffer
  readonly lengths: Int32Array
}

const last = shared('branch names', (): { stored: Stored | null } => ({ stored: null }))

/** The table of the names that stand at [starts[k], starts[k] + lengths[k]) of `bytes`, one for each of the tree's branches. */
export function nameTable(bytes: Buffer, starts: Int32Array, lengths: Int32Array): NameTable {
  if (last.stored !== null && isSame(last.stored, bytes, starts, lengths)) return last.stored.table
  const numbers = new Map<string, number>()
  const copy = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (let k = 0; k < starts.length; k++) {
    const end = starts[k]! + lengths[k]!
    const name = latin1(bytes, starts[k]!, end)
    // As in ROOT and uproot, the first of several branches of one name is the one that the name means.
    if (!numbers.has(name)) numbers.set(name, k)
    at += bytes.copy(copy, at, starts[k]!, end)
  }
  const table = { names: [...numbers.keys()], numbers }
  last.stored = { table, bytes: copy, lengths }
  return table
}

function isSame(stored: Stored, bytes: Buffer, starts: Int32Array, lengths: Int32Array): boolean {
  const { bytes: known, lengths: knownLengths } = stored
  if (knownLengths.length !== lengths.length) return false
  for (let k = 0, at = 0; k < lengths.length; k++) {
    const length = lengths[k]!
    if (knownLengths[k] !== length) return false
    const start = starts[k]!
    for (let i = 0; i < length; i++) if (known[at + i] !== bytes[start + i]) return false
    at += length
  }
  return true
}
