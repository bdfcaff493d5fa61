/** `dcb`: double-sided Crystal Ball, a Gaussian core with a power tail on either side; the reference's signal shape.
 *  t = (x - mu)/sigma: exp(-t²/2) for -alphaL < t < alphaR; beyond, (n/α)^n exp(-α²/2)/(n/α - α + |t|)^n.
 *  As the reference has it, alpha counts without its sign and n is kept within 1 to 100. Integrals are closed. */
import { Sides } from './crystal-ball.js'
import { PowerTail } from './power-tail.js'
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
    const points = edges.length
    const sides = new Sides()
    sides.reserve(points)
    const { t, density, integral, byAlpha, byN } = sides
    return fromPrimitive(edges, 6, p => (x, out) => {
      const mu = p[0]!
      const sigma = p[1]!
      for (let i = 0; i < points; i++) t[i] = (x[i]! - mu) / sigma
      const left = new PowerTail(alphaOf(p[2]!), tailPower(p[3]!))
      sides.fill(points, left, new PowerTail(alphaOf(p[4]!), tailPower(p[5]!)))
      const byLeft = -sigma * Math.sign(p[2]!)
      const byRight = sigma * Math.sign(p[4]!)
      const byNLeft = -sigma * moves(p[3]!)
      const byNRight = sigma * moves(p[5]!)
      for (let i = 0; i < points; i++) {
        const isLeft = t[i]! < 0
        const outwards = isLeft ? -integral[i]! : integral[i]!
        out[i] = sigma * outwards
        out[points + i] = -density[i]!
        out[2 * points + i] = outwards - t[i]! * density[i]!
        out[3 * points + i] = isLeft ? byLeft * byAlpha[i]! : 0
        out[4 * points + i] = isLeft ? byNLeft * byN[i]! : 0
        out[5 * points + i] = isLeft ? 0 : byRight * byAlpha[i]!
        out[6 * points + i] = isLeft ? 0 : byNRight * byN[i]!
      }
    })
  },
}

const alphaOf = (alpha: number): number => Math.max(Math.abs(alpha), 1e-8)

/** The powers that the reference allows. */
export const tailPower = (n: number): number => Math.min(Math.max(n, 1), 100)

/** 1 where n moves the shape, 0 where it is clipped. */
export const moves = (n: number): number => (n >= 1 && n <= 100 ? 1 : 0)
