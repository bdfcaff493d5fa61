import { test } from 'uvu'
import type { Column } from '../../lib/core/types.js'
import { matchTrigger } from '../../lib/physics/trigger-match.js'
import { sameValues } from '../support/columns.js'

function objects(pt: number[], eta: number[], phi: number[], id: number[], bits: Column) {
  return {
    offsets: Int32Array.of(0, pt.length),
    pt: Float32Array.from(pt),
    eta: Float32Array.from(eta),
    phi: Float32Array.from(phi),
    id: { dtype: 'uint16', values: Uint16Array.from(id) } as const,
    filterBits: bits,
  }
}

const int32 = (...bits: number[]): Column => ({ dtype: 'int32', values: Int32Array.from(bits) })
const uint64 = (...bits: bigint[]): Column => ({ dtype: 'uint64', values: BigUint64Array.from(bits) })
const one = { event: Int32Array.of(0), lepton: Int32Array.of(0) }
const eta = Float32Array.of(1)
const phi = Float32Array.of(3.1)

test('a match needs id, pt above the threshold, the bit, and delta R below 0.1', () => {
  const match = (o: ReturnType<typeof objects>, bit = 1) =>
    matchTrigger(one.event, one.lepton, eta, phi, o, { id: 11, pt: 30, bit })
  sameValues(match(objects([31], [1.05], [3.1], [11], int32(2))), [1])
  sameValues(match(objects([30], [1.05], [3.1], [11], int32(2))), [0], 'pt at the threshold')
  sameValues(match(objects([31], [1.05], [3.1], [22], int32(2))), [0], 'other id')
  sameValues(match(objects([31], [1.05], [3.1], [11], int32(4))), [0], 'other bit')
  sameValues(match(objects([31], [1.2], [3.1], [11], int32(2))), [0], 'too far')
  sameValues(match(objects([31], [1], [-3.15], [11], int32(2))), [1], 'across phi = pi')
})

test('any object of the event may match, none in an event without objects', () => {
  const two = objects([10, 40], [1, 1], [3.1, 3.1], [11, 11], int32(2, 2))
  sameValues(matchTrigger(one.event, one.lepton, eta, phi, two, { id: 11, pt: 30, bit: 1 }), [1])
  const none = objects([], [], [], [], int32())
  sameValues(matchTrigger(one.event, one.lepton, eta, phi, none, { id: 11, pt: 30, bit: 1 }), [0])
})

test('bits of 64-bit words are found in both halves', () => {
  const at = (bits: bigint, bit: number) =>
    matchTrigger(one.event, one.lepton, eta, phi, objects([40], [1], [3.1], [11], uint64(bits)), { id: 11, pt: 0, bit })
  sameValues(at(2n, 1), [1])
  sameValues(at(2n ** 40n, 40), [1])
  sameValues(at(2n ** 40n, 8), [0])
  sameValues(at(2n ** 31n, 31), [1])
  sameValues(at(2n ** 64n - 1n, 64), [0])
})

test('a bit beyond the width of the type is never set', () => {
  const all = objects([40], [1], [3.1], [11], int32(-1))
  sameValues(matchTrigger(one.event, one.lepton, eta, phi, all, { id: 11, pt: 0, bit: 31 }), [1])
  sameValues(matchTrigger(one.event, one.lepton, eta, phi, all, { id: 11, pt: 0, bit: 32 }), [0])
})

test.run()
