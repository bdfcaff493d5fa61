import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { eventRuns, gather, gatherRows, keepPairs, positions } from '../../lib/columns/index.js'
import { newValues } from '../../lib/core/dtype.js'
import type { DType } from '../../lib/core/types.js'
import { pairsOf } from '../support/batches.js'
import { sameValues } from '../support/columns.js'

const SMALL: DType[] = ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64']

test('gather picks elements of every type by position', () => {
  for (const dtype of SMALL) {
    const values = newValues(dtype, 4) as Float64Array
    values.set([1, 0, 1, 3])
    sameValues(gather(dtype, values, Int32Array.of(3, 0, 0, 1)), [3, 1, 1, 0], dtype)
  }
})

test('gather keeps 64-bit integers and the bits of NaN exact', () => {
  const big = BigUint64Array.of(2n ** 63n + 1n, 0n, 0xfff8000000000001n)
  sameValues(gather('uint64', big, Int32Array.of(2, 0)), [0xfff8000000000001n, 2n ** 63n + 1n])
  sameValues(gather('int64', BigInt64Array.of(-1n, 5n), Int32Array.of(0)), [-1n])
  sameValues(gather('float64', Float64Array.of(Number.NaN, 2.5), Int32Array.of(1, 0)), [2.5, Number.NaN])
})

test('gather works on a view that does not begin at its buffer', () => {
  const buffer = Float32Array.of(9, 9, 1, 2)
  sameValues(gather('float32', buffer.subarray(2), Int32Array.of(1)), [2])
})

test('gatherRows keeps the lists of the rows that stay, empty ones too', () => {
  const column = { dtype: 'int32', values: Int32Array.of(1, 2, 3, 4), offsets: Int32Array.of(0, 2, 2, 4) } as const
  const picked = gatherRows(column, Int32Array.of(1, 2))
  sameValues(picked.offsets!, [0, 0, 2])
  sameValues(picked.values, [3, 4])
})

test('gatherRows keeps rows of a fixed width whole', () => {
  const column = { dtype: 'int16', values: Int16Array.of(1, 2, 3, 4, 5, 6), width: 2 } as const
  const picked = gatherRows(column, Int32Array.of(2, 0))
  sameValues(picked.values, [5, 6, 1, 2])
  is(picked.width, 2)
})

test('positions lists where a mask is set', () => {
  sameValues(positions(Uint8Array.of(0, 1, 0, 1)), [1, 3])
  sameValues(positions(new Uint8Array(0)), [])
})

test('keepPairs drops pairs together with their columns', () => {
  const mass = { dtype: 'float32', values: Float32Array.of(90, 91, 92) } as const
  const pairs = pairsOf({ event: [0, 0, 2], tag: [0, 1, 4], probe: [1, 0, 5], columns: { pair_mass: mass } })
  const kept = keepPairs(pairs, Uint8Array.of(1, 0, 1))
  sameValues(kept.event, [0, 2])
  sameValues(kept.tag, [0, 4])
  sameValues(kept.probe, [1, 5])
  sameValues(kept.columns.get('pair_mass')!.values, [90, 92])
})

test('keepPairs gives the same object where nothing is dropped', () => {
  const pairs = pairsOf({ event: [0], tag: [0], probe: [1] })
  is(keepPairs(pairs, Uint8Array.of(1)), pairs)
})

test('eventRuns finds the events that have pairs', () => {
  const { events, offsets } = eventRuns(Int32Array.of(1, 1, 4, 7, 7))
  sameValues(events, [1, 4, 7])
  sameValues(offsets, [0, 2, 3, 5])
  equal(Array.from(eventRuns(new Int32Array(0)).offsets), [0])
})

test.run()
