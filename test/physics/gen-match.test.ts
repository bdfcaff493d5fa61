import { test } from 'uvu'
import { is } from 'uvu/assert'
import { distinctParent, fromSameZ, type GenParticles } from '../../lib/physics/gen-match.js'
import { flat } from '../support/batches.js'
import { sameValues } from '../support/columns.js'

// Event 0: Z -> Z -> e e, where the second electron radiates; event 1: a loop of mothers.
const gen: GenParticles = {
  offsets: Int32Array.of(0, 5, 7),
  pdgId: flat('int32', [23, 23, 11, -11, -11, 11, 11]),
  mother: flat('int16', [-1, 0, 1, 1, 3, 1, 0]),
}

test('the distinct parent is the first ancestor with another pdgId', () => {
  is(distinctParent(gen, 0, 2), 1)
  is(distinctParent(gen, 0, 4), 1, 'over the electron before radiation')
  is(distinctParent(gen, 0, 1), -1, 'a Z from a Z has none')
})

test('a loop of mothers ends without a parent', () => {
  is(distinctParent(gen, 1, 5), -1)
})

function match(genPartIdx: number[], flavour: number[]): Uint8Array {
  const columns = { genPartIdx: flat('int16', genPartIdx), genPartFlav: flat('uint8', flavour), flavour: 1 }
  const tag = { ...columns, lepton: Int32Array.of(0) }
  const probe = { ...columns, lepton: Int32Array.of(1) }
  return fromSameZ(Int32Array.of(0), gen, tag, probe)
}

test('both leptons must come from the same Z and be prompt', () => {
  sameValues(match([2, 4], [1, 1]), [1])
  sameValues(match([2, 4], [1, 5]), [0], 'flavour')
  sameValues(match([2, -1], [1, 1]), [0], 'no match')
  sameValues(match([2, 0], [1, 1]), [0], 'a particle without parent')
  sameValues(match([2, 5], [1, 1]), [0], 'an index beyond the event')
})

test.run()
