/** `cms`, RooCMSShape: erfc((alpha - x)·beta)·exp(-(x - 90)·gamma), the background of tag-and-probe at the Z: a turn-on at alpha
 *  and a falling end. (The reference writes loc for alpha; it is the same family. A peak other than 90 only scales it.)
 *
 *  The closed integral exp(γ²/4β²)·[...]/γ loses all digits for small beta or gamma, so bins are integrated by Gauss-Legendre
 *  quadrature with as many nodes as beta asks for (cms-quadrature.ts). */
import { CmsQuadrature } from './cms-quadrature.js'
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
    const quadrature = new CmsQuadrature(edges)
    return (p, contents, slopes) => {
      const alpha = p[0]!
      const beta = p[1]!
      const gamma = p[2]!
      // measured from the end where the exponential is largest, so that nothing overflows
      const origin = gamma >= 0 ? edges[0]! : edges[bins]!
      const { start, x, fall, bell, turn } = quadrature.at(alpha, beta, gamma, origin)
      for (let i = 0; i < bins; i++) {
        let sum = 0
        let byAlpha = 0
        let byBeta = 0
        let byGamma = 0
        for (let j = start[i]!; j < start[i + 1]!; j++) {
          const value = fall[j]! * turn[j]!
          const slope = fall[j]! * bell[j]!
          sum += value
          byGamma -= value * (x[j]! - origin)
          byAlpha -= slope
          byBeta -= slope * (alpha - x[j]!)
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
