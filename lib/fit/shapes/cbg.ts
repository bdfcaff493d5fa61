/** `cbg`: a Crystal Ball (tail on the left for alpha < 0, else on the right) and a Gaussian of width sigma2 around the same mean,
 *  each of area 1 over the range, added; a signal shape of the reference. n may fall below 1 (a tail that a range makes finite), to
 *  1e-4 at least. Integrals are closed. */
import { crystalBallSide, gaussianSide, newSide } from './crystal-ball.js'
import { gaussianPrimitive } from './g.js'
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
    const ball = fromPrimitive(edges, 4, p => crystalBallPrimitive(p[0]!, p[1]!, p[2]!, p[3]!))
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

/** The antiderivative of a one-sided Crystal Ball, the side by the sign of alpha. */
export function crystalBallPrimitive(mu: number, sigma: number, alpha: number, n: number): Primitive {
  const tailLeft = alpha < 0
  const tailed = crystalBallSide(Math.max(Math.abs(alpha), 1e-8), Math.min(Math.max(n, LEAST_POWER), 100))
  const moving = n >= LEAST_POWER && n <= 100 ? 1 : 0
  const side = newSide()
  return (x, out) => {
    const t = (x - mu) / sigma
    const outwards = t < 0 ? -1 : 1
    if (t < 0 === tailLeft) tailed(Math.abs(t), side)
    else gaussianSide(Math.abs(t), side)
    out[0] = sigma * outwards * side.integral
    out[1] = -side.density
    out[2] = outwards * side.integral - t * side.density
    out[3] = sigma * outwards * side.byAlpha * (tailLeft ? -1 : 1)
    out[4] = sigma * outwards * side.byN * moving
  }
}
