/** Points on a common lattice: where edges and nodes lie on one, a convolution needs its kernel at few distances only. */

/** The step of a lattice that holds all points, or null: the smallest distance, if all others are multiples of it. */
export function latticeStep(...sets: readonly ArrayLike<number>[]): number | null {
  const points = Float64Array.from(sets.flatMap(set => Array.from(set))).sort()
  let step = Infinity
  const range = points[points.length - 1]! - points[0]!
  for (let i = 1; i < points.length; i++) {
    const distance = points[i]! - points[i - 1]!
    if (distance > 1e-9 * range) step = Math.min(step, distance)
  }
  return step < Infinity && onLattice(points, points[0]!, step) ? step : null
}

/** Whether all points are at origin + k·step, to a millionth of the step. */
export function onLattice(points: ArrayLike<number>, origin: number, step: number): boolean {
  for (let i = 0; i < points.length; i++) {
    const at = (points[i]! - origin) / step
    if (Math.abs(at - Math.round(at)) > 1e-6) return false
  }
  return true
}
