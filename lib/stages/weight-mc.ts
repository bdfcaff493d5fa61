/** Event weights of simulated NanoAOD: generator weight, LHE weight and pileup weight. */
import type { Batch, Column, MapStage } from '../core/types.js'
import { type PileupCorrection, pileupWeight } from '../physics/correction/index.js'
import { valuesOf, withColumns } from './batch.js'

export interface WeightOptions {
  /** Sum of genWeight over all events of the dataset before any selection; 1 where there is no genWeight. */
  readonly sumGenWeight: number
  readonly pileup: PileupCorrection | null
}

export const WEIGHT_COLUMNS = ['weight', 'weight_gen', 'weight_total'] as const

/** Adds, a float64 an event: weight = genWeight * pileup / sum of genWeight, weight_gen = genWeight, and weight_total =
 *  genWeight * LHEWeight_originalXWGTUP * pileup. An ingredient that the file lacks counts as 1. */
export function weightMc(options: WeightOptions): MapStage<Batch, Batch> {
  const puWeight = options.pileup === null ? null : pileupWeight(options.pileup, 'nominal')
  return {
    kind: 'map',
    name: 'weightMc',
    reads: [
      { optional: 'genWeight' },
      { optional: 'LHEWeight_originalXWGTUP' },
      ...(puWeight === null ? [] : ['Pileup_nTrueInt']),
    ],
    adds: WEIGHT_COLUMNS,
    note: puWeight === null ? 'no pileup correction' : 'with pileup correction',
    map: batch => {
      const n = batch.length
      const gen = batch.columns.get('genWeight')?.values
      const lhe = batch.columns.get('LHEWeight_originalXWGTUP')?.values
      const place = `${batch.chunk.file} > Pileup_nTrueInt`
      const pileup = puWeight === null ? null : puWeight(valuesOf(batch, 'Pileup_nTrueInt') as Float32Array, place)
      const weight = new Float64Array(n)
      const weightGen = new Float64Array(n)
      const weightTotal = new Float64Array(n)
      for (let i = 0; i < n; i++) {
        const g = gen === undefined ? 1 : Number(gen[i]!)
        const pu = pileup === null ? 1 : pileup[i]!
        weightGen[i] = g
        weight[i] = (g * pu) / options.sumGenWeight
        // The reference multiplies these two as float32 columns.
        weightTotal[i] = (lhe === undefined ? g : Math.fround(g * Number(lhe[i]!))) * pu
      }
      return withColumns(batch, [
        ['weight', column(weight)],
        ['weight_gen', column(weightGen)],
        ['weight_total', column(weightTotal)],
      ])
    },
  }
}

function column(values: Float64Array): Column {
  return { dtype: 'float64', values }
}
