/** Loops for integers of up to 32 bits (uint32 as float64). Results beyond 32 bits are left to wrap when they are stored. */
import { RuleError } from '../error.js'
import { eachPair } from './arithmetic.js'
import { indexMask, type NumberLoop } from './types.js'

export const multiplyIntegers: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = Math.imul(a[i & p]!, b[i & q]!)
}
export const squareIntegers: NumberLoop = (out, a) => multiplyIntegers(out, a, a)

export const bitAnd: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! & b[i & q]!
}
export const bitOr: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! | b[i & q]!
}
export const bitXor: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! ^ b[i & q]!
}
export const bitNot: NumberLoop = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = ~a[i]!
}

/** numpy takes a negative count for one beyond the width. */
function beyond(count: number): boolean {
  return count < 0 || count > 31
}
export const shiftLeft = eachPair((x, count) => (beyond(count) ? 0 : x << count))
export const shiftRight = eachPair((x, count) => (beyond(count) ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** count)))

export const floorDivideIntegers = eachPair((x, y) => (y === 0 ? 0 : Math.floor(x / y)))
export const remainderIntegers = eachPair((x, y) => {
  if (y === 0) return 0
  const modulo = x % y
  return modulo !== 0 && modulo < 0 !== y < 0 ? modulo + y : modulo
})

export const powerIntegers = eachPair((x, y) => {
  if (y < 0) throw new RuleError(NEGATIVE_POWER, NEGATIVE_POWER_ADVICE)
  let result = 1
  let factor = x
  for (let exponent = y; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = Math.imul(result, factor)
    factor = Math.imul(factor, factor)
  }
  return result
})
export const NEGATIVE_POWER = 'integers cannot be raised to a negative integer power'
export const NEGATIVE_POWER_ADVICE = 'Make the exponent a float: -1.0.'
