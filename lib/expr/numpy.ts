/** What an expression may use of numpy: constants, element-wise functions, numpy scalars. */
import type { OrderOp } from './ast.js'
import { compareOperands, logicOf } from './compare.js'
import { type ElementType, inRange, isInteger } from './element.js'
import { RuleError } from './error.js'
import { roundHalfEven } from './lanes.js'
import * as float from './loops/arithmetic.js'
import * as big from './loops/bigs.js'
import { squareIntegers } from './loops/integers.js'
import * as test from './loops/tests.js'
import { BINARY, UNARY } from './operators.js'
import { constantPlan, numberOf, type Operand, type Plan } from './plan.js'
import { describe, truthOf } from './scalars.js'
import type { Env } from './scope.js'
import { applyUfunc, keep, noBool, toDouble, toFloat, type Ufunc } from './ufuncs.js'

/** A function of columns and numbers. `apply` throws RuleError. */
export interface ElementwiseFunction {
  readonly operands: number
  apply<E extends Env>(operands: readonly Operand<E>[]): Plan<E>
}

export const NUMPY_CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Infinity,
  nan: Number.NaN,
}

type Loops = Omit<Ufunc, 'name' | 'operands' | 'type'>

/** Functions that keep the type. */
const KEEPING: Readonly<Record<string, Loops>> = {
  absolute: { float: float.absolute, integer: float.absolute, big: big.absoluteBigs, bool: test.copyBools },
  sign: { float: float.sign, integer: float.sign, big: big.signBigs },
  floor: whole(Math.floor),
  ceil: whole(Math.ceil),
  trunc: whole(Math.trunc),
}
/** round without a number of decimals. */
const ROUND: Loops = { float: float.eachValue(roundHalfEven), integer: float.copy, big: big.copyBigs }

function whole(f: (x: number) => number): Loops {
  return { float: float.eachValue(f), integer: float.copy, big: big.copyBigs, bool: test.copyBools }
}

/** Functions of one float, to which integers are converted. */
const FLOAT: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp,
  exp2: x => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  cbrt: Math.cbrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  rint: roundHalfEven,
  deg2rad: x => (x * Math.PI) / 180,
  rad2deg: x => (x * 180) / Math.PI,
}

/** Functions of two floats. */
const FLOAT_PAIR: Readonly<Record<string, (x: number, y: number) => number>> = {
  arctan2: Math.atan2,
  hypot: Math.hypot,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  logaddexp: (x, y) => (x === y ? x + Math.LN2 : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)))),
  heaviside: (x, y) => (x > 0 ? 1 : x < 0 ? 0 : x === 0 ? y : Number.NaN),
}

const COMPARISONS: Readonly<Record<string, OrderOp>> = {
  less: '<',
  less_equal: '<=',
  greater: '>',
  greater_equal: '>=',
  equal: '==',
  not_equal: '!=',
}

const ALIASES: Readonly<Record<string, string>> = {
  abs: 'absolute',
  acos: 'arccos',
  acosh: 'arccosh',
  asin: 'arcsin',
  asinh: 'arcsinh',
  atan: 'arctan',
  atan2: 'arctan2',
  atanh: 'arctanh',
  around: 'round',
  degrees: 'rad2deg',
  radians: 'deg2rad',
  mod: 'remainder',
  true_divide: 'divide',
  pow: 'power',
  bitwise_not: 'invert',
  bitwise_invert: 'invert',
  bitwise_left_shift: 'left_shift',
  bitwise_right_shift: 'right_shift',
}

const SCALAR_TYPES: Readonly<Record<string, ElementType>> = {
  bool: 'bool',
  bool_: 'bool',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'int64',
  uint64: 'uint64',
  float16: 'float16',
  float32: 'float32',
  float64: 'float64',
}

function* ufuncs(): Generator<Ufunc> {
  const operators = {
    add: BINARY['+'],
    subtract: BINARY['-'],
    multiply: BINARY['*'],
    divide: BINARY['/'],
    floor_divide: BINARY['//'],
    remainder: BINARY['%'],
    power: BINARY['**'],
    bitwise_and: BINARY['&'],
    bitwise_or: BINARY['|'],
    bitwise_xor: BINARY['^'],
    left_shift: BINARY['<<'],
    right_shift: BINARY['>>'],
    negative: UNARY['-'],
    positive: UNARY['+'],
    invert: UNARY['~'],
  }
  for (const [name, ufunc] of Object.entries(operators)) yield { ...ufunc, name }
  for (const [name, loops] of Object.entries(KEEPING)) yield { name, operands: 1, type: keep, ...loops }
  for (const [name, f] of Object.entries(FLOAT)) yield { name, operands: 1, type: toFloat, float: float.eachValue(f) }
  for (const [name, f] of Object.entries(FLOAT_PAIR))
    yield { name, operands: 2, type: toFloat, float: float.eachPair(f) }
  yield { name: 'sqrt', operands: 1, type: toFloat, float: float.squareRoot }
  yield { name: 'fabs', operands: 1, type: toFloat, float: float.absolute }
  yield { name: 'round', operands: 1, type: keep, ...ROUND }
  yield { name: 'square', operands: 1, type: noBool, float: float.square, integer: squareIntegers, big: big.squareBigs }
  yield { name: 'float_power', operands: 2, type: toDouble, float: float.powerFloats }
  const extremes = { operands: 2, type: keep } as const
  const most = { integer: float.maximum, big: big.maximumBigs, bool: test.logicalOr }
  const least = { integer: float.minimum, big: big.minimumBigs, bool: test.logicalAnd }
  yield { name: 'maximum', ...extremes, float: float.maximum, ...most }
  yield { name: 'minimum', ...extremes, float: float.minimum, ...least }
  yield { name: 'fmax', ...extremes, float: float.fmax, ...most }
  yield { name: 'fmin', ...extremes, float: float.fmin, ...least }
  yield { name: 'isnan', operands: 1, type: toFloat, test: test.isNaNs }
  yield { name: 'isfinite', operands: 1, type: toFloat, test: test.isFinites }
  yield { name: 'isinf', operands: 1, type: toFloat, test: test.isInfinites }
  yield { name: 'signbit', operands: 1, type: toFloat, test: test.signBits }
}

function table(): Map<string, ElementwiseFunction> {
  const functions = new Map<string, ElementwiseFunction>()
  for (const ufunc of ufuncs()) {
    const named = { ...ufunc, name: `np.${ufunc.name}` }
    functions.set(ufunc.name, { operands: ufunc.operands, apply: operands => applyUfunc(named, operands) })
  }
  for (const [name, op] of Object.entries(COMPARISONS)) {
    functions.set(name, { operands: 2, apply: ([a, b]) => compareOperands(op, a!, b!) })
  }
  for (const op of ['and', 'or', 'xor', 'not'] as const) {
    functions.set(`logical_${op}`, { operands: op === 'not' ? 1 : 2, apply: operands => logicOf(op, operands) })
  }
  for (const [name, dtype] of Object.entries(SCALAR_TYPES)) {
    functions.set(name, { operands: 1, apply: ([operand]) => numpyScalar(`np.${name}`, operand!, dtype) })
  }
  for (const [alias, name] of Object.entries(ALIASES)) functions.set(alias, functions.get(name)!)
  return functions
}

function numpyScalar<E extends Env>(name: string, operand: Operand<E>, dtype: ElementType): Plan<E> {
  if (operand.kind === 'plan') throw new RuleError(`${name} takes a number, not a column`)
  const value = numberOf(operand, name)
  if (!isInteger(dtype)) return constantPlan(dtype === 'bool' ? truthOf(value) : value, dtype)
  const whole = typeof value === 'number' ? Math.trunc(value) : value
  const fits = typeof whole !== 'number' || Number.isFinite(whole)
  if (!fits || !inRange(BigInt(whole), dtype)) throw new RuleError(`${describe(value)} does not fit into ${name}`)
  return constantPlan(whole, dtype)
}

/** Functions by their name after `np.`. */
export const NUMPY_FUNCTIONS: ReadonlyMap<string, ElementwiseFunction> = table()
