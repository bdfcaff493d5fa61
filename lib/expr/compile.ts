/** The front door of the expression language: text in, a function over batches of pairs out.
 *
 *    text -> parse.ts -> check.ts (names, types) -> plan.ts (steps) -> run(env), once a batch */
import { DataError } from '../core/errors.js'
import type { DType, Read, Values } from '../core/types.js'
import { Checker } from './check.js'
import { toCondition } from './compare.js'
import { ExpressionError, RuleError } from './error.js'
import { Lookup } from './lookup.js'
import { parseExpression } from './parse.js'
import { bothOf, type Plan, type Vector } from './plan.js'
import type { Env, Loaded, Scope } from './scope.js'

export interface Options {
  /** Text put before the user's, such as 'zcands.probe.'; messages show the user's. */
  readonly prefix?: string
}

interface Compiled {
  /** Branches that `run` loads, each once. */
  readonly reads: readonly Read[]
  /** Values depend on the other pairs of the event (ak.any, ak.num, ...): cut before and after is not the same. */
  readonly usesReduction: boolean
  /** One value an event, the same for all its pairs (as ak.num gives it), rather than one a pair. */
  readonly perEvent: boolean
}

export interface CompiledExpression<E extends Env> extends Compiled {
  /** 1 where the pair passes, else 0, one a row of the env. The array is the caller's. */
  run(env: E): Uint8Array
}

export interface CompiledColumn<E extends Env> extends Compiled {
  readonly dtype: DType
  /** Rows may be null: `run` may return `valid`. */
  readonly nullable: boolean
  /** One value a row of the env. The arrays may be a binding's own: not to be modified. */
  run(env: E): Loaded
}

/** Compiles a condition. A number counts as true unless it is zero; null counts as false. Throws ExpressionError. */
export function compileExpression<E extends Env>(
  text: string,
  scope: Scope<E>,
  options: Options & { readonly want: 'bool' } = { want: 'bool' },
): CompiledExpression<E> {
  const { plan, ...compiled } = compile(text, scope, options)
  const condition = toCondition(plan)
  const constant = plan.shape === 'constant'
  return {
    ...compiled,
    run: env => {
      const { values, valid } = evaluate(condition, env, text)
      const passes = spread(values, env.length, constant) as Uint8Array
      return valid === undefined ? passes.slice() : bothOf(passes, valid)
    },
  }
}

/** Compiles an expression to a column of the type that numpy gives it (float16 as float32). Throws ExpressionError. */
export function compileColumn<E extends Env>(text: string, scope: Scope<E>, options: Options = {}): CompiledColumn<E> {
  const { plan, ...compiled } = compile(text, scope, options)
  return {
    ...compiled,
    dtype: plan.dtype === 'float16' ? 'float32' : plan.dtype,
    nullable: plan.nullable,
    run: env => {
      const { values, valid } = evaluate(plan, env, text)
      return { values: spread(values, env.length, plan.shape === 'constant'), valid }
    },
  }
}

function compile<E extends Env>(
  text: string,
  scope: Scope<E>,
  { prefix = '' }: Options,
): Compiled & { readonly plan: Plan<E> } {
  const whole = prefix + text
  try {
    const lookup = new Lookup(whole, scope, prefix.split('.').slice(0, -1))
    const checker = new Checker(whole, lookup)
    const plan = checker.result(parseExpression(whole))
    const { usesReduction } = checker
    return { plan, reads: lookup.reads(), usesReduction, perEvent: plan.shape === 'event' }
  } catch (error) {
    throw error instanceof ExpressionError && prefix !== '' ? error.withoutPrefix(prefix) : error
  }
}

function evaluate<E extends Env>(plan: Plan<E>, env: E, text: string): Vector {
  try {
    return plan.run({ env, loaded: new Map() })
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    throw new DataError('ValueError', `expression "${text}": ${error.message}. ${error.advice}`, { cause: error })
  }
}

/** One value a row where the plan was constant. */
function spread(values: Values, length: number, constant: boolean): Values {
  if (!constant) return values
  const out = new (values.constructor as new (length: number) => Values)(length)
  return out.fill(values[0] as never)
}
