/** `voigtian`: a Breit-Wigner (Lorentzian of full width `width`) convolved with a Gaussian of width sigma around mean, as
 *  RooVoigtian. Integrals are closed (voigt.ts). */
import { fromPrimitive } from './primitive.js'
import type { Shape } from './shape.js'
import { type Voigt, voigt } from './voigt.js'

export const voigtian: Shape = {
  name: 'voigtian',
  parameters: ['mean', 'width', 'sigma'],
  modes: ({ mean, sigma }) => [{ mean, sigma }],
  over: edges => {
    const at: Voigt = { density: 0, integral: 0, bySigma: 0, byGamma: 0 }
    return fromPrimitive(edges, 3, p => (x, out) => {
      const points = x.length
      for (let i = 0; i < points; i++) {
        voigt(x[i]! - p[0]!, p[2]!, p[1]! / 2, at)
        out[i] = at.integral
        out[points + i] = -at.density
        out[2 * points + i] = at.byGamma / 2
        out[3 * points + i] = at.bySigma
      }
    })
  },
}
