/** The weight of simulated ntuples: the pileup correction alone, without generator weight and normalisation. */
import type { MapStage, Pairs } from '../core/types.js'
import { type PileupCorrection, pileupWeight } from '../physics/correction/index.js'
import { withPairColumns } from './batch.js'
import type { Variable } from './variables.js'

/** Adds `weight`, float64, one a pair. trueInteractions: the number of interactions that was simulated. */
export function weightPileup(correction: PileupCorrection, trueInteractions: Variable): MapStage<Pairs, Pairs> {
  const weight = pileupWeight(correction, 'nominal')
  return {
    kind: 'map',
    name: 'weightPileup',
    reads: trueInteractions.reads,
    adds: ['weight'],
    note: `pileup correction of ${trueInteractions.name}`,
    map: pairs => {
      const x = Float64Array.from(trueInteractions.load(pairs) as ArrayLike<number | bigint>, Number)
      const place = `${pairs.batch.chunk.file} > ${trueInteractions.name}`
      return withPairColumns(pairs, [['weight', { dtype: 'float64', values: weight(x, place) }]])
    },
  }
}
