/** Event weights of simulated dielectrons: pileup weight with its variations, and its product with the generator weight. */
import type { Column, MapStage, Pairs } from '../core/types.js'
import {
  hasPileupVariations,
  type PileupCorrection,
  type PileupVariation,
  pileupWeight,
} from '../physics/correction/index.js'
import { valuesOf, withPairColumns } from './batch.js'

export interface DielectronWeightOptions {
  /** Sum of genWeight over all events of the dataset before any selection. */
  readonly sumGenWeight: number
  readonly pileup: PileupCorrection | null
}

interface WeightColumn {
  readonly name: string
  readonly dtype: 'float64' | 'float32' | 'uint64'
}

const SUFFIXES: Readonly<Record<PileupVariation, string>> = { nominal: '', up: '_PileupUp', down: '_PileupDown' }

/** The columns that weightDielectrons adds, in the order in which tables have them. */
export function dielectronWeightColumns(pileup: PileupCorrection | null): WeightColumn[] {
  // Without a correction the reference has ones of the type of the event numbers, and a float32 quotient.
  if (pileup === null) {
    return [
      { name: 'weight_central', dtype: 'uint64' },
      { name: 'weight', dtype: 'float32' },
    ]
  }
  return ['weight_central', 'weight'].flatMap(stem =>
    variations(pileup).map(v => ({ name: stem + SUFFIXES[v], dtype: 'float64' as const })),
  )
}

function variations(pileup: PileupCorrection): PileupVariation[] {
  return hasPileupVariations(pileup) ? ['nominal', 'up', 'down'] : ['nominal']
}

/** Adds, one value a pair: weight_central = pileup weight and weight = genWeight * pileup weight / sum of genWeight, both also
 *  with the pileup weight varied up and down where the correction has that. */
export function weightDielectrons({ sumGenWeight, pileup }: DielectronWeightOptions): MapStage<Pairs, Pairs> {
  const functions = pileup === null ? [] : variations(pileup).map(v => pileupWeight(pileup, v))
  const added = dielectronWeightColumns(pileup)
  return {
    kind: 'map',
    name: 'weightDielectrons',
    reads: pileup === null ? ['genWeight'] : ['genWeight', 'Pileup_nTrueInt'],
    adds: added.map(c => c.name),
    note: pileup === null ? 'no pileup correction' : `pileup ${variations(pileup).join(', ')}`,
    map: pairs => {
      const generator = picked(pairs, 'genWeight')
      if (pileup === null) return withPairColumns(pairs, unweighted(generator, sumGenWeight))
      const interactions = picked(pairs, 'Pileup_nTrueInt')
      const place = `${pairs.batch.chunk.file} > Pileup_nTrueInt`
      const nominal = functions[0]!(interactions, place)
      const central = functions.map((f, i) => (i === 0 ? nominal : varied(nominal, f(interactions, place))))
      const weights = central.map(w => w.map((pu, k) => (generator[k]! * pu) / sumGenWeight))
      const columns = [...central, ...weights].map((values): Column => ({ dtype: 'float64', values }))
      return withPairColumns(
        pairs,
        added.map(({ name }, i) => [name, columns[i]!]),
      )
    },
  }
}

/** The event's value of each pair, Float64Array[nPairs]. */
function picked({ batch, event }: Pairs, branch: string): Float64Array {
  const values = valuesOf(batch, branch)
  return Float64Array.from(event, e => Number(values[e]!))
}

/** The reference keeps variations as ratios to the nominal weight, so a nominal weight of 0 is varied to 0. */
function varied(nominal: Float64Array, variation: Float64Array): Float64Array {
  return nominal.map((w, k) => (w === 0 ? 0 : w * (variation[k]! / w)))
}

function unweighted(generator: Float64Array, sumGenWeight: number): [string, Column][] {
  return [
    ['weight_central', { dtype: 'uint64', values: new BigUint64Array(generator.length).fill(1n) }],
    ['weight', { dtype: 'float32', values: Float32Array.from(generator, g => g / sumGenWeight) }],
  ]
}
