/** `exp`: exp(-C·x), a background shape of the reference. Integrals are closed. */
import { phi, phiSlope } from '../special/functions.js'
import type { Shape } from './shape.js'

export const exp: Shape = exponential('exp', 'C', 1)

/** `exponential`: exp(alpha·x), as RooExponential and the standard tool write it. */
export const rooExponential: Shape = exponential('exponential', 'alpha', -1)

function exponential(name: string, parameter: string, sign: number): Shape {
  return {
    name,
    parameters: [parameter],
    modes: ({ low, high }) => [2, 0, 6, -3, 30, -30].map(falls => ({ [parameter]: (sign * falls) / (high - low) })),
    likely: (low, high) => ({ [parameter]: [-6 / (high - low), 6 / (high - low)] }),
    over: edges => {
      const bins = edges.length - 1
      return (p, contents, slopes) => {
        const rate = sign * p[0]!
        // measured from the end where the function is largest, so that nothing overflows
        const origin = rate >= 0 ? edges[0]! : edges[bins]!
        for (let i = 0; i < bins; i++) {
          const width = edges[i + 1]! - edges[i]!
          const start = edges[i]! - origin
          const height = Math.exp(-rate * start)
          const part = width * phi(rate * width)
          contents[i] = height * part
          if (slopes !== null) slopes[i] = sign * height * (width * width * phiSlope(rate * width) - start * part)
        }
      }
    },
  }
}
