/** `dv`: the sum of two Voigt profiles around one mean, V(x - mu; sigma1, gamma1) + V(x - mu; sigma2, gamma2); a signal shape
 *  of the reference. Integrals are closed (voigt.ts). */
import { fromPrimitive } from './primitive.js'
import type { Shape } from './shape.js'
import { type Voigt, voigt } from './voigt.js'

export const dv: Shape = {
  name: 'dv',
  parameters: ['mu', 'sigma1', 'gamma1', 'sigma2', 'gamma2'],
  // which of the two is the wider Gaussian, and which the wider Lorentzian
  modes: ({ mean: mu, sigma }) => [
    { mu, sigma1: sigma, gamma1: 0.2 * sigma, sigma2: 0.7 * sigma, gamma2: 0.4 * sigma },
    { mu, sigma1: 0.7 * sigma, gamma1: 0.6 * sigma, sigma2: sigma, gamma2: 0.05 * sigma },
    { mu, sigma1: 1.3 * sigma, gamma1: 0.05 * sigma, sigma2: 0.6 * sigma, gamma2: 0.6 * sigma },
    { mu, sigma1: 1.3 * sigma, gamma1: 0.6 * sigma, sigma2: 0.7 * sigma, gamma2: 0.05 * sigma },
  ],
  over: edges => {
    const one: Voigt = { density: 0, integral: 0, bySigma: 0, byGamma: 0 }
    const two: Voigt = { density: 0, integral: 0, bySigma: 0, byGamma: 0 }
    return fromPrimitive(edges, 5, p => (x, out) => {
      const points = x.length
      for (let i = 0; i < points; i++) {
        voigt(x[i]! - p[0]!, p[1]!, p[2]!, one)
        voigt(x[i]! - p[0]!, p[3]!, p[4]!, two)
        out[i] = one.integral + two.integral
        out[points + i] = -one.density - two.density
        out[2 * points + i] = one.bySigma
        out[3 * points + i] = one.byGamma
        out[4 * points + i] = two.bySigma
        out[5 * points + i] = two.byGamma
      }
    })
  },
}
