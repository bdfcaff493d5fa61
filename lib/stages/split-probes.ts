/** Pairs -> Pairs: those whose probe passes a filter, or those whose probe fails it. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { pairValues } from './batch.js'

export function passingProbes(filter: string): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'passingProbes',
    note: filter,
    map: pairs => keepPairs(pairs, decision(pairs, filter)),
  }
}

export function failingProbes(filter: string): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'failingProbes',
    note: `not ${filter}`,
    map: pairs => keepPairs(pairs, inverted(decision(pairs, filter))),
  }
}

/** Whether each pair's probe passes: Uint8Array[nPairs]. */
export function decision(pairs: Pairs, filter: string): Uint8Array {
  return pairValues<Uint8Array>(pairs, filter)
}

export function inverted(mask: Uint8Array): Uint8Array {
  return mask.map(x => (x === 0 ? 1 : 0))
}
