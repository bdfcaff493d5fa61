/** Nodes and weights of Gauss-Legendre quadrature on [-1, 1], by Newton's method on the Legendre polynomial. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

const known = new Map<number, Quadrature>()

/** The rule of `count` nodes: exact for polynomials up to degree 2·count - 1. */
export function gaussLegendre(count: number): Quadrature {
  const before = known.get(count)
  if (before !== undefined) return before
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let value = 1
      let last = 0
      for (let k = 0; k < count; k++) {
        const older = last
        last = value
        value = ((2 * k + 1) * x * last - k * older) / (k + 1)
      }
      slope = (count * (x * value - last)) / (x * x - 1)
      const change = value / slope
      x -= change
      if (Math.abs(change) < 1e-16) break
    }
    nodes[count - 1 - i] = x
    weights[count - 1 - i] = 2 / ((1 - x * x) * slope * slope)
  }
  const rule = { nodes, weights }
  known.set(count, rule)
  return rule
}
