/** Ratios of alternated measurements. */
import { median } from './summary.js'

export interface Ratio {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Of runs that were measured one after the other, `values[k] / base[k]`: a machine that slows down meanwhile slows both. Throws where
 *  the lists are empty or differ in length. */
export function pairedRatio(values: readonly number[], base: readonly number[]): Ratio {
  if (values.length === 0 || values.length !== base.length) {
    throw new Error(`ratio of ${values.length} runs to ${base.length}: as many of both were expected, at least one`)
  }
  const ratios = values.map((value, k) => value / base[k]!)
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}
