/** Python's arithmetic on plain numbers (int: bigint, float: number, bool: boolean), for the parts of an expression that
 *  hold no column. */
import type { ArithmeticOp, OrderOp, PyValue, UnaryOp } from './ast.js'
import { isNumeric } from './element.js'
import { RuleError } from './error.js'
import { floorDivideFloat, remainderFloat } from './loops/divide-float.js'

/** Larger integers serve no purpose in a selection and could fill the memory. */
const MAX_BITS = 4096

type PyNumber = bigint | number | boolean

export function truthOf(value: PyValue): boolean {
  return typeof value === 'bigint' ? value !== 0n : typeof value === 'number' ? value !== 0 : Boolean(value)
}

export function pythonUnary(op: UnaryOp, value: PyValue): PyValue {
  if (op === 'not') return !truthOf(value)
  if (!isNumeric(value) || (op === '~' && typeof value === 'number')) {
    throw new RuleError(`${op} does not work on ${describe(value)}`)
  }
  if (typeof value === 'number') return op === '-' ? -value : value
  const int = BigInt(value)
  return op === '-' ? -int : op === '~' ? ~int : int
}

export function pythonBinary(op: ArithmeticOp, a: PyValue, b: PyValue): PyValue {
  if (!isNumeric(a) || !isNumeric(b)) throw new RuleError(`${op} does not work on ${describe(a)} and ${describe(b)}`)
  if (op === '/') return divide(a, b)
  if (typeof a === 'number' || typeof b === 'number') return floatOperation(op, Number(a), Number(b))
  const result = integerOperation(op, BigInt(a), BigInt(b))
  const logical = typeof a === 'boolean' && typeof b === 'boolean' && (op === '&' || op === '|' || op === '^')
  return logical ? Boolean(result) : result
}

export function pythonCompare(op: OrderOp, a: PyValue, b: PyValue): boolean {
  const numbers = isNumeric(a) && isNumeric(b)
  if (op === '==' || op === '!=') {
    const equal = numbers ? pythonNumber(a) <= pythonNumber(b) && pythonNumber(a) >= pythonNumber(b) : a === b
    return equal === (op === '==')
  }
  if (!numbers && !(typeof a === 'string' && typeof b === 'string')) {
    throw new RuleError(`${op} does not work on ${describe(a)} and ${describe(b)}`)
  }
  // JavaScript compares bigint with number exactly, as Python does.
  const [x, y] = [a, b] as [number, number]
  return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y
}

export function describe(value: PyValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'string' ? 'text' : String(value)
}

function pythonNumber(value: PyNumber): bigint | number {
  return typeof value === 'boolean' ? BigInt(value) : value
}

function divide(a: PyNumber, b: PyNumber): number {
  if (Number(b) === 0) throw new RuleError('division by zero')
  return Number(a) / Number(b)
}

function floatOperation(op: ArithmeticOp, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '**':
      return floatPower(a, b)
    case '//':
    case '%':
      if (b === 0) throw new RuleError('division by zero')
      return op === '//' ? floorDivideFloat(a, b) : remainderFloat(a, b)
    default:
      throw new RuleError(`${op} does not work on a float`)
  }
}

function floatPower(a: number, b: number): number {
  if (a === 0 && b < 0) throw new RuleError('0 cannot be raised to a negative power')
  if (a < 0 && Number.isFinite(b) && !Number.isInteger(b)) {
    throw new RuleError('a negative number to a fractional power is complex')
  }
  return a ** b
}

function integerOperation(op: ArithmeticOp, a: bigint, b: bigint): bigint | number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return limited(a * b)
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '//':
    case '%': {
      if (b === 0n) throw new RuleError('division by zero')
      const adjust = a % b !== 0n && a < 0n !== b < 0n
      if (op === '//') return adjust ? a / b - 1n : a / b
      return adjust ? (a % b) + b : a % b
    }
    case '**':
      return integerPower(a, b)
    default:
      return shift(op, a, b)
  }
}

function integerPower(a: bigint, b: bigint): bigint | number {
  if (b < 0n) return floatPower(Number(a), Number(b))
  const trivial = a >= -1n && a <= 1n
  if (!trivial && b * BigInt(bitLength(a)) > MAX_BITS) throw new RuleError('integer too large')
  return trivial ? a ** (b % 2n === 0n && b > 0n ? 2n : b > 0n ? 1n : 0n) : a ** b
}

function shift(op: ArithmeticOp, a: bigint, b: bigint): bigint {
  if (b < 0n) throw new RuleError('negative shift count')
  if (op === '>>') return a >> b
  if (b > MAX_BITS) throw new RuleError('integer too large')
  return limited(a << b)
}

function limited(value: bigint): bigint {
  if (bitLength(value) > MAX_BITS) throw new RuleError('integer too large')
  return value
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length
}
