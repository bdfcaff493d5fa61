/** Densities that are a parabola where it is positive and a floor elsewhere, linear in their coefficients: `lin`, `bpoly`,
 *  `cheb`. The cuts between the two are found exactly, so bins are exact. */
import type { BinnedShape } from './shape.js'

/** Makes bins of max(floor, Σ c_k f_k(s)), s mapping the range to [-1, 1] (degree at most 2). `basis[k]` holds the coefficients
 *  of f_k in powers of s. */
export function clippedParabola(
  edges: Float64Array,
  basis: readonly (readonly number[])[],
  floor: number,
): BinnedShape {
  const bins = edges.length - 1
  const middle = (edges[0]! + edges[bins]!) / 2
  const half = (edges[bins]! - edges[0]!) / 2
  const count = basis.length
  const s = Float64Array.from(edges, x => (x - middle) / half)
  const cuts = new Float64Array(4)
  return (p, contents, slopes) => {
    let a = -floor
    let b = 0
    let c = 0
    for (let k = 0; k < count; k++) {
      a += p[k]! * (basis[k]![0] ?? 0)
      b += p[k]! * (basis[k]![1] ?? 0)
      c += p[k]! * (basis[k]![2] ?? 0)
    }
    const roots = rootsOf(a, b, c)
    slopes?.fill(0)
    for (let i = 0; i < bins; i++) {
      const low = s[i]!
      const high = s[i + 1]!
      let pieces = 0
      cuts[pieces++] = low
      for (const root of roots) if (root > low && root < high) cuts[pieces++] = root
      cuts[pieces] = high
      contents[i] = floor * (high - low)
      for (let j = 0; j < pieces; j++) {
        const from = cuts[j]!
        const to = cuts[j + 1]!
        const at = (from + to) / 2
        if (a + at * (b + at * c) <= 0) continue
        const i0 = to - from
        const i1 = i0 * at
        const i2 = (to * to * to - from * from * from) / 3
        contents[i]! += a * i0 + b * i1 + c * i2
        if (slopes === null) continue
        for (let k = 0; k < count; k++) {
          const f = basis[k]!
          slopes[k * bins + i]! += (f[0] ?? 0) * i0 + (f[1] ?? 0) * i1 + (f[2] ?? 0) * i2
        }
      }
    }
  }
}

/** Real roots of a + bs + cs², ascending. */
function rootsOf(a: number, b: number, c: number): number[] {
  if (c === 0) return b === 0 ? [] : [-a / b]
  const inside = b * b - 4 * a * c
  if (!(inside > 0)) return []
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(inside)) / 2
  const roots = q === 0 ? [0] : [q / c, a / q]
  return roots.sort((x, y) => x - y)
}
