/** numpy's element-wise functions of one result: which types they take and give, and the loops that do the work.
 *  Source of the type rules: the `types` of each ufunc in numpy 2 and NEP 50. */

import { defaultType, type ElementType, floatFor, isBigType, isFloating, promote, promoteWeak } from './element.js'
import { RuleError } from './error.js'
import { type Bigs, type Numbers, newElements, newLane, toBigs, toNumbers, toStored } from './lanes.js'
import type { BigLoop, BoolLoop, NumberLoop, TestLoop } from './loops/types.js'
import { constantPlan, elementwise, numberOf, type Operand, type Plan } from './plan.js'
import { describe } from './scalars.js'
import type { Env } from './scope.js'

/** Type that the operands are converted to, given the type of each. */
export type TypeRule = (types: readonly ElementType[]) => ElementType

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
  /** Throws RuleError at operands that would fail when run. type: what they are converted to. */
  readonly refuses?: <E extends Env>(operands: readonly Operand<E>[], type: ElementType) => void
}

export const keep: TypeRule = types => types.reduce(promote)
/** bool runs as int8. */
export const noBool: TypeRule = types => (keep(types) === 'bool' ? 'int8' : keep(types))
/** Each to a float that holds it, so that int8 with uint16 makes float32 although their common type is int32. */
export const toFloat: TypeRule = types => types.map(floatFor).reduce(promote)
export const toDivision: TypeRule = types => (isFloating(keep(types)) ? keep(types) : 'float64')
export const toDouble: TypeRule = () => 'float64'

/** The step that applies the function. Throws RuleError where numpy has no loop for the types. */
export function applyUfunc<E extends Env>(ufunc: Ufunc, operands: readonly Operand<E>[]): Plan<E> {
  const types = typesOf(ufunc.name, operands)
  const type = ufunc.type(types)
  ufunc.refuses?.(operands, type)
  const plans = operands.map(o => (o.kind === 'plan' ? o : constantPlan<E>(numberOf(o, ufunc.name), type)))
  if (ufunc.test !== undefined) return testPlan(ufunc.test, type, plans)
  if (type === 'bool') {
    if (ufunc.bool !== undefined) return boolPlan(ufunc.bool, plans)
  } else if (isBigType(type)) {
    if (ufunc.big !== undefined) return bigPlan(ufunc.big, type, plans)
  } else {
    const loop = isFloating(type) ? ufunc.float : ufunc.integer
    if (loop !== undefined) return numberPlan(loop, type, plans)
  }
  const given = operands.map(o => (o.kind === 'plan' ? o.dtype : describe(o.value)))
  throw new RuleError(`${ufunc.name} does not work on ${given.join(' and ')}`, adviceFor(ufunc, types))
}

/** Type of each operand: a Python number follows the column, and has its default type where there is none. */
function typesOf<E extends Env>(name: string, operands: readonly Operand<E>[]): ElementType[] {
  const columns = operands.flatMap(o => (o.kind === 'plan' ? [o.dtype] : []))
  const common = columns.length === 0 ? undefined : columns.reduce(promote)
  return operands.map(o => {
    if (o.kind === 'plan') return o.dtype
    const value = numberOf(o, name)
    return common === undefined ? defaultType(value) : promoteWeak(common, value)
  })
}

function testPlan<E extends Env>(test: TestLoop<Numbers>, type: ElementType, plans: readonly Plan<E>[]): Plan<E> {
  return elementwise('bool', plans, ([a], length) => {
    const out = new Uint8Array(length)
    const numbers = toNumbers(a!, type)
    test(out, numbers, numbers)
    return out
  })
}

/** Of one operand, loops get the same one twice. */
function numberPlan<E extends Env>(loop: NumberLoop, type: ElementType, plans: readonly Plan<E>[]): Plan<E> {
  return elementwise(type, plans, ([a, b = a], length) => {
    const out = newLane(type, length)
    loop(out, toNumbers(a!, type), toNumbers(b!, type))
    return toStored(out, type)
  })
}

function boolPlan<E extends Env>(loop: BoolLoop, plans: readonly Plan<E>[]): Plan<E> {
  return elementwise('bool', plans, ([a, b = a], length) => {
    const out = new Uint8Array(length)
    loop(out, a as Uint8Array, b as Uint8Array)
    return out
  })
}

function bigPlan<E extends Env>(loop: BigLoop, type: 'int64' | 'uint64', plans: readonly Plan<E>[]): Plan<E> {
  return elementwise(type, plans, ([a, b = a], length) => {
    const out = newElements(type, length) as Bigs
    loop(out, toBigs(a!, type), toBigs(b!, type))
    return out
  })
}

function adviceFor(ufunc: Ufunc, types: readonly ElementType[]): string {
  if (ufunc.float === undefined && types.some(isFloating)) {
    return 'Conditions joined with & or | need parentheses: (a > 1) & (b > 2).'
  }
  return types.every(t => t === 'bool') ? 'For conditions use & | ^ ~.' : ''
}
