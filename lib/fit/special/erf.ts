/** Error functions to 16 digits: the rational approximations of W. J. Cody, Math. Comp. 23 (1969) 631 (CALERF). */

import { exp } from './exp.js'

const SMALL = 0.46875
const ONE_OVER_SQRT_PI = 0.5641895835477563

/** erf(x). */
export function erf(x: number): number {
  const y = Math.abs(x)
  if (y <= SMALL) return x * small(y * y)
  const tail = scaledTail(y) * expOfMinusSquare(y)
  return x > 0 ? 1 - tail : tail - 1
}

/** erfc(x) = 1 - erf(x), with full relative precision where it is tiny. */
export function erfc(x: number): number {
  const y = Math.abs(x)
  if (y <= SMALL) return 1 - x * small(y * y)
  const tail = scaledTail(y) * expOfMinusSquare(y)
  return x > 0 ? tail : 2 - tail
}

/** erfc(x) and the bell exp(-x²) at once, for hot loops; the relative error of both is below 1e-14 for |x| < 10. */
export function erfcAndBell(x: number, out: { erfc: number; bell: number }): void {
  const y = Math.abs(x)
  const bell = exp(-y * y)
  const tail = y > 27 ? 0 : scaledErfc(y) * bell
  out.bell = bell
  out.erfc = x > 0 ? tail : 2 - tail
}

/** exp(y²)·erfc(y) for y >= 0, relative error below 1e-14: its Taylor series in cells of 1/32, beyond 6 the rational approximation. */
export function scaledErfc(y: number): number {
  if (!(y < SERIES_END)) return scaledTail(y)
  const cell = Math.trunc(y * PER_UNIT)
  const h = y - (cell + 0.5) * CELL
  const at = cell * TERMS
  const h2 = h * h
  const low = SERIES[at]! + h * SERIES[at + 1]! + h2 * (SERIES[at + 2]! + h * SERIES[at + 3]!)
  const high = SERIES[at + 4]! + h * SERIES[at + 5]! + h2 * (SERIES[at + 6]! + h * SERIES[at + 7]!)
  return low + h2 * h2 * high
}

/** erf(x)/x for |x| <= 0.46875, of x squared. */
function small(square: number): number {
  const top =
    (((0.18577770618460315 * square + 3.1611237438705655) * square + 113.86415415105016) * square + 377.485237685302) *
      square +
    3209.3775891384694
  const bottom =
    (((square + 23.601290952344122) * square + 244.02463793444417) * square + 1282.6165260773723) * square +
    2844.236833439171
  return top / bottom
}

/** exp(-y²), with y split so that the square of the larger part is exact. */
function expOfMinusSquare(y: number): number {
  if (y > 27) return 0
  const cut = Math.trunc(y * 16) / 16
  return Math.exp(-cut * cut) * Math.exp(-(y - cut) * (y + cut))
}

/** exp(y²)·erfc(y) for y > 0.46875. */
function scaledTail(y: number): number {
  if (y <= 4) {
    const top =
      (((((((2.1531153547440383e-8 * y + 0.5641884969886701) * y + 8.883149794388377) * y + 66.11919063714163) * y +
        298.6351381974001) *
        y +
        881.952221241769) *
        y +
        1712.0476126340707) *
        y +
        2051.0783778260716) *
        y +
      1230.3393547979972
    const bottom =
      (((((((y + 15.744926110709835) * y + 117.6939508913125) * y + 537.1811018620099) * y + 1621.3895745666903) * y +
        3290.7992357334597) *
        y +
        4362.619090143247) *
        y +
        3439.3676741437216) *
        y +
      1230.3393548037495
    return top / bottom
  }
  const square = 1 / (y * y)
  let top = 0.016315387137302097 * square
  let bottom = square
  for (let i = 0; i < 4; i++) {
    top = (top + P[i]!) * square
    bottom = (bottom + Q[i]!) * square
  }
  const rest = (square * (top + P[4]!)) / (bottom + Q[4]!)
  return (ONE_OVER_SQRT_PI - rest) / y
}

const P = [0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378]
const Q = [2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918]

const PER_UNIT = 32
const CELL = 1 / PER_UNIT
const SERIES_END = 6
const CELLS = SERIES_END * PER_UNIT
const TERMS = 8
const SERIES = series()

/** Coefficients around the middle of each cell. Of f = exp(y²)·erfc(y): f' = 2y f - 2/√π, and so on by Leibniz' rule. */
function series(): Float64Array {
  const all = new Float64Array(CELLS * TERMS)
  for (let cell = 0; cell < CELLS; cell++) {
    const y = (cell + 0.5) * CELL
    const c = all.subarray(cell * TERMS, (cell + 1) * TERMS)
    c[0] = y <= SMALL ? (1 - y * small(y * y)) * Math.exp(y * y) : scaledTail(y)
    c[1] = 2 * y * c[0] - 2 * ONE_OVER_SQRT_PI
    for (let n = 2; n < TERMS; n++) c[n] = (2 * (y * c[n - 1]! + c[n - 2]!)) / n
  }
  return all
}
