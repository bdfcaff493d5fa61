/** Comparisons and logic of columns. Unlike the reference, an integer column may be compared with any Python integer; the
 *  comparison is by value. */
import type { Values } from '../core/types.js'
import type { OrderOp } from './ast.js'
import {
  defaultType,
  type ElementType,
  inRange,
  isBigType,
  isFloating,
  isUnsigned,
  promote,
  promoteWeak,
} from './element.js'
import { constantValues, toBigs, toNumbers } from './lanes.js'
import { COMPARE_BIGS, COMPARE_NUMBERS, logicalAnd, logicalNot, logicalOr, logicalXor, truth } from './loops/tests.js'
import type { BoolLoop } from './loops/types.js'
import { constantPlan, elementwise, numberOf, type Operand, type Plan } from './plan.js'
import type { Env } from './scope.js'

/** Doubles hold all integers up to here. */
const MAX_EXACT = 1n << 53n

const MIRRORED: Readonly<Record<OrderOp, OrderOp>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

/** The condition `a op b`. */
export function compareOperands<E extends Env>(op: OrderOp, a: Operand<E>, b: Operand<E>): Plan<E> {
  if (a.kind === 'plan' && b.kind === 'plan') return comparePlans(op, a, b)
  if (a.kind === 'plan' && b.kind === 'scalar') return compareWithNumber(op, a, numberOf(b, op))
  if (a.kind === 'scalar' && b.kind === 'plan') return compareWithNumber(MIRRORED[op], b, numberOf(a, op))
  const [x, y] = [a, b].map(o => settled(o, op)) as [Plan<E>, Plan<E>]
  return comparePlans(op, x, y)
}

function comparePlans<E extends Env>(op: OrderOp, a: Plan<E>, b: Plan<E>): Plan<E> {
  const type = promote(a.dtype, b.dtype)
  const floats = isFloating(a.dtype) || isFloating(b.dtype)
  if (!floats && (isBigType(a.dtype) || isBigType(b.dtype))) {
    return condition([a, b], (out, [x, y]) => COMPARE_BIGS[op](out, signedOrNot(x!, a.dtype), signedOrNot(y!, b.dtype)))
  }
  // uint32 with a signed type: both fit into doubles, which are faster than 64-bit integers.
  const lane = isBigType(type) ? 'float64' : type
  const loop = COMPARE_NUMBERS[op]
  return condition([a, b], (out, [x, y]) => loop(out, toNumbers(x!, lane), toNumbers(y!, lane)))
}

function compareWithNumber<E extends Env>(op: OrderOp, a: Plan<E>, value: bigint | number | boolean): Plan<E> {
  const type = a.dtype
  if (typeof value === 'number' || isFloating(type)) return compareAs(op, a, promoteWeak(type, value), value)
  const integer = BigInt(value)
  if (!isBigType(type)) {
    return compareAs(op, a, type !== 'uint32' && inRange(integer, 'int32') ? 'int32' : 'float64', integer)
  }
  // The doubles nearest to 64-bit integers are in the same order to a constant within 2^53 as the integers themselves, and
  // much faster to compare.
  if (integer < MAX_EXACT && integer > -MAX_EXACT) return compareAs(op, a, 'float64', integer)
  if (!inRange(integer, type)) return compareAs(op, a, 'float64', integer > 0n ? Infinity : -Infinity)
  const constant = toBigs(constantValues(integer, type), type)
  return condition([a], (out, [x]) => COMPARE_BIGS[op](out, toBigs(x!, type), constant))
}

/** Compares in numbers of the lane type `type`. */
function compareAs<E extends Env>(
  op: OrderOp,
  a: Plan<E>,
  type: ElementType,
  value: bigint | number | boolean,
): Plan<E> {
  const constant = toNumbers(constantValues(value, type), type)
  const loop = COMPARE_NUMBERS[op]
  return condition([a], (out, [x]) => loop(out, toNumbers(x!, type), constant))
}

function signedOrNot(values: Values, type: ElementType) {
  return toBigs(values, isUnsigned(type) ? 'uint64' : 'int64')
}

function condition<E extends Env>(
  plans: readonly Plan<E>[],
  fill: (out: Uint8Array, inputs: readonly Values[]) => void,
): Plan<E> {
  return elementwise('bool', plans, (inputs, length) => {
    const out = new Uint8Array(length)
    fill(out, inputs)
    return out
  })
}

const LOGIC = { and: logicalAnd, or: logicalOr, xor: logicalXor, not: logicalNot } as const

/** np.logical_and and its like: numbers count as true unless they are zero. */
export function logicOf<E extends Env>(op: keyof typeof LOGIC, operands: readonly Operand<E>[]): Plan<E> {
  const loop: BoolLoop = LOGIC[op]
  const conditions = operands.map(o => toCondition(settled(o, `np.logical_${op}`)))
  return condition(conditions, (out, [a, b = a]) => loop(out, a as Uint8Array, b as Uint8Array))
}

/** The plan itself if it is a condition, else "not zero". */
export function toCondition<E extends Env>(plan: Plan<E>): Plan<E> {
  return plan.dtype === 'bool' ? plan : elementwise('bool', [plan], ([values]) => truth(values!))
}

/** The operand with a type of its own. */
export function settled<E extends Env>(operand: Operand<E>, name: string): Plan<E> {
  if (operand.kind === 'plan') return operand
  const value = numberOf(operand, name)
  return constantPlan(value, defaultType(value))
}
