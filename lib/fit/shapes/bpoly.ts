/** `bpoly`: Bernstein polynomial of degree 2, c0(1 - v)² + 2c1·v(1 - v) + c2·v² with v the mass mapped to [0, 1]; a background
 *  shape of the reference, normalised here. Only the ratios of the coefficients matter. */
import { clippedParabola } from './polynomial.js'
import type { Shape } from './shape.js'

// in powers of s = 2v - 1
const BASIS = [
  [1 / 4, -1 / 2, 1 / 4],
  [1 / 2, 0, -1 / 2],
  [1 / 4, 1 / 2, 1 / 4],
]

export const bpoly: Shape = {
  name: 'bpoly',
  parameters: ['c0', 'c1', 'c2'],
  homogeneous: true,
  modes: () => [
    { c0: 1, c1: 0.7, c2: 0.4 },
    { c0: 0.4, c1: 0.7, c2: 1 },
    { c0: 0.1, c1: 1, c2: 0.1 },
    { c0: 1, c1: 0.1, c2: 1 },
  ],
  over: edges => clippedParabola(edges, BASIS, 0),
}
