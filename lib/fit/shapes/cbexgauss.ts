/** `cbexgauss`: RooCBExGaussShape of the standard tool, two Gaussian halves and one tail. With t = (x - mean)/s left of the mean
 *  and t0 = (x - mean)/s2 right of it, s² = sigma² + sos² and s2² = sigma_2² + sos²: cores exp(-t²/2), exp(-t0²/2);
 *  tail on the left (`tail: 'left'`): exp(-α²/2)·exp(n(t + |α|)) for t < -|α|;
 *  tail on the right (`tail: 'right'`, the tool's tailLeft < 0): the power tail of a Crystal Ball for t0 > |α|.
 *  `templateCbExGauss`: a template (generator-level mass) convolved with it. Integrals are closed. */

import { phi, phiSlope } from '../special/functions.js'
import { convolved, type Nodes } from './convolved.js'
import { NO_TAIL, Sides, type Tail } from './crystal-ball.js'
import { moves, tailPower } from './dcb.js'
import { latticeStep } from './lattice.js'
import { PowerTail } from './power-tail.js'
import { fromPrimitive, type Primitive } from './primitive.js'
import type { Shape } from './shape.js'
import type { Template } from './template.js'

export type TailSide = 'left' | 'right'

const PARAMETERS = ['mean', 'sigma', 'alpha', 'n', 'sigma_2', 'sos'] as const

/** The shape itself. Fix `sos` to 0 where it is not wanted. */
export function cbExGauss(tail: TailSide = 'left'): Shape {
  return {
    name: tail === 'left' ? 'cbexgauss' : 'cbexgauss_right',
    parameters: PARAMETERS,
    modes: ({ mean, sigma }) => [{ mean, sigma, sigma_2: sigma }],
    over: edges => {
      const sides = new Sides()
      return fromPrimitive(edges, 6, p => cbExGaussPrimitive(sides, p, tail))
    },
  }
}

/** A template (at generator level) convolved with the shape. Each bin of the template is summed by Simpson's rule in steps of at
 *  most 0.125 GeV. The template must have regular bins.
 *  @throws RangeError where it has not, or its contents do not add up to more than 0. */
export function templateCbExGauss(source: Template, tail: TailSide = 'left'): Shape {
  const step = latticeStep(source.edges)
  if (step === null) throw new RangeError('template: bins are not regular (want edges that are multiples of one step)')
  const nodes = simpson(source, step)
  return {
    name: tail === 'left' ? 'template_cbexgauss' : 'template_cbexgauss_right',
    parameters: PARAMETERS,
    over: edges => {
      const sides = new Sides()
      return convolved(edges, nodes, 6, p => cbExGaussPrimitive(sides, p, tail))
    },
  }
}

function simpson({ edges, values }: Template, step: number): Nodes {
  const pieces = 2 * Math.ceil(step / 0.25)
  const sub = step / pieces
  const first = edges[0]!
  const weights = new Float64Array(Math.round((edges[edges.length - 1]! - first) / sub) + 1)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const from = Math.round((edges[i]! - first) / sub)
    const to = Math.round((edges[i + 1]! - first) / sub)
    const height = Math.max(values[i]!, 0) / (to - from)
    total += height
    for (let k = from; k < to; k += 2) {
      weights[k]! += height / 3
      weights[k + 1]! += (4 * height) / 3
      weights[k + 2]! += height / 3
    }
  }
  if (!(total > 0 && total < Infinity)) throw new RangeError('template: its contents do not add up to more than 0')
  return { first, step: sub, weights }
}

function cbExGaussPrimitive(sides: Sides, p: ArrayLike<number>, tail: TailSide): Primitive {
  const mean = p[0]!
  const sos = p[5]!
  const left = Math.hypot(p[1]!, sos)
  const right = Math.hypot(p[4]!, sos)
  const alpha = Math.max(Math.abs(p[2]!), 1e-8)
  const signAlpha = p[2]! < 0 ? -1 : 1
  const n = p[3]!
  const onLeft = tail === 'left' ? new ExponentialTail(alpha, n) : NO_TAIL
  const onRight = tail === 'right' ? new PowerTail(alpha, tailPower(Math.abs(n))) : NO_TAIL
  const signN = tail === 'left' ? 1 : moves(Math.abs(n)) * (n < 0 ? -1 : 1)
  return (x, out) => {
    const points = x.length
    sides.reserve(points)
    const { t } = sides
    for (let i = 0; i < points; i++) t[i] = (x[i]! - mean) / (x[i]! < mean ? left : right)
    sides.fill(points, onLeft, onRight)
    for (let i = 0; i < points; i++) {
      const isLeft = t[i]! < 0
      const outwards = isLeft ? -1 : 1
      const sigma = isLeft ? left : right
      const integral = outwards * sides.integral[i]!
      const density = sides.density[i]!
      const bySigma = integral - t[i]! * density
      out[i] = sigma * integral
      out[points + i] = -density
      out[2 * points + i] = isLeft ? (bySigma * p[1]!) / sigma : 0
      out[3 * points + i] = sigma * outwards * sides.byAlpha[i]! * signAlpha
      out[4 * points + i] = sigma * outwards * sides.byN[i]! * signN
      out[5 * points + i] = isLeft ? 0 : (bySigma * p[4]!) / sigma
      out[6 * points + i] = (bySigma * sos) / sigma
    }
  }
}

/** exp(-α²/2)·exp(-n·depth) beyond alpha. */
class ExponentialTail implements Tail {
  readonly alpha: number
  readonly top: number
  readonly #n: number

  constructor(alpha: number, n: number) {
    this.alpha = alpha
    this.#n = n
    this.top = Math.exp(-0.5 * alpha * alpha)
  }

  at(depth: number, i: number, out: Sides): void {
    const integral = this.top * depth * phi(this.#n * depth)
    const density = this.top * Math.exp(-this.#n * depth)
    out.density[i] = density
    out.integral[i] = integral
    out.byAlpha[i] = -this.alpha * integral - density
    out.byN[i] = this.top * depth * depth * phiSlope(this.#n * depth)
  }
}
