/** Shapes whose antiderivative is known: bins are its differences. */
import type { BinnedShape } from './shape.js'

/** Writes the antiderivative at every x[i] to out[i], and its derivative by parameter k to out[(1 + k) * x.length + i]. All points at
 *  once: a call for each would take as long as the formula. */
export type Primitive = (x: Float64Array, out: Float64Array) => void

/** Bins as differences of `at(parameters)`, the antiderivative for one set of parameters. */
export function fromPrimitive(
  edges: Float64Array,
  parameterCount: number,
  at: (parameters: ArrayLike<number>) => Primitive,
): BinnedShape {
  const table = new Float64Array((parameterCount + 1) * edges.length)
  return (parameters, contents, slopes) => {
    at(parameters)(edges, table)
    differences(table, parameterCount, contents, slopes)
  }
}

/** Contents and slopes of bins from the antiderivative and its derivatives at their edges. */
export function differences(
  table: Float64Array,
  parameterCount: number,
  contents: Float64Array,
  slopes: Float64Array | null,
): void {
  const bins = contents.length
  for (let i = 0; i < bins; i++) contents[i] = table[i + 1]! - table[i]!
  if (slopes === null) return
  for (let k = 0; k < parameterCount; k++) {
    const row = (k + 1) * (bins + 1)
    for (let i = 0; i < bins; i++) slopes[k * bins + i] = table[row + i + 1]! - table[row + i]!
  }
}
