/** `ps`: (x - x_min)^a·(x_max - x)^b on the range, a phase-space-like background of the reference; exponents within 0 to 20 as
 *  it has them. An incomplete beta function, whose derivatives by a and b are not closed: Gauss-Legendre quadrature, with a
 *  change of variable in the first and last bin, where the powers have their ends (relative error below 1e-10). */
import { gaussLegendre } from '../special/gauss-legendre.js'
import type { Shape } from './shape.js'

const INNER = 8
const OUTER = 32
const POWER = 4

export const ps: Shape = {
  name: 'ps',
  parameters: ['a', 'b'],
  support: { a: [0, 20], b: [0, 20] },
  modes: () => [
    { a: 0.5, b: 1 },
    { a: 0.1, b: 0.1 },
    { a: 2, b: 3 },
    { a: 2, b: 0.2 },
    { a: 8, b: 4 },
  ],
  likely: () => ({ a: [0, 3], b: [0, 3] }),
  over: edges => {
    const { start, weight, logLeft, logRight } = nodes(edges)
    const bins = edges.length - 1
    return (p, contents, slopes) => {
      const a = Math.min(Math.max(p[0]!, 0), 20)
      const b = Math.min(Math.max(p[1]!, 0), 20)
      for (let i = 0; i < bins; i++) {
        let sum = 0
        let byA = 0
        let byB = 0
        for (let k = start[i]!; k < start[i + 1]!; k++) {
          const value = weight[k]! * Math.exp(a * logLeft[k]! + b * logRight[k]!)
          sum += value
          byA += value * logLeft[k]!
          byB += value * logRight[k]!
        }
        contents[i] = sum
        if (slopes === null) continue
        slopes[i] = p[0]! >= 0 && p[0]! <= 20 ? byA : 0
        slopes[bins + i] = p[1]! >= 0 && p[1]! <= 20 ? byB : 0
      }
    }
  },
}

/** All nodes of all bins, with the logarithms of the distances to both ends as parts of the range. */
function nodes(edges: Float64Array) {
  const bins = edges.length - 1
  const low = edges[0]!
  const range = edges[bins]! - low
  const start = new Int32Array(bins + 1)
  const weight: number[] = []
  const logLeft: number[] = []
  const logRight: number[] = []
  for (let i = 0; i < bins; i++) {
    const from = (edges[i]! - low) / range
    const to = (edges[i + 1]! - low) / range
    const ends: [number, number, 'left' | 'right' | null][] =
      bins === 1
        ? [
            [from, 0.5, 'left'],
            [0.5, to, 'right'],
          ]
        : [[from, to, i === 0 ? 'left' : i === bins - 1 ? 'right' : null]]
    for (const [a, b, end] of ends) {
      const rule = gaussLegendre(end === null ? INNER : OUTER)
      for (let k = 0; k < rule.nodes.length; k++) {
        const v = (1 + rule.nodes[k]!) / 2
        const w = (rule.weights[k]! / 2) * (b - a)
        // distance from the end in question is (b - a)·v^POWER there
        const near = end === null ? v : v ** POWER
        const left = end === 'right' ? 1 - (b - a) * near : a + (b - a) * near
        const right = end === 'right' ? (b - a) * near : 1 - left
        weight.push(end === null ? w : w * POWER * v ** (POWER - 1))
        logLeft.push(Math.log(left))
        logRight.push(Math.log(right))
      }
    }
    start[i + 1] = weight.length
  }
  return {
    start,
    weight: Float64Array.from(weight),
    logLeft: Float64Array.from(logLeft),
    logRight: Float64Array.from(logRight),
  }
}
