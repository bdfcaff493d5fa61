/** Loops that give conditions (0 or 1): comparisons, logic, truth of numbers, tests of floats. */
import type { Values } from '../../core/types.js'
import type { OrderOp } from '../ast.js'
import { type Bigs, isBig, type Numbers } from '../lanes.js'
import { type BoolLoop, indexMask, type TestLoop } from './types.js'

export const COMPARE_NUMBERS: Readonly<Record<OrderOp, TestLoop<Numbers>>> = {
  '<': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! < b[i & q]!)
  },
  '<=': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! <= b[i & q]!)
  },
  '>': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! > b[i & q]!)
  },
  '>=': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! >= b[i & q]!)
  },
  '==': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! === b[i & q]!)
  },
  '!=': (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +(a[i & p]! !== b[i & q]!)
  },
}

/** Signed may be compared with unsigned: bigints compare by value. */
export const COMPARE_BIGS: Readonly<Record<OrderOp, TestLoop<Bigs>>> = {
  '<': eachBigPair((x, y) => x < y),
  '<=': eachBigPair((x, y) => x <= y),
  '>': eachBigPair((x, y) => x > y),
  '>=': eachBigPair((x, y) => x >= y),
  '==': eachBigPair((x, y) => x === y),
  '!=': eachBigPair((x, y) => x !== y),
}

function eachBigPair(f: (x: bigint, y: bigint) => boolean): TestLoop<Bigs> {
  return (out, a, b) => {
    const [p, q] = [indexMask(a), indexMask(b)]
    for (let i = 0; i < out.length; i++) out[i] = +f(a[i & p]!, b[i & q]!)
  }
}

export const logicalAnd: BoolLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! & b[i & q]!
}
export const logicalOr: BoolLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! | b[i & q]!
}
export const logicalXor: BoolLoop = (out, a, b) => {
  const [p, q] = [indexMask(a), indexMask(b)]
  for (let i = 0; i < out.length; i++) out[i] = a[i & p]! ^ b[i & q]!
}
export const logicalNot: BoolLoop = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! ^ 1
}
export const copyBools: BoolLoop = (out, a) => out.set(a)

export const isNaNs: TestLoop<Numbers> = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = +Number.isNaN(a[i]!)
}
export const isFinites: TestLoop<Numbers> = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = +Number.isFinite(a[i]!)
}
export const isInfinites: TestLoop<Numbers> = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = +(Math.abs(a[i]!) === Infinity)
}
export const signBits: TestLoop<Numbers> = (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = +(a[i]! < 0 || Object.is(a[i], -0))
}

/** 1 where a stored value is not zero; NaN is not zero. */
export function truth(values: Values): Uint8Array {
  const out = new Uint8Array(values.length)
  if (isBig(values)) {
    for (let i = 0; i < out.length; i++) out[i] = +(values[i] !== 0n)
  } else {
    for (let i = 0; i < out.length; i++) out[i] = +(values[i] !== 0)
  }
  return out
}
