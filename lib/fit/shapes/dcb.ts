/** `dcb`: double-sided Crystal Ball, a Gaussian core with a power tail on either side; the reference's signal shape.
 *  t = (x - mu)/sigma: exp(-t²/2) for -alphaL < t < alphaR; beyond, (n/α)^n exp(-α²/2)/(n/α - α + |t|)^n.
 *  As the reference has it, alpha counts without its sign and n is kept within 1 to 100. Integrals are closed. */
import { type CrystalBall, crystalBallSide } from './crystal-ball.js'
import { fromPrimitive } from './primitive.js'
import type { Shape } from './shape.js'

export const dcb: Shape = {
  name: 'dcb',
  parameters: ['mu', 'sigma', 'alphaL', 'nL', 'alphaR', 'nR'],
  fromPeak: (mu, sigma) => ({ mu, sigma }),
  over: edges => {
    const side: CrystalBall = { density: 0, integral: 0, byAlpha: 0, byN: 0 }
    return fromPrimitive(edges, 6, p => {
      const mu = p[0]!
      const sigma = p[1]!
      const left = { alpha: alphaOf(p[2]!), n: tailPower(p[3]!), sign: Math.sign(p[2]!), moves: moves(p[3]!) }
      const right = { alpha: alphaOf(p[4]!), n: tailPower(p[5]!), sign: Math.sign(p[4]!), moves: moves(p[5]!) }
      return (x, out) => {
        const t = (x - mu) / sigma
        const isLeft = t < 0
        const { alpha, n, sign, moves } = isLeft ? left : right
        crystalBallSide(Math.abs(t), alpha, n, side)
        const outwards = isLeft ? -1 : 1
        out[0] = sigma * outwards * side.integral
        out[1] = -side.density
        out[2] = outwards * side.integral - t * side.density
        out[3] = out[4] = out[5] = out[6] = 0
        out[isLeft ? 3 : 5] = sigma * outwards * side.byAlpha * sign
        out[isLeft ? 4 : 6] = sigma * outwards * side.byN * moves
      }
    })
  },
}

const alphaOf = (alpha: number): number => Math.max(Math.abs(alpha), 1e-8)

/** The powers that the reference allows. */
export const tailPower = (n: number): number => Math.min(Math.max(n, 1), 100)

/** 1 where n moves the shape, 0 where it is clipped. */
export const moves = (n: number): number => (n >= 1 && n <= 100 ? 1 : 0)
