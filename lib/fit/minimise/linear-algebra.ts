/** Dense symmetric matrices of some twenty rows, row by row in a Float64Array. */

/** Cholesky factor of the rows and columns `rows[0..count)` of `a` (n x n), into the lower triangle of `factor` (count x count); on its
 *  diagonal the inverse, since a product takes less time than a quotient. False where that part is not positive definite. */
export function cholesky(a: Float64Array, n: number, rows: Int32Array, count: number, factor: Float64Array): boolean {
  for (let i = 0; i < count; i++) {
    const from = rows[i]! * n
    const row = i * count
    for (let j = 0; j <= i; j++) {
      const other = j * count
      let sum = a[from + rows[j]!]!
      for (let k = 0; k < j; k++) sum -= factor[row + k]! * factor[other + k]!
      if (i === j) {
        if (!(sum > 1e-13 * Math.abs(a[from + rows[i]!]!))) return false
        factor[row + i] = 1 / Math.sqrt(sum)
      } else {
        factor[row + j] = sum * factor[other + j]!
      }
    }
  }
  return true
}

/** Solves L·Lᵀ x = b in place for a factor of `cholesky`. */
export function solveCholesky(factor: Float64Array, count: number, b: Float64Array): void {
  for (let i = 0; i < count; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= factor[i * count + k]! * b[k]!
    b[i] = sum * factor[i * count + i]!
  }
  for (let i = count - 1; i >= 0; i--) {
    let sum = b[i]!
    for (let k = i + 1; k < count; k++) sum -= factor[k * count + i]! * b[k]!
    b[i] = sum * factor[i * count + i]!
  }
}

export interface Eigen {
  readonly values: Float64Array
  /** Eigenvector k is column k: component i at [i * n + k]. */
  readonly vectors: Float64Array
}

/** Eigenvalues (not sorted) and vectors of a symmetric matrix, by Jacobi rotations. */
export function eigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice()
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    let scale = 0
    for (let i = 0; i < n; i++) {
      scale += a[i * n + i]! ** 2
      for (let j = 0; j < i; j++) off += a[i * n + j]! ** 2
    }
    if (off <= 1e-30 * scale || off === 0) break
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors: v }
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!
  if (apq === 0) return
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!
    const kq = a[k * n + q]!
    a[k * n + p] = c * kp - s * kq
    a[k * n + q] = s * kp + c * kq
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!
    const qk = a[q * n + k]!
    a[p * n + k] = c * pk - s * qk
    a[q * n + k] = s * pk + c * qk
    const vp = v[k * n + p]!
    const vq = v[k * n + q]!
    v[k * n + p] = c * vp - s * vq
    v[k * n + q] = s * vp + c * vq
  }
}
