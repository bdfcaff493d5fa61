/** `g`: a Gaussian, exp(-(x - mu)²/(2 sigma²)). Integrals by the error function. */
import { erfcAndBell } from '../special/erf.js'
import { fromPrimitive, type Primitive } from './primitive.js'
import type { Shape } from './shape.js'

const HALF_ROOT = Math.sqrt(Math.PI / 2)
const turn = { erfc: 0, bell: 0 }

export const g: Shape = {
  name: 'g',
  parameters: ['mu', 'sigma'],
  modes: ({ mean: mu, sigma }) => [{ mu, sigma }],
  over: edges => fromPrimitive(edges, 2, p => gaussianPrimitive(p[0]!, p[1]!)),
}

/** sigma·√(π/2)·erf(t/√2), and its derivatives by mean and width. */
export function gaussianPrimitive(mu: number, sigma: number): Primitive {
  return (x, out) => {
    const points = x.length
    for (let i = 0; i < points; i++) {
      const t = (x[i]! - mu) / sigma
      erfcAndBell(t * Math.SQRT1_2, turn)
      const integral = HALF_ROOT * (1 - turn.erfc)
      out[i] = sigma * integral
      out[points + i] = -turn.bell
      out[2 * points + i] = integral - t * turn.bell
    }
  }
}
