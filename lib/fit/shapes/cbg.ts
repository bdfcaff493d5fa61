/** `cbg`: a Crystal Ball (tail on the left for alpha < 0, else on the right) and a Gaussian of width sigma2 around the same mean,
 *  each of area 1 over the range, added; a signal shape of the reference. n may fall below 1 (a tail that a range makes finite), to
 *  1e-4 at least. Integrals are closed. */
import { NO_TAIL, Sides } from './crystal-ball.js'
import { gaussianPrimitive } from './g.js'
import { PowerTail } from './power-tail.js'
import { fromPrimitive, type Primitive } from './primitive.js'
import { normalise, type Shape } from './shape.js'

const LEAST_POWER = 1e-4

export const cbg: Shape = {
  name: 'cbg',
  parameters: ['mu', 'sigma', 'alpha', 'n', 'sigma2'],
  support: { n: [LEAST_POWER, 100] },
  branches: { alpha: 0 },
  // the tail on either side, the Crystal Ball narrower or wider than the Gaussian, or wider with a heavy tail
  modes: ({ mean: mu, sigma }) => [
    { mu, sigma: 0.85 * sigma, alpha: -1.2, n: 4, sigma2: 1.4 * sigma },
    { mu, sigma: 1.4 * sigma, alpha: -1.2, n: 4, sigma2: 0.8 * sigma },
    { mu, sigma: 1.4 * sigma, alpha: -1.7, n: 0.7, sigma2: 0.8 * sigma },
    { mu, sigma: 0.85 * sigma, alpha: 1.2, n: 4, sigma2: 1.4 * sigma },
    { mu, sigma: 1.4 * sigma, alpha: 1.2, n: 4, sigma2: 0.8 * sigma },
  ],
  likely: () => ({ alpha: [-2, 2], n: [1, 12] }),
  over: edges => {
    const bins = edges.length - 1
    const sides = new Sides()
    const ball = fromPrimitive(edges, 4, p => crystalBallPrimitive(sides, p[0]!, p[1]!, p[2]!, p[3]!))
    const bell = fromPrimitive(edges, 2, p => gaussianPrimitive(p[0]!, p[4]!))
    const other = new Float64Array(bins)
    const otherSlopes = new Float64Array(2 * bins)
    return (p, contents, slopes) => {
      const inner = slopes?.subarray(0, 4 * bins) ?? null
      ball(p, contents, inner)
      bell(p, other, slopes === null ? null : otherSlopes)
      const whole = normalise(contents, inner) && normalise(other, slopes === null ? null : otherSlopes)
      for (let i = 0; i < bins; i++) contents[i] = whole ? contents[i]! + other[i]! : NaN
      if (slopes === null) return
      for (let i = 0; i < bins; i++) slopes[i]! += otherSlopes[i]!
      slopes.set(otherSlopes.subarray(bins), 4 * bins)
    }
  },
}

/** The antiderivative of a one-sided Crystal Ball, the side by the sign of alpha; `sides` is its work space. */
export function crystalBallPrimitive(sides: Sides, mu: number, sigma: number, alpha: number, n: number): Primitive {
  const tail = new PowerTail(Math.max(Math.abs(alpha), 1e-8), Math.min(Math.max(n, LEAST_POWER), 100))
  // by the alpha as it is given
  const outwardsByAlpha = alpha < 0 ? -sigma : sigma
  const byN = n >= LEAST_POWER && n <= 100 ? sigma : 0
  return (x, out) => {
    const points = x.length
    sides.reserve(points)
    const { t } = sides
    for (let i = 0; i < points; i++) t[i] = (x[i]! - mu) / sigma
    sides.fill(points, alpha < 0 ? tail : NO_TAIL, alpha < 0 ? NO_TAIL : tail)
    for (let i = 0; i < points; i++) {
      const outwards = t[i]! < 0 ? -1 : 1
      const integral = outwards * sides.integral[i]!
      const density = sides.density[i]!
      out[i] = sigma * integral
      out[points + i] = -density
      out[2 * points + i] = integral - t[i]! * density
      out[3 * points + i] = outwardsByAlpha * outwards * sides.byAlpha[i]!
      out[4 * points + i] = byN * outwards * sides.byN[i]!
    }
  }
}
