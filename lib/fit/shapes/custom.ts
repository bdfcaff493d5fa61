/** A user's own shape: a density as a function. */
import { gaussLegendre } from '../special/gauss-legendre.js'
import type { Shape } from './shape.js'

/** What a user gives. `density(x, p)` is the density at mass x (GeV) on any scale, 0 or more; p holds the parameters in the order
 *  of `parameters`. */
export interface CustomShape {
  readonly name: string
  readonly parameters: readonly string[]
  readonly density: (x: number, parameters: ArrayLike<number>) => number
  /** Quadrature nodes in each bin (default 8): more for shapes that are narrower than a bin. */
  readonly nodes?: number
  readonly homogeneous?: boolean
  readonly branches?: Readonly<Record<string, number>>
}

/** Makes a shape of a density: bins by Gauss-Legendre quadrature, derivatives by central differences.
 *  @throws RangeError where the name or a parameter's name is empty or given twice. */
export function customShape(custom: CustomShape): Shape {
  const { name, parameters, density } = custom
  if (name === '') throw new RangeError('shape: its name is empty')
  for (const [i, parameter] of parameters.entries()) {
    if (parameter === '' || parameters.indexOf(parameter) !== i) {
      throw new RangeError(`shape ${name}: parameter ${i} is ${parameter === '' ? 'empty' : `'${parameter}' again`}`)
    }
  }
  const { nodes, weights } = gaussLegendre(custom.nodes ?? 8)
  return {
    name,
    parameters,
    ...(custom.homogeneous === undefined ? {} : { homogeneous: custom.homogeneous }),
    ...(custom.branches === undefined ? {} : { branches: custom.branches }),
    over: edges => {
      const bins = edges.length - 1
      const p = new Float64Array(parameters.length)
      const moved = new Float64Array(bins)
      const integrate = (out: Float64Array): void => {
        for (let i = 0; i < bins; i++) {
          const half = (edges[i + 1]! - edges[i]!) / 2
          const middle = edges[i]! + half
          let sum = 0
          for (let k = 0; k < nodes.length; k++) sum += weights[k]! * density(middle + half * nodes[k]!, p)
          out[i] = sum * half
        }
      }
      return (given, contents, slopes) => {
        for (let k = 0; k < p.length; k++) p[k] = given[k]!
        integrate(contents)
        if (slopes === null) return
        for (let k = 0; k < p.length; k++) {
          const value = p[k]!
          const step = 1e-5 * Math.max(Math.abs(value), 1e-2)
          const row = slopes.subarray(k * bins, (k + 1) * bins)
          p[k] = value + step
          integrate(row)
          p[k] = value - step
          integrate(moved)
          p[k] = value
          for (let i = 0; i < bins; i++) row[i] = (row[i]! - moved[i]!) / (2 * step)
        }
      }
    },
  }
}
