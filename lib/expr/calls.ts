/** Calls of functions of numpy and awkward: brings the arguments in order and hands them to the function's rules. */
import { nearestHint } from '../core/errors.js'
import { type Argument, AWKWARD_FUNCTIONS } from './awkward.js'
import { RuleError } from './error.js'
import { NUMPY_FUNCTIONS } from './numpy.js'
import type { Operand, Plan } from './plan.js'
import type { Env } from './scope.js'

/** Arguments as they were written. */
export interface Given<E extends Env> {
  readonly positional: readonly Argument<E>[]
  readonly keywords: readonly { readonly name: string; readonly value: Argument<E> }[]
}

/** `np.<name>(...)`. Throws RuleError. */
export function callNumpy<E extends Env>(name: string, given: Given<E>): Plan<E> {
  if (name === 'where') return callAwkward('np', name, given)
  const { operands, apply } = NUMPY_FUNCTIONS.get(name)!
  if (given.keywords.length > 0) throw new RuleError(`np.${name} takes no argument by name here`)
  if (given.positional.length !== operands) {
    throw new RuleError(`np.${name} takes ${count(operands, 'argument')}, got ${given.positional.length}`)
  }
  const object = given.positional.some(a => a.kind === 'object')
  if (object) throw new RuleError(`np.${name} takes columns and numbers, not an object`, 'Name one of its fields.')
  return apply(given.positional as readonly Operand<E>[])
}

/** `ak.<name>(...)`. Throws RuleError. */
export function callAwkward<E extends Env>(module: 'np' | 'ak', name: string, given: Given<E>): Plan<E> {
  const { parameters, apply } = AWKWARD_FUNCTIONS.get(name)!
  const label = `${module}.${name}`
  if (given.positional.length > parameters.length) {
    throw new RuleError(`${label} takes ${count(parameters.length, 'argument')}, got ${given.positional.length}`)
  }
  const args: Record<string, Argument<E>> = {}
  given.positional.forEach((value, i) => {
    args[parameters[i]!] = value
  })
  for (const keyword of given.keywords) {
    if (!parameters.includes(keyword.name)) {
      throw new RuleError(
        `${label} has no argument "${keyword.name}" here`,
        nearestHint(keyword.name, parameters).trim() || `Its arguments: ${parameters.join(', ')}.`,
      )
    }
    if (keyword.name in args) throw new RuleError(`${label} got its argument "${keyword.name}" twice`)
    args[keyword.name] = keyword.value
  }
  const missing = parameters.find(p => p !== 'axis' && !(p in args))
  if (missing !== undefined) throw new RuleError(`${label} lacks its argument "${missing}"`)
  return apply(args)
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
