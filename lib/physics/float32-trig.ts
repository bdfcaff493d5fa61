/** Sine and cosine of float32 angles with numpy's results, bit for bit: its vectorised loops for x86 with fused
 *  multiply-add (loops_trigonometric, Cody-Waite reduction, then a polynomial). For sums of momenta that nearly cancel, where
 *  one unit in the last place of a sine is seen. */

const round = Math.fround

/** a * b + c rounded once: the product of two float32 is exact in a double. */
function fma(a: number, b: number, c: number): number {
  return round(a * b + c)
}

const TWO_OVER_PI = 0x145f306 * 2 ** -25
/** Adding and subtracting it rounds a float32 to a whole number. */
const TO_INTEGER = 0x18 * 2 ** 19
/** -pi / 2 in three parts. */
const HALF_PI = [-0x1921fb0 * 2 ** -24, -0x15110b4 * 2 ** -46, -0x1846988 * 2 ** -72] as const

/** Coefficients of r^8, r^6, r^4, r^2 and 1. */
const COSINE = [0x198e616 * 2 ** -40, -0x16c06dc * 2 ** -34, 0x155553c * 2 ** -29, -0.5, 1] as const
/** Coefficients of r^9, r^7, r^5 and r^3; that of r is 1. */
const SINE = [0x17d3bbc * 2 ** -43, -0x1a06bba * 2 ** -37, 0x111119a * 2 ** -31, -0x1555556 * 2 ** -27] as const

/** x: a float32 number of radians, |x| < 70000. NaN in, NaN out. */
export function sin32(x: number): number {
  return inQuadrant(x, 0)
}

export function cos32(x: number): number {
  return inQuadrant(x, 1)
}

/** sin(x + turns pi / 2). */
function inQuadrant(x: number, turns: number): number {
  const quadrant = round(round(round(x * TWO_OVER_PI) + TO_INTEGER) - TO_INTEGER)
  const r = fma(quadrant, HALF_PI[2], fma(quadrant, HALF_PI[1], fma(quadrant, HALF_PI[0], x)))
  const r2 = round(r * r)
  const turn = (quadrant + turns) & 3
  const value = (turn & 1) === 0 ? sine(r, r2) : cosine(r2)
  return turn < 2 ? value : -value
}

function sine(r: number, r2: number): number {
  const inner = fma(fma(fma(SINE[0], r2, SINE[1]), r2, SINE[2]), r2, SINE[3])
  return fma(round(inner * r2), r, r)
}

function cosine(r2: number): number {
  return fma(fma(fma(fma(COSINE[0], r2, COSINE[1]), r2, COSINE[2]), r2, COSINE[3]), r2, COSINE[4])
}
