/** Shapes of the inner loops: they write every element of `out`. An operand of one element stands for all rows. Each loop
 *  is written out for its operator, since a call for each element is several times slower. */
import type { Bigs, Numbers } from '../lanes.js'

export type NumberLoop = (out: Numbers, a: Numbers, b: Numbers) => void
export type BigLoop = (out: Bigs, a: Bigs, b: Bigs) => void
export type BoolLoop = (out: Uint8Array, a: Uint8Array, b: Uint8Array) => void
/** Numbers in, 0 or 1 out. */
export type TestLoop<A extends Numbers | Bigs> = (out: Uint8Array, a: A, b: A) => void

/** What to AND row numbers with to index an operand: constants have one element. */
export function indexMask(operand: { readonly length: number }): number {
  return operand.length === 1 ? 0 : -1
}
