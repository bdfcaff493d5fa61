/** Eight booleans a byte, the first in the lowest bit; what is left of the last byte is 0. Writes at `at`; returns the position after
 *  them. */
export function packBits(out: Uint8Array, at: number, flags: Uint8Array): number {
  const whole = flags.length & ~7
  let i = 0
  for (; i < whole; i += 8) {
    out[at++] =
      flags[i]! |
      (flags[i + 1]! << 1) |
      (flags[i + 2]! << 2) |
      (flags[i + 3]! << 3) |
      (flags[i + 4]! << 4) |
      (flags[i + 5]! << 5) |
      (flags[i + 6]! << 6) |
      (flags[i + 7]! << 7)
  }
  if (i < flags.length) {
    let last = 0
    for (let bit = 0; i < flags.length; i++, bit++) last |= flags[i]! << bit
    out[at++] = last
  }
  return at
}
