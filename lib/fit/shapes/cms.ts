/** `cms`, RooCMSShape: erfc((alpha - x)·beta)·exp(-(x - 90)·gamma), the background of tag-and-probe at the Z: a turn-on at alpha
 *  and a falling end. (The reference writes loc for alpha; it is the same family. A peak other than 90 only scales it.)
 *
 *  The closed integral exp(γ²/4β²)·[...]/γ loses all digits for small beta or gamma, so bins are integrated by Gauss-Legendre
 *  quadrature with as many nodes as beta asks for: 2 to 4 nodes in pieces of at most 0.5/beta, relative error below 2e-7. */
import { erfcAndBell } from '../special/erf.js'
import { gaussLegendre } from '../special/gauss-legendre.js'
import type { Shape, SpectrumFacts } from './shape.js'

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI)

/** A turn-on within the range, not sharper than a few bins; a fall over the range. */
const LIKELY: NonNullable<Shape['likely']> = (low, high) => ({
  alpha: [low, high],
  beta: [-12 / (high - low), 12 / (high - low)],
  gamma: [-4 / (high - low), 8 / (high - low)],
})

/** A turn-on at the lower end, none, one under the peak with a steep fall, a broad hump, and an edge that falls. */
function cmsModes({ low, high, mean }: SpectrumFacts) {
  const w = high - low
  return [
    { alpha: low + 0.05 * w, beta: 4 / w, gamma: 2.5 / w },
    { alpha: low - 0.3 * w, beta: 6 / w, gamma: 1.5 / w },
    { alpha: mean - 0.05 * w, beta: 4 / w, gamma: 5 / w },
    { alpha: high - 0.2 * w, beta: 3 / w, gamma: 8 / w },
    { alpha: mean, beta: -4 / w, gamma: 0.5 / w },
  ]
}

export const cms: Shape = {
  name: 'cms',
  parameters: ['alpha', 'beta', 'gamma'],
  modes: cmsModes,
  likely: LIKELY,
  over: edges => {
    const bins = edges.length - 1
    const turn = { erfc: 0, bell: 0 }
    const rules = [gaussLegendre(2), gaussLegendre(3), gaussLegendre(4)]
    const falls = new Float64Array(4)
    return (p, contents, slopes) => {
      const alpha = p[0]!
      const beta = p[1]!
      const gamma = p[2]!
      const scale = Math.max(Math.abs(beta), Math.abs(gamma) / 2)
      // measured from the end where the exponential is largest, so that nothing overflows
      const origin = gamma >= 0 ? edges[0]! : edges[bins]!
      let lastHalf = NaN
      for (let i = 0; i < bins; i++) {
        const width = edges[i + 1]! - edges[i]!
        const { nodes, weights } = rules[scale * width < 0.1 ? 0 : scale * width < 0.2 ? 1 : 2]!
        const pieces = Math.ceil(scale * width * 2) || 1
        const half = width / pieces / 2
        if (half !== lastHalf) {
          for (let k = 0; k < nodes.length; k++) falls[k] = weights[k]! * half * Math.exp(-gamma * half * nodes[k]!)
          lastHalf = half
        }
        let sum = 0
        let byAlpha = 0
        let byBeta = 0
        let byGamma = 0
        for (let piece = 0; piece < pieces; piece++) {
          const middle = edges[i]! + (2 * piece + 1) * half
          const atMiddle = Math.exp(-gamma * (middle - origin))
          for (let k = 0; k < nodes.length; k++) {
            const x = middle + half * nodes[k]!
            const fall = atMiddle * falls[k]!
            erfcAndBell((alpha - x) * beta, turn)
            const value = fall * turn.erfc
            sum += value
            byGamma -= value * (x - origin)
            byAlpha -= fall * turn.bell
            byBeta -= fall * turn.bell * (alpha - x)
          }
        }
        contents[i] = sum
        if (slopes === null) continue
        slopes[i] = TWO_OVER_ROOT_PI * beta * byAlpha
        slopes[bins + i] = TWO_OVER_ROOT_PI * byBeta
        slopes[2 * bins + i] = byGamma
      }
    }
  },
}

/** `roocmsshape`: the same with its fourth parameter, which moves nothing once the shape is normalised: hold it fixed (90). */
export const rooCmsShape: Shape = {
  name: 'roocmsshape',
  parameters: ['alpha', 'beta', 'gamma', 'peak'],
  modes: cmsModes,
  likely: LIKELY,
  over: edges => {
    const bins = edges.length - 1
    const inner = cms.over(edges)
    return (p, contents, slopes) => {
      inner(p, contents, slopes === null ? null : slopes.subarray(0, 3 * bins))
      slopes?.fill(0, 3 * bins)
    }
  },
}
