/** `g`: a Gaussian, exp(-(x - mu)²/(2 sigma²)). Integrals by the error function. */
import { erf } from '../special/erf.js'
import { fromPrimitive, type Primitive } from './primitive.js'
import type { Shape } from './shape.js'

const HALF_ROOT = Math.sqrt(Math.PI / 2)

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
      const density = Math.exp(-0.5 * t * t)
      const integral = HALF_ROOT * erf(t * Math.SQRT1_2)
      out[i] = sigma * integral
      out[points + i] = -density
      out[2 * points + i] = integral - t * density
    }
  }
}
