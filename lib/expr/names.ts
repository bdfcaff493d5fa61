/** Advice for names that an expression gets wrong. */

import { nearestHint } from '../core/errors.js'
import { own } from '../core/own.js'
import { AWKWARD_FUNCTIONS } from './awkward.js'
import { NUMPY_CONSTANTS, NUMPY_FUNCTIONS } from './numpy.js'
import type { Env, Scope } from './scope.js'

/** Python's builtins, which are not in scope, and what to write. */
const BUILTINS: Readonly<Record<string, string>> = {
  abs: 'np.abs',
  min: 'np.minimum of two columns, or ak.min(..., axis=1) of the pairs of an event',
  max: 'np.maximum of two columns, or ak.max(..., axis=1) of the pairs of an event',
  len: 'ak.num',
  sum: 'ak.sum(..., axis=1)',
  any: 'ak.any(..., axis=1)',
  all: 'ak.all(..., axis=1)',
  pow: '**',
  round: 'np.round',
  bool: '!= 0',
  int: 'np.trunc',
  float: '1.0 * x',
  math: 'np',
  numpy: 'np',
  awkward: 'ak',
  true: 'True',
  false: 'False',
  none: 'None',
}

export type ModuleName = 'np' | 'ak'

/** Everything after `np.` or `ak.`. */
export function memberNames(module: ModuleName): string[] {
  return module === 'ak'
    ? [...AWKWARD_FUNCTIONS.keys()]
    : [...NUMPY_FUNCTIONS.keys(), ...Object.keys(NUMPY_CONSTANTS), 'where']
}

/** prefix: the names that were put before the text, as in ['zcands', 'probe']. */
export function adviceForName<E extends Env>(name: string, scope: Scope<E>, prefix: readonly string[]): string {
  if (prefix.length > 0 && scope.resolve([...prefix, name]) !== undefined) {
    return `Write ${[...prefix, name].join('.')}: only the first name may be short.`
  }
  const instead = own(BUILTINS, name)
  if (instead !== undefined) return `Write ${instead}.`
  const modules = (['np', 'ak'] as const).filter(module => memberNames(module).includes(name))
  if (modules.length > 0) return `Write ${modules.map(module => `${module}.${name}`).join(' or ')}.`
  const known = [...scope.suggestions([name]), 'np', 'ak']
  return nearestHint(name, known).trim() || `In scope: ${known.join(', ')}.`
}

export function adviceForMember(module: ModuleName, name: string): string {
  const other = module === 'np' ? 'ak' : 'np'
  if (memberNames(other).includes(name)) return `Write ${other}.${name}.`
  return nearestHint(name, memberNames(module)).trim()
}
