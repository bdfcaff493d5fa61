/** Batch -> Pairs: every ordered pair (i, j), i != j, of an event's photons; tag i, probe j, i outer, both ascending. */
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { offsetsOf } from './batch.js'
import { orderedPairs } from './pair-electrons.js'

export function pairPhotons(): MapStage<Batch, Pairs> {
  return {
    kind: 'map',
    name: 'pairPhotons',
    reads: ['Photon_pt'],
    note: 'ordered pairs tag, probe of Photon',
    map: batch => ({
      batch,
      tags: 'Photon',
      probes: 'Photon',
      columns: new Map(),
      ...orderedPairs(offsetsOf(batch, 'Photon_pt'), batch.events, batch.length),
    }),
  }
}
