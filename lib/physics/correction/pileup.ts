/** Pileup weights of simulation: which correction of a file is the pileup correction, how it is made from histograms, and the
 *  weights of events. */
import { type CorrectionSource, compileCorrection, readVariables } from './correction.js'
import type { CorrectionJson } from './document.js'
import type { Argument } from './lanes.js'
import { fail } from './reader.js'
import { CorrectionSet } from './set.js'

/** A pileup correction as plain data. Its inputs: one number, the true number of interactions; or also a string, which takes
 *  nominal, up and down. */
export type PileupCorrection = CorrectionSource

export type PileupVariation = 'nominal' | 'up' | 'down'

/** nTrueInt: the true number of interactions, one an event. Returns the weights, Float64Array[n]. Throws DataError, beginning
 *  with `place` (file and branch of nTrueInt), where a value is beyond a correction that has no weight there. */
export type PileupWeight = (nTrueInt: Exclude<Argument, number | string>, place: string) => Float64Array

/** Whether the correction has up and down besides nominal. */
export function hasPileupVariations({ correction }: PileupCorrection): boolean {
  return correction.inputs.length === 2
}

/** The weight function of one variation; `up` and `down` only where hasPileupVariations. Throws DataError where the
 *  correction lacks the variation. */
export function pileupWeight(source: PileupCorrection, variation: PileupVariation): PileupWeight {
  const { file, correction } = source
  const text = correction.inputs.find(i => i.type === 'string')
  if (text === undefined && variation !== 'nominal') {
    throw fail(`${file} > ${correction.name}`, `there is no "${variation}" in a correction with one input.`)
  }
  const compiled = compileCorrection(source, text === undefined ? {} : { [text.name]: variation })
  return (nTrueInt, place) => compiled.evaluate([nTrueInt], place)
}

/** The alphabetically first correction of a document, as the reference takes it. variations: those that will be asked for;
 *  `up` and `down` do not count where the correction has one input. Throws DataError where the document has no pileup
 *  correction with these variations. */
export function choosePileup(
  document: unknown,
  file: string,
  variations: readonly PileupVariation[] = ['nominal'],
): PileupCorrection {
  const source = new CorrectionSet(document, file).source()
  const { name, inputs } = source.correction
  const types = readVariables(inputs, `${file} > ${name}`).map(i => i.type)
  const numbers = types.filter(type => type === 'real' || type === 'int').length
  if (numbers !== 1 || types.length > 2) {
    const what = `"${name}" is no pileup correction: its inputs are (${types.join(', ')}), wanted (real) or (real, string).`
    throw fail(file, `${what} It was taken because it is the alphabetically first one.`)
  }
  for (const variation of variations) {
    if (variation === 'nominal' || hasPileupVariations(source)) pileupWeight(source, variation)
  }
  return source
}

export interface PileupHistograms {
  /** What was measured: n bins, without under- and overflow. */
  readonly data: { readonly edges: ArrayLike<number>; readonly values: ArrayLike<number> }
  /** Probabilities of the simulation, one a bin. Zeros count as 1e-10. */
  readonly mc: readonly number[]
  /** Scale `mc` to a sum of 1. Default: false. */
  readonly normalizeMc?: boolean
}

/** The reference's correction from histograms: bin i from i to i + 1 has the weight data[i] / total / width[i] / mc[i]; outside,
 *  the outer bins count. place: name of the data's file. Throws DataError where the lengths differ. */
export function pileupFromHistograms(histograms: PileupHistograms, place: string): PileupCorrection {
  const { data, mc, normalizeMc = false } = histograms
  const n = data.values.length
  if (mc.length !== n) throw fail(place, `pileupMC has ${mc.length} numbers, the histogram "pileup" has ${n} bins.`)
  const probabilities = mc.map(p => (p === 0 ? 1e-10 : p))
  const scale = normalizeMc ? sum(probabilities) : 1
  const total = sum(data.values)
  const content = Array.from(data.values, (value, i) => {
    const width = data.edges[i + 1]! - data.edges[i]!
    const whole = total * width
    return value / (whole > 0 ? whole : 1) / (probabilities[i]! / scale)
  })
  const edges = Array.from({ length: n + 1 }, (_, i) => i)
  return { file: place, correction: pileupCorrection(edges, content) }
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}

function pileupCorrection(edges: readonly number[], content: readonly number[]): CorrectionJson {
  return {
    name: 'Pileup',
    description: 'Pileup Reweighting',
    version: 0,
    inputs: [{ name: '', type: 'real', description: 'Number of true interactions' }],
    output: { name: 'weight', type: 'real', description: 'Event weight for pileup reweighting' },
    data: { nodetype: 'binning', input: '', edges, content, flow: 'clamp' },
  }
}
