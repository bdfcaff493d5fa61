/** The functions of awkward that choose between values or deal with nulls: where, mask, fill_none, is_none. */
import { settled, toCondition } from './compare.js'
import { promote } from './element.js'
import { RuleError } from './error.js'
import { select } from './loops/select.js'
import { logicalNot } from './loops/tests.js'
import { allValid, commonShape, lengthOf, type Operand, type Plan, type Vector } from './plan.js'
import type { Env } from './scope.js'

/** Valid everywhere, as an operand of one element. */
const ALL = Uint8Array.of(1)

/** ak.where with three arguments: null where the condition or the chosen value is null. */
export function where<E extends Env>(condition: Plan<E>, x: Operand<E>, y: Operand<E>): Plan<E> {
  const plans = [toCondition(condition), settled(x, 'ak.where'), settled(y, 'ak.where')] as const
  const dtype = promote(plans[1].dtype, plans[2].dtype)
  const shape = commonShape(plans)
  return {
    kind: 'plan',
    dtype,
    nullable: plans.some(p => p.nullable),
    shape,
    run: run => {
      const length = lengthOf(shape, run.env)
      const [test, a, b] = [plans[0].run(run), plans[1].run(run), plans[2].run(run)]
      const chosen = test.values as Uint8Array
      return {
        values: select(chosen, a.values, b.values, dtype, length),
        valid: allValid([test, { values: chosen, valid: validityOf(chosen, a, b, length) }]),
      }
    },
  }
}

function validityOf(chosen: Uint8Array, a: Vector, b: Vector, length: number): Uint8Array | undefined {
  if (a.valid === undefined && b.valid === undefined) return undefined
  return select(chosen, a.valid ?? ALL, b.valid ?? ALL, 'bool', length) as Uint8Array
}

/** ak.mask: null where the condition is false. */
export function mask<E extends Env>(plan: Plan<E>, condition: Plan<E>): Plan<E> {
  if (condition.dtype !== 'bool') throw new RuleError(`ak.mask takes a condition as mask, got ${condition.dtype}`)
  return {
    ...plan,
    nullable: true,
    shape: commonShape([plan, condition]),
    run: run => {
      const [a, m] = [plan.run(run), condition.run(run)]
      return { values: a.values, valid: allValid([a, m, { values: m.values, valid: m.values as Uint8Array }]) }
    },
  }
}

/** ak.fill_none. A column that cannot be null keeps its type whatever the value's. */
export function fillNone<E extends Env>(plan: Plan<E>, value: Operand<E>): Plan<E> {
  const filling = settled(value, 'ak.fill_none')
  if (filling.shape !== 'constant') {
    throw new RuleError('ak.fill_none takes a number as value', 'Write ak.where(ak.is_none(x, axis=1), y, x).')
  }
  if (!plan.nullable) return plan
  const dtype = promote(plan.dtype, filling.dtype)
  return {
    kind: 'plan',
    dtype,
    nullable: false,
    shape: plan.shape,
    run: run => {
      const { values, valid } = plan.run(run)
      return { values: select(valid ?? ALL, values, filling.run(run).values, dtype, lengthOf(plan.shape, run.env)) }
    },
  }
}

/** ak.is_none with axis=1. */
export function isNone<E extends Env>(plan: Plan<E>): Plan<E> {
  return {
    kind: 'plan',
    dtype: 'bool',
    nullable: false,
    shape: plan.shape,
    run: run => {
      const { valid } = plan.run(run)
      const values = new Uint8Array(lengthOf(plan.shape, run.env))
      if (valid !== undefined) logicalNot(values, valid, valid)
      return { values }
    },
  }
}
