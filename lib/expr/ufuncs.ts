/** numpy's element-wise functions of one result: which types they take and give, and the loops that do the work.
 *  Source of the type rules: the `types` of each ufunc in numpy 2 and NEP 50. */

import { defaultType, type ElementType, floatFor, isFloating, isInteger, promote, promoteWeak } from './element.js'
import { RuleError } from './error.js'
import { type Bigs, type Numbers, newElements, newLane, toBigs, toNumbers, toStored } from './lanes.js'
import type { BigLoop, BoolLoop, NumberLoop, TestLoop } from './loops/types.js'
import { constantPlan, elementwise, numberOf, type Operand, type Plan } from './plan.js'
import type { Env } from './scope.js'

/** Type that the operands are converted to, given their common type. */
export type TypeRule = (common: ElementType) => ElementType

export interface Ufunc {
  /** As error messages call it. */
  readonly name: string
  readonly operands: 1 | 2
  readonly type: TypeRule
  /** Loops by the type that `type` gives; where one is missing, numpy has no such loop either. */
  readonly float?: NumberLoop
  readonly integer?: NumberLoop
  readonly big?: BigLoop
  readonly bool?: BoolLoop
  /** Instead of the others: floats in, a condition out. */
  readonly test?: TestLoop<Numbers>
}

export const keep: TypeRule = common => common
/** bool runs as int8. */
export const noBool: TypeRule = common => (common === 'bool' ? 'int8' : common)
export const toFloat: TypeRule = floatFor
export const toDivision: TypeRule = common => (isFloating(common) ? common : 'float64')
export const toDouble: TypeRule = () => 'float64'

/** The step that applies the function. Throws RuleError where numpy has no loop for the types. */
export function applyUfunc<E extends Env>(ufunc: Ufunc, operands: readonly Operand<E>[]): Plan<E> {
  const type = ufunc.type(commonType(ufunc.name, operands))
  const plans = operands.map(o => asPlan(o, type, ufunc.name))
  if (ufunc.test !== undefined) return testPlan(ufunc.test, type, plans)
  if (type === 'bool') return boolPlan(ufunc, plans)
  if (type === 'int64' || type === 'uint64') return bigPlan(ufunc, type, plans)
  const loop = isFloating(type) ? ufunc.float : ufunc.integer
  if (loop === undefined) throw noLoop(ufunc, operands)
  return elementwise(type, plans, (inputs, length) => {
    const out = newLane(type, length)
    const a = toNumbers(inputs[0]!, type)
    loop(out, a, inputs.length > 1 ? toNumbers(inputs[1]!, type) : a)
    return toStored(out, type)
  })
}

/** Common type of the operands: columns lead, Python numbers follow; numbers alone have their default types. */
export function commonType<E extends Env>(name: string, operands: readonly Operand<E>[]): ElementType {
  let common: ElementType | undefined
  for (const o of operands) {
    if (o.kind === 'plan') common = common === undefined ? o.dtype : promote(common, o.dtype)
  }
  const strong = common
  for (const o of operands) {
    if (o.kind === 'plan') continue
    const value = numberOf(o, name)
    const own = strong === undefined ? defaultType(value) : promoteWeak(strong, value)
    common = common === undefined ? own : promote(common, own)
  }
  return common!
}

export function asPlan<E extends Env>(operand: Operand<E>, type: ElementType, name: string): Plan<E> {
  return operand.kind === 'plan' ? operand : constantPlan(numberOf(operand, name), type)
}

function testPlan<E extends Env>(test: TestLoop<Numbers>, type: ElementType, plans: readonly Plan<E>[]): Plan<E> {
  return elementwise('bool', plans, (inputs, length) => {
    const out = new Uint8Array(length)
    const a = toNumbers(inputs[0]!, type)
    test(out, a, a)
    return out
  })
}

function boolPlan<E extends Env>(ufunc: Ufunc, plans: readonly Plan<E>[]): Plan<E> {
  const loop = ufunc.bool
  if (loop === undefined) throw noLoop(ufunc, plans)
  return elementwise('bool', plans, (inputs, length) => {
    const out = new Uint8Array(length)
    const a = inputs[0] as Uint8Array
    loop(out, a, (inputs[1] as Uint8Array | undefined) ?? a)
    return out
  })
}

function bigPlan<E extends Env>(ufunc: Ufunc, type: 'int64' | 'uint64', plans: readonly Plan<E>[]): Plan<E> {
  const loop = ufunc.big
  if (loop === undefined) throw noLoop(ufunc, plans)
  return elementwise(type, plans, (inputs, length) => {
    const out = newElements(type, length) as Bigs
    const a = toBigs(inputs[0]!, type)
    loop(out, a, inputs.length > 1 ? toBigs(inputs[1]!, type) : a)
    return out
  })
}

/** The operation has no loop for these types. */
function noLoop<E extends Env>(ufunc: Ufunc, operands: readonly Operand<E>[]): RuleError {
  const types = operands.map(o => (o.kind === 'plan' ? o.dtype : defaultType(numberOf(o, ufunc.name))))
  return new RuleError(`${ufunc.name} does not work on ${types.join(' and ')}`, adviceFor(ufunc, types))
}

function adviceFor(ufunc: Ufunc, types: readonly ElementType[]): string {
  if (ufunc.float === undefined && types.some(isFloating)) {
    return 'Conditions joined with & or | need parentheses: (a > 1) & (b > 2).'
  }
  if (types.every(t => t === 'bool')) return 'For conditions use & | ^ ~.'
  return types.some(isInteger) ? 'Make one of them a float.' : ''
}
