/** The sum of genWeight of a dataset: the pass before the main one, since no chunk can know the whole dataset's sum. */
import type { Batch, FoldStage } from '../core/types.js'
import { valuesOf } from './batch.js'

interface SumState {
  /** Sum of each chunk, in chunk order; added up in float64. */
  total: number
}

/** Sum over all events in float64. A chunk that could not be read contributes nothing. */
export function sumGenWeight(): FoldStage<Batch, number, number, SumState> {
  return {
    kind: 'fold',
    name: 'sumGenWeight',
    reads: ['genWeight'],
    partial: batch => {
      const weights = valuesOf<Float32Array>(batch, 'genWeight')
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += weights[i]!
      return sum
    },
    init: () => ({ total: 0 }),
    merge: (state, sum) => {
      state.total += sum
    },
    done: state => state.total,
  }
}
