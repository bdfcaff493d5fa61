/** Batches and pairs written by hand. */

import { newValues } from '../../lib/core/dtype.js'
import type { Batch, Chunk, Column, Context, DType, Pairs, Values } from '../../lib/core/types.js'

export const chunk: Chunk = {
  dataset: 'Toy',
  file: 'toy.root',
  tree: 'Events',
  partition: 0,
  partitionStart: 0,
  partitionStop: null,
  start: 0,
  stop: null,
  part: 0,
  parts: 1,
  isStep: false,
}

export const ctx: Context = {
  signal: new AbortController().signal,
  log: { debug() {}, info() {}, warn() {} },
}

function valuesOf(dtype: DType, numbers: readonly number[]): Values {
  const values = newValues(dtype, numbers.length)
  for (const [i, n] of numbers.entries())
    values[i] = values instanceof BigInt64Array || values instanceof BigUint64Array ? BigInt(n) : n
  return values
}

export function flat(dtype: DType, numbers: readonly number[]): Column {
  return { dtype, values: valuesOf(dtype, numbers) }
}

/** One list an event. */
export function lists(dtype: DType, events: readonly (readonly number[])[]): Column {
  const offsets = new Int32Array(events.length + 1)
  for (const [i, list] of events.entries()) offsets[i + 1] = offsets[i]! + list.length
  return { dtype, values: valuesOf(dtype, events.flat()), offsets }
}

export function batchOf(length: number, columns: Readonly<Record<string, Column>>): Batch {
  return { chunk, length, columns: new Map(Object.entries(columns)), events: null }
}

export function pairsOf(options: {
  readonly batch?: Batch
  readonly event: readonly number[]
  readonly tag: readonly number[]
  readonly probe: readonly number[]
  readonly columns?: Readonly<Record<string, Column>>
}): Pairs {
  return {
    batch: options.batch ?? batchOf(0, {}),
    tags: 'Electron',
    probes: 'Electron',
    event: Int32Array.from(options.event),
    tag: Int32Array.from(options.tag),
    probe: Int32Array.from(options.probe),
    columns: new Map(Object.entries(options.columns ?? {})),
  }
}
