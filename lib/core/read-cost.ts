/** Counting what reading costs. */
import type { ReadCost, ReadRecord } from './types.js'

/** All zero. */
export function newReadCost(): ReadCost {
  return { bytes: 0, requests: 0, waiting: 0, decompressing: 0, placing: 0, unpackedBytes: 0, columnBytes: 0 }
}

/** Of entries [start, stop), of which nothing has been read yet. of: the file's UUID and entries. */
export function newReadRecord(start: number, stop: number, of: Pick<ReadRecord, 'uuid' | 'entries'> = {}): ReadRecord {
  return { start, stop, seconds: 0, ranges: 0, ...newReadCost(), ...of }
}

/** Adds `cost` to `into`. */
export function addCost(into: ReadCost, cost: ReadCost): void {
  for (const name of Object.keys(newReadCost()) as (keyof ReadCost)[]) into[name] += cost[name]
}
