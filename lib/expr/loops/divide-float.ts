/** Floor division and remainder of floats as numpy (npy_divmod) and Python define them; `round` is Math.fround for
 *  float32, whose intermediate results are float32 too, or nothing for float64. */

const same = (x: number): number => x

export function floorDivideFloat(a: number, b: number, round = same): number {
  if (b === 0) return a / b
  const modulo = a % b
  let quotient = round(round(a - modulo) / b)
  if (modulo !== 0 && b < 0 !== modulo < 0) quotient = round(quotient - 1)
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0
  // NaN passes through both.
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

/** The sign of the result is that of the divisor. */
export function remainderFloat(a: number, b: number, round = same): number {
  const modulo = a % b
  if (modulo !== 0) return b < 0 !== modulo < 0 ? round(modulo + b) : modulo
  return b < 0 ? -0 : 0
}
