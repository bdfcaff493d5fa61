/** The covariance of the free parameters from the observed Hessian of q = -2 ln L: twice its inverse. */
import { eigen } from './linear-algebra.js'

export interface Covariance {
  /** size x size; rows of parameters that are not free are 0, of undetermined ones NaN. */
  readonly matrix: Float64Array
  /** Whether all directions that the data determine curve upwards. */
  readonly positive: boolean
  /** Parameters that the data do not determine: a direction in which the function is flat moves them. */
  readonly undetermined: readonly number[]
}

/** Directions whose curvature is below this part of their parameters' own are flat. */
const FLAT = 1e-9

/** Inverts on the rows `free`. Flat directions (and parameters without any curvature) are left out; the parameters that they move
 *  are undetermined, the others keep their uncertainty. */
export function covarianceOf(hessian: Float64Array, n: number, free: readonly number[]): Covariance {
  const matrix = new Float64Array(n * n)
  const undetermined: number[] = []
  const rows = free.filter(i => {
    const determined = Math.abs(hessian[i * n + i]!) > 1e-300
    if (!determined) undetermined.push(i)
    return determined
  })
  const m = rows.length
  const scale = rows.map(i => 1 / Math.sqrt(Math.abs(hessian[i * n + i]!)))
  const scaled = new Float64Array(m * m)
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) scaled[k * m + l] = hessian[rows[k]! * n + rows[l]!]! * scale[k]! * scale[l]!
  }
  const { values, vectors } = eigen(scaled, m)
  const flat = new Set<number>()
  let positive = true
  for (let e = 0; e < m; e++) {
    if (values[e]! > FLAT) continue
    if (values[e]! < -1e-5) positive = false
    for (let k = 0; k < m; k++) if (Math.abs(vectors[k * m + e]!) > 1e-3) flat.add(k)
  }
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) {
      let sum = 0
      for (let e = 0; e < m; e++) if (values[e]! > FLAT) sum += (vectors[k * m + e]! * vectors[l * m + e]!) / values[e]!
      matrix[rows[k]! * n + rows[l]!] = 2 * sum * scale[k]! * scale[l]!
    }
  }
  for (const k of flat) undetermined.push(rows[k]!)
  for (const i of undetermined) {
    for (const j of free) matrix[i * n + j] = matrix[j * n + i] = NaN
  }
  return { matrix, positive, undetermined: undetermined.sort((a, b) => a - b) }
}
