/** Counts for the summary: pairs, and per filter the passing ones; with weights, their sums as well. */
import { ordered } from '../core/ordered.js'
import type { FoldStage, Pairs, Values } from '../core/types.js'
import type { WeightSum } from '../hist/index.js'
import { decision } from './split-probes.js'
import type { Variable } from './variables.js'
import { addWeightSums, roundedSums, type WeightSums, weightSums } from './weight-sums.js'

export interface ProbeCounts {
  readonly pairs: number
  /** Filter -> passing pairs. */
  readonly passing: Readonly<Record<string, number>>
  /** Sums of weights of all pairs, and per filter of the passing ones; null: there are no weights. */
  readonly weights: {
    readonly name: string
    readonly all: WeightSum
    readonly passing: Readonly<Record<string, WeightSum>>
  } | null
}

/** Of a chunk, and of those before it. */
interface Growing {
  pairs: number
  readonly passing: Record<string, number>
  readonly weights: { readonly all: WeightSums; readonly passing: Readonly<Record<string, WeightSums>> } | null
}

/** weight: one value a pair; null: every weight is 1. */
export function countProbes(
  filters: readonly string[],
  weight: Variable | null = null,
): FoldStage<Pairs, ProbeCounts, Growing, Growing> {
  const zero = (): WeightSums => [0, 0, 0, 0]
  const none = (): Growing => ({
    pairs: 0,
    passing: each(filters, () => 0),
    weights: weight === null ? null : { all: zero(), passing: each(filters, zero) },
  })
  const weightsOf = (weights: Float64Array, pairs: Pairs) => ({
    all: weightSums(weights, null),
    passing: each(filters, filter => weightSums(weights, decision(pairs, filter))),
  })
  const countsOf = ({ pairs, passing, weights }: Growing): ProbeCounts => ({
    pairs,
    passing: ordered(filters.map(f => [f, passing[f]!])),
    weights:
      weight === null
        ? null
        : {
            name: weight.name,
            all: roundedSums(weights!.all),
            passing: ordered(filters.map(f => [f, roundedSums(weights!.passing[f]!)])),
          },
  })
  return {
    kind: 'fold',
    name: 'countProbes',
    ...(weight === null ? {} : { reads: weight.reads, note: `weight ${weight.name}` }),
    partial: pairs => ({
      pairs: pairs.event.length,
      passing: each(filters, filter => passing(decision(pairs, filter))),
      weights: weight === null ? null : weightsOf(asFloat64(weight.load(pairs)), pairs),
    }),
    init: none,
    merge: (into, from) => {
      into.pairs += from.pairs
      for (const filter of filters) into.passing[filter]! += from.passing[filter]!
      if (into.weights === null) return
      addWeightSums(into.weights.all, from.weights!.all)
      for (const filter of filters) addWeightSums(into.weights.passing[filter]!, from.weights!.passing[filter]!)
    },
    done: countsOf,
    peek: countsOf,
  }
}

function each<T>(filters: readonly string[], make: (filter: string) => T): Record<string, T> {
  return Object.fromEntries(filters.map(f => [f, make(f)]))
}

function passing(pass: Uint8Array): number {
  let n = 0
  // By position: an iterator takes twice as long.
  for (let k = 0; k < pass.length; k++) n += pass[k]!
  return n
}

/** One type for the loops. */
function asFloat64(values: Values): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values as ArrayLike<number | bigint>, Number)
}
