/** Keeps the pairs whose tag is matched to a trigger object. */
import { keepPairs } from '../columns/index.js'
import type { Batch, MapStage, Pairs, Read } from '../core/types.js'
import { type MatchCriteria, matchTrigger, type TriggerObjects } from '../physics/trigger-match.js'
import { columnOf, floatsOf, offsetsOf } from './batch.js'

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
  const { batch } = pairs
  const collection = side === 'tag' ? pairs.tags : pairs.probes
  const eta = floatsOf(batch, `${collection}_eta_to_use`)
  const phi = floatsOf(batch, `${collection}_phi_to_use`)
  return matchTrigger(pairs.event, pairs[side], eta, phi, triggerObjects(batch), criteria)
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
