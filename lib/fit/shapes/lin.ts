/** `lin`: max(0, b(x - mid) + C), mid the middle of the range; a background shape of the reference. Only b/C matters. */
import { clippedParabola } from './polynomial.js'
import type { Shape } from './shape.js'

export const lin: Shape = {
  name: 'lin',
  parameters: ['b', 'C'],
  homogeneous: true,
  modes: ({ low, high }) => [-1, 0, 1, -2.5, 2.5, 8].map(slope => ({ C: 0.5, b: slope / (high - low) })),
  likely: (low, high) => ({ b: [-10 / (high - low), 10 / (high - low)] }),
  over: edges => clippedParabola(edges, [[0, (edges[edges.length - 1]! - edges[0]!) / 2], [1]], 0),
}
