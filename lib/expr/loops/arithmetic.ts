/** Arithmetic on lanes of up to 32-bit integers and of floats. */
import type { Numbers } from '../lanes.js'
import { floorDivideFloat, remainderFloat } from './divide-float.js'
import { indexMask, type NumberLoop } from './types.js'

export const add: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! + b[i & q]!
}
export const subtract: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! - b[i & q]!
}
export const multiply: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! * b[i & q]!
}
export const divide: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! / b[i & q]!
}

/** NaN if either is NaN. */
export const maximum: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) {
    const x = a[i & p]!
    const y = b[i & q]!
    out[i] = x >= y || Number.isNaN(x) ? x : y
  }
}
export const minimum: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) {
    const x = a[i & p]!
    const y = b[i & q]!
    out[i] = x <= y || Number.isNaN(x) ? x : y
  }
}
/** The other one if one is NaN. */
export const fmax: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) {
    const x = a[i & p]!
    const y = b[i & q]!
    out[i] = x >= y || Number.isNaN(y) ? x : y
  }
}
export const fmin: NumberLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) {
    const x = a[i & p]!
    const y = b[i & q]!
    out[i] = x <= y || Number.isNaN(y) ? x : y
  }
}

export const negative: NumberLoop = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = -a[i]!
}
export const absolute: NumberLoop = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(a[i]!)
}
export const squareRoot: NumberLoop = (out, a) => {
  const p = indexMask(a)
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(a[i & p]!)
}
export const square: NumberLoop = (out, a) => {
  const p = indexMask(a)
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! * a[i & p]!
}
export const sign: NumberLoop = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! > 0 ? 1 : a[i]! < 0 ? -1 : a[i]! === 0 ? 0 : Number.NaN
}
export const copy: NumberLoop = (out, a) => out.set(a)

/** For functions that cost more than the call of `f`. */
export function eachValue(f: (x: number) => number): NumberLoop {
  return (out, a) => {
    for (let i = 0; i < out.length; i++) out[i] = f(a[i]!)
  }
}
export function eachPair(f: (x: number, y: number) => number): NumberLoop {
  return (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = f(a[i & p]!, b[i & q]!)
  }
}

export const floorDivideFloats: NumberLoop = (out, a, b) => eachPairRounded(floorDivideFloat, out, a, b)
export const remainderFloats: NumberLoop = (out, a, b) => eachPairRounded(remainderFloat, out, a, b)

type Rounded = (x: number, y: number, round?: (x: number) => number) => number

function eachPairRounded(f: Rounded, out: Numbers, a: Numbers, b: Numbers): void {
  const [p, q] = [indexMask(a), indexMask(b)]
  const round = out instanceof Float32Array ? Math.fround : undefined
  for (let i = 0; i < out.length; i++) out[i] = f(a[i & p]!, b[i & q]!, round)
}

/** C's pow, which gives 1 where JavaScript's gives NaN: 1 to any power, -1 to an infinite one. */
function powerOf(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y
}
const powerEach = eachPair(powerOf)

/** A constant exponent of 2 or 0.5 is a square or a square root, as in numpy: sqrt(-inf) is NaN, pow(-inf, 0.5) is not. */
export const powerFloats: NumberLoop = (out, a, b) => {
  const loop = b.length !== 1 ? powerEach : b[0] === 2 ? square : b[0] === 0.5 ? squareRoot : powerEach
  loop(out, a, b)
}
