/** What an expression may use of awkward, by name: the parameters of each function and what they may be. */
import { RuleError } from './error.js'
import { fillNone, isNone, mask, where } from './nulls.js'
import type { Operand, Plan } from './plan.js'
import { countPairs, REDUCERS, type Reducer, reducePairs } from './reduce.js'
import type { Env } from './scope.js'

/** An object such as the probes counts only where pairs are counted. */
export type Argument<E extends Env> = Operand<E> | { readonly kind: 'object' }
export type Arguments<E extends Env> = Readonly<Record<string, Argument<E>>>

export interface AwkwardFunction {
  /** Names in order. All but `axis` are needed. */
  readonly parameters: readonly string[]
  /** Throws RuleError. */
  apply<E extends Env>(args: Arguments<E>): Plan<E>
}

const ARRAY_AND_AXIS = ['array', 'axis']

/** Functions by their name after `ak.`. */
export const AWKWARD_FUNCTIONS: ReadonlyMap<string, AwkwardFunction> = new Map<string, AwkwardFunction>([
  [
    'where',
    {
      parameters: ['condition', 'x', 'y'],
      apply: a => where(column('ak.where', a.condition), value('ak.where', 'x', a.x), value('ak.where', 'y', a.y)),
    },
  ],
  ['mask', { parameters: ['array', 'mask'], apply: a => mask(column('ak.mask', a.array), column('ak.mask', a.mask)) }],
  [
    'fill_none',
    {
      parameters: ['array', 'value', 'axis'],
      apply: a => {
        if (a.axis !== undefined) checkAxis('ak.fill_none', a.axis)
        return fillNone(column('ak.fill_none', a.array), value('ak.fill_none', 'value', a.value))
      },
    },
  ],
  [
    'is_none',
    {
      parameters: ARRAY_AND_AXIS,
      apply: a => {
        checkAxis('ak.is_none', a.axis)
        return isNone(column('ak.is_none', a.array))
      },
    },
  ],
  ['num', { parameters: ARRAY_AND_AXIS, apply: num }],
  ...Object.entries(REDUCERS).map(([name, reducer]): [string, AwkwardFunction] => [
    name,
    { parameters: ARRAY_AND_AXIS, apply: a => reduction(`ak.${name}`, reducer, a) },
  ]),
])

function num<E extends Env>(args: Arguments<E>): Plan<E> {
  if (args.axis !== undefined) checkAxis('ak.num', args.axis)
  if (args.array?.kind !== 'object') perPair('ak.num', args.array)
  return countPairs()
}

function reduction<E extends Env>(name: string, reducer: Reducer, args: Arguments<E>): Plan<E> {
  checkAxis(name, args.axis)
  return reducePairs(reducer, perPair(name, args.array))
}

/** axis=1 is the pairs of an event, and the innermost axis, -1, as well. */
function checkAxis<E extends Env>(name: string, axis: Argument<E> | undefined): void {
  if (axis?.kind === 'scalar' && (axis.value === 1n || axis.value === -1n)) return
  throw new RuleError(`${name} needs axis=1`, 'Only over the pairs of an event can it be taken.')
}

function column<E extends Env>(name: string, argument: Argument<E> | undefined): Plan<E> {
  if (argument?.kind === 'plan' && argument.shape !== 'constant') return argument
  throw new RuleError(`${name} takes a column, not ${argument?.kind === 'object' ? 'an object' : 'a number'}`)
}

function perPair<E extends Env>(name: string, argument: Argument<E> | undefined): Plan<E> {
  const plan = column(name, argument)
  if (plan.shape === 'pair') return plan
  throw new RuleError(`${name} with axis=1 takes a value per pair, not per event`)
}

function value<E extends Env>(name: string, parameter: string, argument: Argument<E> | undefined): Operand<E> {
  if (argument !== undefined && argument.kind !== 'object') return argument
  throw new RuleError(`${name} takes a column or a number as ${parameter}, not an object`)
}
