/** `cheb`: c0 + c1·T1(s) + c2·T2(s), Chebyshev polynomials with s the mass mapped to [-1, 1], floored at 1e-12; a background
 *  shape of the reference. Only the ratios of the coefficients matter. */
import { clippedParabola } from './polynomial.js'
import type { Shape } from './shape.js'

export const cheb: Shape = {
  name: 'cheb',
  parameters: ['c0', 'c1', 'c2'],
  homogeneous: true,
  modes: () => [
    { c0: 1, c1: -0.3, c2: 0 },
    { c0: 1, c1: 0.3, c2: 0 },
    { c0: 1, c1: 0, c2: -0.4 },
    { c0: 1, c1: 0, c2: 0.5 },
  ],
  over: edges => clippedParabola(edges, [[1], [0, 1], [-1, 0, 2]], 1e-12),
}
