/** Shapes whose antiderivative is known: bins are its differences. */
import type { BinnedShape } from './shape.js'

/** Writes the antiderivative at x to out[0] and its derivative by parameter k to out[1 + k]. */
export type Primitive = (x: number, out: Float64Array) => void

/** Bins as differences of `at(parameters)`, the antiderivative for one set of parameters. */
export function fromPrimitive(
  edges: Float64Array,
  parameterCount: number,
  at: (parameters: ArrayLike<number>) => Primitive,
): BinnedShape {
  const bins = edges.length - 1
  let here = new Float64Array(parameterCount + 1)
  let before = new Float64Array(parameterCount + 1)
  return (parameters, contents, slopes) => {
    const primitive = at(parameters)
    primitive(edges[0]!, before)
    for (let i = 0; i < bins; i++) {
      primitive(edges[i + 1]!, here)
      contents[i] = here[0]! - before[0]!
      if (slopes !== null) {
        for (let k = 0; k < parameterCount; k++) slopes[k * bins + i] = here[k + 1]! - before[k + 1]!
      }
      const swap = before
      before = here
      here = swap
    }
  }
}
