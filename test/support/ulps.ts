/** How far apart two doubles are, in steps between neighbouring doubles. */

/** 0 for equal numbers, NaN and NaN, and 0 and -0; Infinity where only one is NaN. */
export function ulpsBetween(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0
  if (Number.isNaN(a) || Number.isNaN(b)) return Infinity
  return Math.abs(Number(position(a) - position(b)))
}

/** Doubles numbered in their order. */
function position(x: number): bigint {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)[0]!
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits
}
