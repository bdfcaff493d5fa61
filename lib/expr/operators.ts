/** Python's arithmetic operators as ufuncs: the types and loops behind `a + b` and `-a`. */
import type { ArithmeticOp, UnaryOp } from './ast.js'
import { type ElementType, isInteger } from './element.js'
import { RuleError } from './error.js'
import * as float from './loops/arithmetic.js'
import * as big from './loops/bigs.js'
import * as integer from './loops/integers.js'
import { NEGATIVE_POWER, NEGATIVE_POWER_ADVICE } from './loops/integers.js'
import * as test from './loops/tests.js'
import type { Operand } from './plan.js'
import type { Env } from './scope.js'
import { keep, noBool, toDivision, type Ufunc } from './ufuncs.js'

type Rest = Omit<Ufunc, 'name' | 'operands' | 'type'>

function binary(name: ArithmeticOp, type: Ufunc['type'], loops: Rest): Ufunc {
  return { name, operands: 2, type, ...loops }
}

export const BINARY: Readonly<Record<ArithmeticOp, Ufunc>> = {
  '+': binary('+', keep, { float: float.add, integer: float.add, big: big.addBigs, bool: test.logicalOr }),
  '-': binary('-', keep, { float: float.subtract, integer: float.subtract, big: big.subtractBigs }),
  '*': binary('*', keep, {
    float: float.multiply,
    integer: integer.multiplyIntegers,
    big: big.multiplyBigs,
    bool: test.logicalAnd,
  }),
  '/': binary('/', toDivision, { float: float.divide }),
  '//': binary('//', noBool, {
    float: float.floorDivideFloats,
    integer: integer.floorDivideIntegers,
    big: big.floorDivideBigs,
  }),
  '%': binary('%', noBool, {
    float: float.remainderFloats,
    integer: integer.remainderIntegers,
    big: big.remainderBigs,
  }),
  '**': binary('**', noBool, {
    float: float.powerFloats,
    integer: integer.powerIntegers,
    big: big.powerBigs,
    refuses: negativePower,
  }),
  '&': binary('&', keep, { integer: integer.bitAnd, big: big.andBigs, bool: test.logicalAnd }),
  '|': binary('|', keep, { integer: integer.bitOr, big: big.orBigs, bool: test.logicalOr }),
  '^': binary('^', keep, { integer: integer.bitXor, big: big.xorBigs, bool: test.logicalXor }),
  '<<': binary('<<', noBool, { integer: integer.shiftLeft, big: big.shiftLeftBigs }),
  '>>': binary('>>', noBool, { integer: integer.shiftRight, big: big.shiftRightBigs }),
}

/** Known before any event is read, unlike an exponent that is a column. */
function negativePower<E extends Env>([, exponent]: readonly Operand<E>[], type: ElementType): void {
  if (isInteger(type) && exponent?.kind === 'scalar' && Number(exponent.value) < 0) {
    throw new RuleError(NEGATIVE_POWER, NEGATIVE_POWER_ADVICE)
  }
}

function unary(name: string, loops: Rest): Ufunc {
  return { name, operands: 1, type: keep, ...loops }
}

export const UNARY: Readonly<Record<Exclude<UnaryOp, 'not'>, Ufunc>> = {
  '+': unary('unary +', { float: float.copy, integer: float.copy, big: big.copyBigs }),
  '-': unary('unary -', { float: float.negative, integer: float.negative, big: big.negativeBigs }),
  '~': unary('~', { integer: integer.bitNot, big: big.notBigs, bool: test.logicalNot }),
}
