/** Directions in which a function curves downwards: a point that has one is a saddle, no minimum. */
import { cholesky, eigen } from './linear-algebra.js'
import type { Limits } from './objective.js'

/** A slope of -1e-5 of a direction's own scale is more than rounding. */
export const DOWNWARDS = 1e-5

/** The direction in which the function curves down most among the parameters that are inside their limits, or null where none does.
 *  `scaleBy` has the parameters' scales on its diagonal. */
export function downwards(
  hessian: Float64Array,
  scaleBy: Float64Array,
  x: Float64Array,
  { lower, upper }: Limits,
): Float64Array | null {
  const n = x.length
  const free: number[] = []
  for (let i = 0; i < n; i++) {
    if (x[i]! > lower[i]! && x[i]! < upper[i]! && scaleBy[i * n + i]! > 1e-300) free.push(i)
  }
  const m = free.length
  if (m === 0) return null
  const scale = free.map(i => 1 / Math.sqrt(scaleBy[i * n + i]!))
  const scaled = new Float64Array(m * m)
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) scaled[k * m + l] = hessian[free[k]! * n + free[l]!]! * scale[k]! * scale[l]!
  }
  // nearly always there is none, and a factor takes a tenth of the time of the eigenvectors
  const raised = scaled.slice()
  for (let k = 0; k < m; k++) raised[k * m + k]! += DOWNWARDS
  const rows = Int32Array.from(free.keys())
  if (cholesky(raised, m, rows, m, new Float64Array(m * m))) return null
  const { values, vectors } = eigen(scaled, m)
  let lowest = 0
  for (let k = 1; k < m; k++) if (values[k]! < values[lowest]!) lowest = k
  if (!(values[lowest]! < -DOWNWARDS)) return null
  const direction = new Float64Array(n)
  for (let k = 0; k < m; k++) direction[free[k]!] = vectors[k * m + lowest]! * scale[k]!
  return direction
}
