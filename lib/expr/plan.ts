/** A checked expression: a tree of typed steps, each a closure over the ones it takes its operands from. Made by check.ts
 *  and the rules it applies; run by compile.ts. */
import { newValues } from '../core/dtype.js'
import { BugError } from '../core/errors.js'
import type { DType, Values } from '../core/types.js'
import type { PyValue } from './ast.js'
import { type ElementType, isNumeric } from './element.js'
import { RuleError } from './error.js'
import { constantValues } from './lanes.js'
import { logicalAnd } from './loops/tests.js'
import { describe } from './scalars.js'
import type { ColumnBinding, Env } from './scope.js'

/** What a value belongs to. 'event' values, made by ak.any and the like, are stored once for each pair all the same. */
export type Shape = 'constant' | 'event' | 'pair'

export interface Vector {
  /** One element a row, or one element if the shape is 'constant'. */
  readonly values: Values
  /** 0 where null; absent: no nulls. Constants have none. */
  readonly valid?: Uint8Array | undefined
}

export interface Run<E extends Env> {
  readonly env: E
  readonly loaded: Map<ColumnBinding<E>, Vector>
}

export interface Plan<E extends Env> {
  readonly kind: 'plan'
  readonly dtype: ElementType
  readonly nullable: boolean
  readonly shape: Shape
  run(run: Run<E>): Vector
}

/** A number of Python's, which adapts its type to the columns that it meets. */
export interface Scalar {
  readonly kind: 'scalar'
  readonly value: PyValue
}
export type Operand<E extends Env> = Plan<E> | Scalar

/** label: the text that stands for the column, for messages. */
export function loadPlan<E extends Env>(binding: ColumnBinding<E>, label: string): Plan<E> {
  return {
    kind: 'plan',
    dtype: binding.dtype,
    nullable: binding.nullable === true,
    shape: 'pair',
    run: ({ env, loaded }) => {
      let vector = loaded.get(binding)
      if (vector === undefined) {
        vector = binding.load(env)
        checkLoaded(vector, binding.dtype, env.length, label)
        loaded.set(binding, vector)
      }
      return vector
    },
  }
}

function checkLoaded({ values, valid }: Vector, dtype: DType, length: number, label: string): void {
  if (values.length !== length || (valid !== undefined && valid.length !== length)) {
    throw new BugError(`expression column "${label}": ${values.length} values, wanted ${length}`)
  }
  const wanted = newValues(dtype, 0)
  if (values.constructor !== wanted.constructor) {
    throw new BugError(`expression column "${label}": got a ${values.constructor.name} for ${dtype}`)
  }
}

/** A numpy scalar, or a Python one whose type is settled. */
export function constantPlan<E extends Env>(value: bigint | number | boolean, dtype: ElementType): Plan<E> {
  const vector = { values: constantValues(value, dtype) }
  return { kind: 'plan', dtype, nullable: false, shape: 'constant', run: () => vector }
}

/** An element-wise step; null where any operand is null. `kernel` gets the operands' stored values and the number of
 *  values to return. */
export function elementwise<E extends Env>(
  dtype: ElementType,
  operands: readonly Plan<E>[],
  kernel: (inputs: readonly Values[], length: number) => Values,
): Plan<E> {
  const shape = commonShape(operands)
  return {
    kind: 'plan',
    dtype,
    nullable: operands.some(o => o.nullable),
    shape,
    run: run => {
      const vectors = operands.map(o => o.run(run))
      const values = kernel(
        vectors.map(v => v.values),
        lengthOf(shape, run.env),
      )
      return { values, valid: allValid(vectors) }
    },
  }
}

export function commonShape<E extends Env>(operands: readonly Plan<E>[]): Shape {
  if (operands.some(o => o.shape === 'pair')) return 'pair'
  return operands.some(o => o.shape === 'event') ? 'event' : 'constant'
}

export function lengthOf(shape: Shape, env: Env): number {
  return shape === 'constant' ? 1 : env.length
}

export function allValid(vectors: readonly Vector[]): Uint8Array | undefined {
  let all: Uint8Array | undefined
  for (const { valid } of vectors) {
    if (valid === undefined || valid === all) continue
    if (all === undefined) all = valid
    else all = bothOf(all, valid)
  }
  return all
}

/** 1 where both are 1. A new array of the length of the first; the second may have one element for all. */
export function bothOf(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length)
  logicalAnd(out, a, b)
  return out
}

/** The value of a scalar that takes part in arithmetic. `where` names the operation in the message. */
export function numberOf(scalar: Scalar, where: string): bigint | number | boolean {
  if (isNumeric(scalar.value)) return scalar.value
  throw new RuleError(`${where} does not work on ${describe(scalar.value)}`)
}
