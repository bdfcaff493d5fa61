/** The error function, which JavaScript lacks. */

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI)

/** Above, the continued fraction converges quickly; below, the series. */
const SERIES_LIMIT = 2.5

/** erf(x) = 2/sqrt(pi) * integral of exp(-t^2) from 0 to x, to about 1e-15. Series and continued fraction: Abramowitz and
 *  Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (Number.isNaN(x) || size < SERIES_LIMIT) return series(x)
  return Math.sign(x) * (1 - complement(size))
}

/** 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1)): no terms cancel. */
function series(x: number): number {
  const square = x * x
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * square) / (2 * n + 1)
    sum += term
  }
  return TWO_OVER_SQRT_PI * Math.exp(-square) * sum
}

/** 1 - erf(x) for large x: exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from its end. */
function complement(x: number): number {
  if (x > 6) return 0
  let fraction = x
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction
}
