/** Pileup weights of simulation: the correction as plain data, which travels to workers, and the functions made of it there. */
import { DataError } from '../../core/errors.js'
import { compileCorrection, evaluateWeight } from './binned.js'
import type { CorrectionJson } from './document.js'

/** A pileup correction before it is compiled: plain data. `file` is for messages. One input, a number: the true number of
 *  interactions; or a string input as well: nominal, up or down. */
export interface PileupCorrection {
  readonly file: string
  readonly correction: CorrectionJson
}

export type PileupVariation = 'nominal' | 'up' | 'down'

/** nTrueInt: the true number of interactions, one an event. Returns the weights, Float64Array[n]. Throws DataError, beginning
 *  with `place` (file and branch of nTrueInt), where a value is beyond a correction that has no weight there. */
export type PileupWeight = (nTrueInt: ArrayLike<number>, place: string) => Float64Array

/** Whether the correction has up and down besides nominal. */
export function hasPileupVariations({ correction }: PileupCorrection): boolean {
  return correction.inputs.length === 2
}

/** The weight function of one variation; up and down are only to be asked for where hasPileupVariations. Throws DataError
 *  where the correction lacks the variation. */
export function pileupWeight({ file, correction }: PileupCorrection, variation: PileupVariation): PileupWeight {
  const weight = compileCorrection({ schema_version: 2, corrections: [correction] }, file, variation)
  return (nTrueInt, place) => evaluateWeight(weight, nTrueInt, place)
}

/** The alphabetically first correction of a correctionlib document. Throws DataError where it is no pileup correction. */
export function choosePileup(document: unknown, file: string): PileupCorrection {
  const corrections = (document as { corrections?: readonly CorrectionJson[] } | null)?.corrections ?? []
  compileCorrection(document, file, 'nominal')
  return { file, correction: [...corrections].sort((a, b) => (a.name < b.name ? -1 : 1))[0]! }
}

/** The correction from a data histogram and MC probabilities: (content / total / width) / mc with exact zeros of mc replaced
 *  by 1e-10, mc not normalised, edges 0, 1, ..., n, clamped (as the reference builds it). */
export function pileupFromHistograms(
  data: { readonly edges: Float64Array; readonly values: Float64Array },
  mc: readonly number[],
  place: string,
): PileupCorrection {
  const n = data.values.length
  if (mc.length !== n) {
    throw new DataError(
      'ValueError',
      `${place}: pileupMC has ${mc.length} numbers, the histogram "pileup" has ${n} bins`,
    )
  }
  let total = 0
  for (const v of data.values) total += v
  const content = Array.from(data.values, (v, i) => {
    const width = data.edges[i + 1]! - data.edges[i]!
    return v / total / width / (mc[i] === 0 ? 1e-10 : mc[i]!)
  })
  const edges = Array.from({ length: n + 1 }, (_, i) => i)
  const correction: CorrectionJson = {
    name: 'Pileup',
    description: 'Pileup Reweighting',
    version: 0,
    inputs: [{ name: '', type: 'real', description: 'Number of true interactions' }],
    output: { name: 'weight', type: 'real', description: 'Event weight for pileup reweighting' },
    data: { nodetype: 'binning', input: '', edges, content, flow: 'clamp' },
  }
  return { file: place, correction }
}
