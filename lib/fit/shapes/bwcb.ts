/** `bwcb`: the Z line 1/((y - 91.1876)² + 1.2476²), 40 < y < 140 GeV, convolved with a Crystal Ball whose tail is on the left,
 *  whose peak is at shift and which ends 30 GeV from 0. The line is summed in steps of at most 0.2 GeV (trapezoids; a convolution
 *  of smooth functions, so the error is far below 1e-6), the Crystal Ball is integrated exactly. */
import { crystalBallPrimitive } from './cbg.js'
import { convolved, type Nodes } from './convolved.js'
import { Sides } from './crystal-ball.js'
import { latticeStep } from './lattice.js'
import type { Primitive } from './primitive.js'
import type { Shape } from './shape.js'

const MASS = 91.1876
const HALF_WIDTH = 1.2476
const FROM = 40
const TO = 140
const STEP = 0.2
const REACH = 30

export const bwcb: Shape = {
  name: 'bwcb',
  parameters: ['shift', 'sigma', 'alpha', 'n'],
  support: { n: [1e-4, 100] },
  modes: ({ mean, sigma }) => [
    { shift: mean - MASS + 0.3, sigma: Math.max(0.5, sigma - 1) },
    { shift: mean - MASS + 0.3, sigma: Math.max(0.5, sigma - 1), alpha: 1.5, n: 20 },
  ],
  likely: () => ({ alpha: [0.6, 2.5], n: [1, 12] }),
  over: edges => {
    const sides = new Sides()
    const kernel = (p: ArrayLike<number>) =>
      negativeAlpha(crystalBallPrimitive(sides, p[0]!, p[1]!, -Math.max(Math.abs(p[2]!), 1e-8), p[3]!))
    return convolved(edges, line(edges), 4, kernel, REACH)
  },
}

/** The kernel is given -alpha: its derivative by alpha changes sign. */
function negativeAlpha(primitive: Primitive): Primitive {
  return (x, out) => {
    primitive(x, out)
    const points = x.length
    for (let i = 3 * points; i < 4 * points; i++) out[i] = -out[i]!
  }
}

/** Nodes of the line at multiples of a step that divides the bins, where these are regular. */
function line(edges: Float64Array): Nodes {
  const lattice = latticeStep(edges)
  const step = lattice === null ? STEP : lattice / Math.ceil(lattice / STEP - 1e-9)
  const origin = edges[0]!
  const low = Math.ceil((FROM - origin) / step - 1e-9)
  const high = Math.floor((TO - origin) / step + 1e-9)
  const weights = new Float64Array(high - low + 1)
  for (let k = low; k <= high; k++) {
    const y = origin + k * step
    const width = Math.min(y + step / 2, TO) - Math.max(y - step / 2, FROM)
    const end = k === low ? y - FROM - step / 2 : k === high ? TO - y - step / 2 : 0
    weights[k - low] = (width + Math.max(end, 0)) / ((y - MASS) ** 2 + HALF_WIDTH ** 2)
  }
  return { first: origin + low * step, step, weights }
}
