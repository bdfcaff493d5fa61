/** `dcb`: double-sided Crystal Ball, a Gaussian core with a power tail on either side; the reference's signal shape.
 *  t = (x - mu)/sigma: exp(-t²/2) for -alphaL < t < alphaR; beyond, (n/α)^n exp(-α²/2)/(n/α - α + |t|)^n.
 *  As the reference has it, alpha counts without its sign and n is kept within 1 to 100. Integrals are closed. */
import { crystalBallSide, newSide } from './crystal-ball.js'
import { fromPrimitive } from './primitive.js'
import type { Shape } from './shape.js'

export const dcb: Shape = {
  name: 'dcb',
  parameters: ['mu', 'sigma', 'alphaL', 'nL', 'alphaR', 'nR'],
  support: { nL: [1, 100], nR: [1, 100] },
  modes: ({ mean: mu, sigma }) => [
    { mu, sigma, alphaL: 1.2, nL: 3, alphaR: 1.5, nR: 5 },
    { mu, sigma, alphaL: 1.2, nL: 20, alphaR: 1.2, nR: 20 },
    { mu, sigma, alphaL: 1.5, nL: 1.5, alphaR: 1.5, nR: 1.5 },
  ],
  likely: () => ({ alphaL: [0.6, 2.5], nL: [1, 12], alphaR: [0.6, 2.5], nR: [1, 12] }),
  over: edges => {
    const side = newSide()
    return fromPrimitive(edges, 6, p => {
      const mu = p[0]!
      const sigma = p[1]!
      const left = crystalBallSide(alphaOf(p[2]!), tailPower(p[3]!))
      const right = crystalBallSide(alphaOf(p[4]!), tailPower(p[5]!))
      return (x, out) => {
        const t = (x - mu) / sigma
        const outwards = t < 0 ? -1 : 1
        if (t < 0) left(-t, side)
        else right(t, side)
        out[0] = sigma * outwards * side.integral
        out[1] = -side.density
        out[2] = outwards * side.integral - t * side.density
        const byAlpha = sigma * outwards * side.byAlpha
        const byN = sigma * outwards * side.byN
        out[3] = t < 0 ? byAlpha * Math.sign(p[2]!) : 0
        out[4] = t < 0 ? byN * moves(p[3]!) : 0
        out[5] = t < 0 ? 0 : byAlpha * Math.sign(p[4]!)
        out[6] = t < 0 ? 0 : byN * moves(p[5]!)
      }
    })
  },
}

const alphaOf = (alpha: number): number => Math.max(Math.abs(alpha), 1e-8)

/** The powers that the reference allows. */
export const tailPower = (n: number): number => Math.min(Math.max(n, 1), 100)

/** 1 where n moves the shape, 0 where it is clipped. */
export const moves = (n: number): number => (n >= 1 && n <= 100 ? 1 : 0)
