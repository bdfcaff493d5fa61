/** Small helpers that stages share: looking columns up in a batch, and adding to it. */
import { BugError, DataError } from '../core/errors.js'
import type { Batch, Column, Pairs, Values } from '../core/types.js'

/** The column, which the graph has promised to read. Throws BugError where it is not there. */
export function columnOf(batch: Batch, name: string): Column {
  const column = batch.columns.get(name)
  if (column === undefined) throw new BugError(`column "${name}" was not read`)
  return column
}

/** Of the pairs' own columns, which a stage has made. Throws BugError where it is not there. */
export function pairValues<V extends Values = Values>({ columns }: Pairs, name: string): V {
  const column = columns.get(name)
  if (column === undefined) throw new BugError(`column "pairs.${name}" was not read`)
  return column.values as V
}

export function valuesOf<V extends Values = Values>(batch: Batch, name: string): V {
  return columnOf(batch, name).values as V
}

/** A float32 column's values; kernels index them as plain numbers, so float64 columns work as well. */
export function floatsOf(batch: Batch, name: string): Float32Array {
  return columnOf(batch, name).values as Float32Array
}

export function offsetsOf(batch: Batch, name: string): Int32Array {
  const { offsets } = columnOf(batch, name)
  if (offsets !== undefined) return offsets
  const { file, tree } = batch.chunk
  throw new DataError('ValueError', `${file} > ${tree}: "${name}" has one value an event, a list was expected.`)
}

export function withColumns(batch: Batch, columns: Iterable<readonly [string, Column]>): Batch {
  return { ...batch, columns: new Map([...batch.columns, ...columns]) }
}

export function withPairColumns(pairs: Pairs, columns: Iterable<readonly [string, Column]>): Pairs {
  return { ...pairs, columns: new Map([...pairs.columns, ...columns]) }
}
