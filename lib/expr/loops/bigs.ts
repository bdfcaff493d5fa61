/** Loops for 64-bit integers; storing a result wraps it. */
import { RuleError } from '../error.js'
import { NEGATIVE_POWER, NEGATIVE_POWER_ADVICE } from './integers.js'
import { type BigLoop, indexMask } from './types.js'

function each(f: (x: bigint) => bigint): BigLoop {
  return (out, a) => {
    for (let i = 0; i < out.length; i++) out[i] = f(a[i]!)
  }
}
function eachPair(f: (x: bigint, y: bigint) => bigint): BigLoop {
  return (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = f(a[i & p]!, b[i & q]!)
  }
}

/** Math.max knows no bigint. */
function largerOf(x: bigint, y: bigint): bigint {
  if (x >= y) return x
  return y
}

export const addBigs = eachPair((x, y) => x + y)
export const subtractBigs = eachPair((x, y) => x - y)
export const multiplyBigs = eachPair((x, y) => x * y)
export const maximumBigs = eachPair((x, y) => largerOf(x, y))
export const minimumBigs = eachPair((x, y) => -largerOf(-x, -y))
export const andBigs = eachPair((x, y) => x & y)
export const orBigs = eachPair((x, y) => x | y)
export const xorBigs = eachPair((x, y) => x ^ y)
export const notBigs = each(x => ~x)
export const negativeBigs = each(x => -x)
export const absoluteBigs = each(x => (x < 0n ? -x : x))
export const squareBigs = each(x => x * x)
export const signBigs = each(x => (x > 0n ? 1n : x < 0n ? -1n : 0n))
export const copyBigs = each(x => x)

function beyond(count: bigint): boolean {
  return count < 0n || count > 63n
}
export const shiftLeftBigs = eachPair((x, count) => (beyond(count) ? 0n : x << count))
export const shiftRightBigs = eachPair((x, count) => (beyond(count) ? (x < 0n ? -1n : 0n) : x >> count))

function isUneven(x: bigint, y: bigint): boolean {
  return x % y !== 0n && x < 0n !== y < 0n
}
export const floorDivideBigs = eachPair((x, y) => (y === 0n ? 0n : isUneven(x, y) ? x / y - 1n : x / y))
export const remainderBigs = eachPair((x, y) => (y === 0n ? 0n : isUneven(x, y) ? (x % y) + y : x % y))

export const powerBigs = eachPair((x, y) => {
  if (y < 0n) throw new RuleError(NEGATIVE_POWER, NEGATIVE_POWER_ADVICE)
  let result = 1n
  let factor = x
  for (let exponent = y; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = BigInt.asUintN(64, result * factor)
    factor = BigInt.asUintN(64, factor * factor)
  }
  return result
})
