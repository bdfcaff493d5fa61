/** Comparisons and logic of columns. Unlike the reference, an integer column may be compared with any Python integer; the
 *  comparison is by value. */
import type { Values } from '../core/types.js'
import type { OrderOp } from './ast.js'
import { defaultType, type ElementType, inRange, isFloating, isUnsigned, promote, promoteWeak } from './element.js'
import { constantValues, toBigs, toNumbers } from './lanes.js'
import { COMPARE_BIGS, COMPARE_NUMBERS, logicalAnd, logicalNot, logicalOr, logicalXor, truth } from './loops/tests.js'
import type { BoolLoop } from './loops/types.js'
import { constantPlan, elementwise, numberOf, type Operand, type Plan } from './plan.js'
import type { Env } from './scope.js'

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
  if (!floats && (is64(a.dtype) || is64(b.dtype))) {
    return condition([a, b], (out, [x, y]) => COMPARE_BIGS[op](out, signedOrNot(x!, a.dtype), signedOrNot(y!, b.dtype)))
  }
  const loop = COMPARE_NUMBERS[op]
  return condition([a, b], (out, [x, y]) => loop(out, toNumbers(x!, type), toNumbers(y!, type)))
}

function compareWithNumber<E extends Env>(op: OrderOp, a: Plan<E>, value: bigint | number | boolean): Plan<E> {
  const integers = !isFloating(a.dtype) && typeof value !== 'number'
  const type = integers ? integerLane(a.dtype, BigInt(value)) : promoteWeak(a.dtype, value)
  if (type === 'int64' || type === 'uint64') {
    const constant = toBigs(constantValues(value, type), type)
    return condition([a], (out, [x]) => COMPARE_BIGS[op](out, toBigs(x!, type), constant))
  }
  const number = integers && is64(a.dtype) ? comparable(a.dtype, BigInt(value)) : value
  const constant = toNumbers(constantValues(number, type), type)
  const loop = COMPARE_NUMBERS[op]
  return condition([a], (out, [x]) => loop(out, toNumbers(x!, type), constant))
}

/** Type to compare integers of a column with an integer constant in. The doubles nearest to 64-bit integers are in the
 *  same order to a constant below 2^53 as the integers themselves, and much faster to compare. */
function integerLane(column: ElementType, value: bigint): ElementType {
  if (is64(column))
    return value < 1n << 53n && value > -1n << 53n ? 'float64' : inRange(value, column) ? column : 'float64'
  return column !== 'uint32' && inRange(value, 'int32') ? 'int32' : 'float64'
}

/** A double in the same order to the column's as the constant is to the column. */
function comparable(column: ElementType, value: bigint): number {
  if (inRange(value, column)) return Number(value)
  return value > 0n ? Infinity : -Infinity
}

function is64(type: ElementType): type is 'int64' | 'uint64' {
  return type === 'int64' || type === 'uint64'
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
  return condition(conditions, (out, inputs) => {
    const a = inputs[0] as Uint8Array
    loop(out, a, (inputs[1] as Uint8Array | undefined) ?? a)
  })
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
