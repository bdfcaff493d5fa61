/** The regularised incomplete beta function and its inverse, for binomial intervals (efficiency.ts). Continued fraction of
 *  Numerical Recipes 6.4; the prefactor in Loader's saddle-point form (2000), which keeps 15 digits for large a and b where
 *  differences of log-gammas would not. */

/** I_x(a, b) for a, b > 0 and 0 <= x <= 1. Relative error below 1e-13. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = betaFront(x, a, b)
  if (x < (a + 1) / (a + b + 2)) return (front / a) * betaFraction(x, a, b)
  return 1 - (front / b) * betaFraction(1 - x, b, a)
}

/** The x at which I_x(a, b) = p, for a, b > 0 and 0 <= p <= 1: Newton steps kept inside a shrinking bracket. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0)) return p === 0 ? 0 : NaN
  if (!(p < 1)) return p === 1 ? 1 : NaN
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < MAX_STEPS; i++) {
    const excess = incompleteBeta(x, a, b) - p
    if (excess > 0) high = x
    else low = x
    const density = betaFront(x, a, b) / (x * (1 - x))
    let next = x - excess / density
    if (!(next > low && next < high)) next = middle(low, high)
    if (Math.abs(next - x) <= 2 ** -51 * x) return next
    x = next
  }
  return x
}

const MAX_STEPS = 2000

/** Geometric where the bracket spans decades, so that tiny quantiles are reached in few steps. */
function middle(low: number, high: number): number {
  const floor = Math.max(low, Number.MIN_VALUE)
  return high / floor > 4 ? Math.sqrt(floor) * Math.sqrt(high) : (low + high) / 2
}

/** x^a (1 - x)^b / B(a, b). */
function betaFront(x: number, a: number, b: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * (1 - x))
  return Math.exp(exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)))
}

/** k ln(k / mean) + mean - k without cancellation (Loader's bd0). */
function deviance(k: number, mean: number): number {
  const d = k - mean
  if (Math.abs(d) >= 0.1 * (k + mean)) return k * Math.log(k / mean) - d
  const v = d / (k + mean)
  let sum = d * v
  let term = 2 * k * v
  for (let j = 1; ; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (!(Math.abs(next - sum) > 0)) return next
    sum = next
  }
}

/** ln Gamma(n + 1) minus Stirling's ln(sqrt(2 pi n) (n / e)^n): the asymptotic series, reached by recurrence from small n. */
function stirlingError(n: number): number {
  let sum = 0
  while (n < 16) {
    sum += (n + 0.5) * Math.log1p(1 / n) - 1
    n += 1
  }
  const n2 = n * n
  const series = 1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / n2) / n2) / n2) / n2) / n2
  return sum + series / n
}

/** The continued fraction of I_x(a, b) by Lentz's method; converges fast for x < (a + 1) / (a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    const factor = d * c
    h *= factor
    if (Math.abs(factor - 1) < 2 ** -52) break
  }
  return h
}

/** Terms needed grow with sqrt(max(a, b)): enough for counts of 1e12. */
const MAX_TERMS = 5e6

function guarded(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x
}
