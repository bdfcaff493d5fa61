import { test } from 'uvu'
import { differentCharges, highestPt, pairsByPt, usableElectrons } from '../../lib/physics/dielectrons.js'
import { sameValues } from '../support/columns.js'

const ALL = (n: number) => new Uint8Array(n).fill(1)

test('an electron needs a photon, pt above and supercluster eta below its bound, both strictly', () => {
  const electrons = {
    pt: Float32Array.of(20, 20, 10, 20, 20, Number.NaN),
    superclusterEta: Float32Array.of(0, 0, 0, 2.5, -2.4, 0),
    photonIdx: Int16Array.of(0, -1, 0, 0, 3, 0),
  }
  sameValues(usableElectrons(electrons, { pt: 10, absEta: 2.5, avoidEcalTransition: false }), [1, 0, 0, 0, 1, 0])
})

test('the gap between barrel and endcaps drops what is inside, and keeps its edges', () => {
  const superclusterEta = Float32Array.of(1.4442, 1.4443, -1.5, 1.566, -1.5661)
  const electrons = { pt: new Float32Array(5).fill(50), superclusterEta, photonIdx: new Int16Array(5) }
  sameValues(usableElectrons(electrons, { pt: 10, absEta: 2.5, avoidEcalTransition: true }), [1, 0, 0, 1, 1])
})

test('three electrons make three pairs, by rank in pt, the higher one as lead', () => {
  const { events, event, lead, sublead } = pairsByPt(Int32Array.of(0, 3), ALL(3), Float32Array.of(30, 50, 40), 20, null)
  sameValues(events, [0])
  sameValues(event, [0, 0, 0])
  sameValues(lead, [1, 1, 2])
  sameValues(sublead, [2, 0, 0])
})

test('electrons of equal pt keep their order', () => {
  const { lead, sublead } = pairsByPt(Int32Array.of(0, 3), ALL(3), Float32Array.of(40, 40, 40), 20, null)
  sameValues(lead, [0, 0, 1])
  sameValues(sublead, [1, 2, 2])
})

test('an event whose leads are too soft stays, without pairs', () => {
  const { events, event, lead } = pairsByPt(
    Int32Array.of(0, 0, 1, 3, 5),
    ALL(5),
    Float32Array.of(50, 20, 15, 21, 25),
    20,
    null,
  )
  sameValues(events, [2, 3])
  sameValues(event, [3])
  sameValues(lead, [4])
})

test('only usable electrons of the events asked for are paired', () => {
  const offsets = Int32Array.of(0, 2, 5)
  const usable = Uint8Array.of(1, 1, 1, 0, 1)
  const pt = Float32Array.of(50, 40, 30, 60, 35)
  const one = pairsByPt(offsets, usable, pt, 20, Int32Array.of(1))
  sameValues(one.events, [1])
  sameValues(one.lead, [4])
  sameValues(one.sublead, [2])
  sameValues(pairsByPt(offsets, usable, pt, 20, new Int32Array(0)).events, [])
})

test('the pair of highest pt is chosen in each event among those kept, the first of equal ones', () => {
  const event = Int32Array.of(0, 0, 0, 2, 2, 5)
  const pt = Float32Array.of(1, 3, 9, 4, 4, 7)
  sameValues(highestPt(event, pt, Uint8Array.of(1, 1, 0, 1, 1, 0)), [0, 1, 0, 1, 0, 0])
})

test('charges that differ are told from equal ones', () => {
  const charge = Int32Array.of(1, -1, -1)
  sameValues(differentCharges(charge, Int32Array.of(0, 1, 0), Int32Array.of(1, 2, 2)), [1, 0, 1])
})

test.run()
