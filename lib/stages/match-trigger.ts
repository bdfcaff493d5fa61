/** Keeps the pairs whose tag is matched to a trigger object. */
import { keepPairs } from '../columns/index.js'
import type { Batch, MapStage, Pairs, Read } from '../core/types.js'
import { genPosition } from '../physics/gen-match.js'
import { type MatchCriteria, matchTrigger, type TriggerObjects } from '../physics/trigger-match.js'
import { columnOf, floatsOf, offsetsOf, valuesOf } from './batch.js'

export const TRIGGER_OBJECT_READS: readonly Read[] = [
  'TrigObj_pt',
  'TrigObj_eta',
  'TrigObj_phi',
  'TrigObj_id',
  'TrigObj_filterBits',
]

export function triggerObjects(batch: Batch): TriggerObjects {
  return {
    offsets: offsetsOf(batch, 'TrigObj_pt'),
    pt: floatsOf(batch, 'TrigObj_pt'),
    eta: floatsOf(batch, 'TrigObj_eta'),
    phi: floatsOf(batch, 'TrigObj_phi'),
    id: columnOf(batch, 'TrigObj_id'),
    filterBits: columnOf(batch, 'TrigObj_filterBits'),
  }
}

/** Decisions for one side of the pairs: Uint8Array[nPairs]. */
export function matchSide(pairs: Pairs, side: 'tag' | 'probe', criteria: MatchCriteria): Uint8Array {
  return matchObjects(pairs, side === 'tag' ? pairs.tags : pairs.probes, pairs[side], criteria)
}

function matchObjects(
  { batch, event }: Pairs,
  collection: string,
  at: Int32Array,
  criteria: MatchCriteria,
): Uint8Array {
  const eta = floatsOf(batch, `${collection}_eta_to_use`)
  const phi = floatsOf(batch, `${collection}_phi_to_use`)
  return matchTrigger(event, at, eta, phi, triggerObjects(batch), criteria)
}

export function matchTagTrigger(criteria: MatchCriteria): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'matchTagTrigger',
    reads: TRIGGER_OBJECT_READS,
    note: `|id| = ${criteria.id}, pt > ${criteria.pt}, bit ${criteria.bit}`,
    map: pairs => keepPairs(pairs, matchSide(pairs, 'tag', criteria)),
  }
}

/** For tags that are photons: the electron that is linked to the tag is matched, in its own direction. A tag without one
 *  fails. */
export function matchTagElectronTrigger(criteria: MatchCriteria): MapStage<Pairs, Pairs> {
  return {
    ...matchTagTrigger(criteria),
    name: 'matchTagElectronTrigger',
    reads: [...TRIGGER_OBJECT_READS, 'Photon_electronIdx'],
    map: pairs => {
      const electrons = linkedElectrons(pairs)
      const linked = keepPairs(
        pairs,
        Uint8Array.from(electrons, at => (at < 0 ? 0 : 1)),
      )
      const positions = electrons.filter(at => at >= 0)
      return keepPairs(linked, matchObjects(linked, 'Electron', positions, criteria))
    },
  }
}

/** Position of the electron that is linked to each pair's tag, or -1. */
function linkedElectrons({ batch, event, tag }: Pairs): Int32Array {
  const offsets = offsetsOf(batch, 'Electron_eta_to_use')
  const electronIdx = valuesOf<Int32Array>(batch, 'Photon_electronIdx')
  return tag.map((i, k) => genPosition(offsets, event[k]!, electronIdx[i]!))
}
