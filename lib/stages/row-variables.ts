/** The columns of ntuples, whose rows are pairs already: each branch is a variable under its own full name. */
import { gather } from '../columns/index.js'
import { BugError, nearestHint, UsageError } from '../core/errors.js'
import type { DType, Layout, Pairs, Values } from '../core/types.js'
import { valuesOf } from './batch.js'
import { arrayVariable, textVariable, type Variable } from './variables.js'

/** What columns are looked up in. */
export interface RowSpace {
  readonly layout: Layout
  /** Columns that are made of branches: name -> one branch, or several to be added up. */
  readonly made: ReadonlyMap<string, readonly string[]>
}

/** The column of that name. Throws UsageError (place: `place`) where there is none, with the nearest names, or where it has a
 *  list a row. */
export function rowVariable(name: string, space: RowSpace, place: string): Variable {
  const made = space.made.get(name)
  if (made !== undefined) return madeVariable(name, made, space.layout)
  if (space.layout.tableOnly?.(name)?.text === true) return textVariable(name, name)
  const info = space.layout.branch(name)
  if (info === undefined) {
    const hint = nearestHint(name, [...space.layout.names, ...space.made.keys()])
    throw new UsageError([{ place, message: `no column ${JSON.stringify(name)} in these files.${hint}` }])
  }
  if (info.counter === null && info.width > 1) return arrayVariable(name, info)
  if (info.counter !== null) {
    const message = `${JSON.stringify(name)} has a list a row, wanted one value a pair. Write the ntuples with "flat": true.`
    throw new UsageError([{ place, message }])
  }
  return branchVariable(name, info.dtype)
}

/** A column that a workflow cannot do without. Where the files lack it, checking the graph says which stage needs it. */
export function neededVariable(name: string, space: RowSpace): Variable {
  const made = space.made.get(name)
  if (made !== undefined) return madeVariable(name, made, space.layout)
  return space.layout.has(name) ? rowVariable(name, space, name) : branchVariable(name, 'float32')
}

export function hasRow(name: string, { layout, made }: RowSpace): boolean {
  return made.has(name) || layout.has(name)
}

function branchVariable(name: string, dtype: DType, branch = name): Variable {
  return {
    name,
    dtype,
    shape: 'pair',
    reads: [branch],
    load: pairs => gather(dtype, valuesOf(pairs.batch, branch), pairs.event),
    column: noLists(name),
  }
}

/** A sum is float32 where all of it is, and then rounded to float32 at each step, as numpy adds. */
function madeVariable(name: string, branches: readonly string[], layout: Layout): Variable {
  const types = branches.map(b => layout.branch(b)?.dtype ?? 'float32')
  if (branches.length === 1) return branchVariable(name, types[0]!, branches[0])
  const single = types.every(t => t === 'float32')
  return {
    name,
    dtype: single ? 'float32' : 'float64',
    shape: 'pair',
    reads: branches,
    load: pairs => addUp(pairs, branches, single ? new Float32Array(pairs.event.length) : null),
    column: noLists(name),
  }
}

function addUp({ batch, event }: Pairs, branches: readonly string[], into: Float32Array | null): Values {
  const sum = into ?? new Float64Array(event.length)
  for (const branch of branches) {
    const values = valuesOf(batch, branch)
    for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + Number(values[event[k]!]!)
  }
  return sum
}

function noLists(name: string): Variable['column'] {
  return () => {
    throw new BugError(`column "${name}" of an ntuple was asked for as lists`)
  }
}
