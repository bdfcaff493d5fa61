/** The sum of genWeight of a dataset: the pass before the main one, since no chunk can know the whole dataset's sum. */
import type { Batch, Chunk, FoldStage } from '../core/types.js'
import { valuesOf } from './batch.js'

export interface GenWeightSum {
  /** Over all events in float64; NaN or infinite where an event's weight is. */
  readonly total: number
  /** Events whose weight is NaN or infinite: how many, and the first of them; null: there are none. */
  readonly odd: { readonly events: number; readonly file: string; readonly entry: number } | null
}

/** Of a chunk. entry: of the first odd event, counted from the chunk's first. */
interface ChunkSum {
  readonly sum: number
  readonly odd: number
  readonly entry: number
}

interface SumState {
  /** Sum of each chunk, in chunk order; added up in float64. */
  total: number
  odd: number
  first: { readonly chunk: Chunk; readonly entry: number } | null
}

/** Sum over all events in float64. A chunk that could not be read contributes nothing. */
export function sumGenWeight(): FoldStage<Batch, GenWeightSum, ChunkSum, SumState> {
  return {
    kind: 'fold',
    name: 'sumGenWeight',
    reads: ['genWeight'],
    partial: batch => {
      const weights = valuesOf<Float32Array>(batch, 'genWeight')
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += weights[i]!
      return Number.isFinite(sum) ? { sum, odd: 0, entry: 0 } : { sum, ...oddOnes(weights) }
    },
    init: () => ({ total: 0, odd: 0, first: null }),
    merge: (state, { sum, odd, entry }, chunk) => {
      state.total += sum
      state.odd += odd
      if (odd > 0) state.first ??= { chunk, entry }
    },
    done: ({ total, odd, first }) => ({
      total,
      odd: first === null ? null : { events: odd, file: first.chunk.file, entry: first.chunk.start + first.entry },
    }),
  }
}

function oddOnes(weights: Float32Array): Pick<ChunkSum, 'odd' | 'entry'> {
  let [odd, entry] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    if (Number.isFinite(weights[i])) continue
    if (odd++ === 0) entry = i
  }
  return { odd, entry }
}
