/** Products of columns, the inner loops of gradient and Hessian. */

/** Σ a[i] b[i], in four sums that do not wait for one another. */
export function dot(a: Float64Array, from: number, b: Float64Array, count: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < count; i += 4) {
    s0 += a[from + i]! * b[i]!
    s1 += a[from + i + 1]! * b[i + 1]!
    s2 += a[from + i + 2]! * b[i + 2]!
    s3 += a[from + i + 3]! * b[i + 3]!
  }
  for (; i < count; i++) s0 += a[from + i]! * b[i]!
  return s0 + s1 + (s2 + s3)
}

/** Weighted products of all pairs of the columns that begin at `starts` (lower triangle, row by row), four at a time; `weighted` is
 *  work space. */
export function gram(
  columns: Float64Array,
  starts: Int32Array,
  weights: Float64Array,
  weighted: Float64Array,
  products: Float64Array,
): void {
  const bins = weights.length
  const count = starts.length
  for (let k = 0; k < count; k++) {
    const row = starts[k]!
    for (let i = 0; i < bins; i++) weighted[i] = columns[row + i]! * weights[i]!
    let l = 0
    for (; l + 3 <= k; l += 4) {
      const first = starts[l]!
      const second = starts[l + 1]!
      const third = starts[l + 2]!
      const fourth = starts[l + 3]!
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let i = 0; i < bins; i++) {
        const w = weighted[i]!
        s0 += w * columns[first + i]!
        s1 += w * columns[second + i]!
        s2 += w * columns[third + i]!
        s3 += w * columns[fourth + i]!
      }
      products[k * count + l] = s0
      products[k * count + l + 1] = s1
      products[k * count + l + 2] = s2
      products[k * count + l + 3] = s3
    }
    for (; l <= k; l++) products[k * count + l] = dot(columns, starts[l]!, weighted, bins)
  }
}
