/** One correction: a function of named inputs, for arrays of events. */
import { DataError } from '../../core/errors.js'
import { compileNode } from './compile.js'
import type { CorrectionJson, VariableJson } from './document.js'
import { readFormula } from './formula.js'
import { type Argument, allRows, toLanes } from './lanes.js'
import { fail, NodeReader, type Scope, show } from './reader.js'

export interface Correction {
  readonly name: string
  /** The inputs in the order of the arguments, without those that were fixed. */
  readonly inputs: readonly VariableJson[]
  /** One argument for each input: an array with one number an event, or a number or string for all events. Returns one value
   *  an event (one in all where no argument is an array). place: where the events come from, for messages. Throws DataError
   *  where arguments do not fit, or an event has a value that the correction does not cover. */
  evaluate(args: readonly Argument[], place?: string): Float64Array
}

/** A correction before it is compiled: plain data, for workers. `file` is for messages. */
export interface CorrectionSource {
  readonly file: string
  readonly correction: CorrectionJson
}

/** fixed: values of string inputs that are the same for all events; they are no arguments then, and a category that is
 *  missing is noticed here. Throws DataError that names file, correction and node. */
export function compileCorrection(
  { file, correction }: CorrectionSource,
  fixed: Readonly<Record<string, string>> = {},
): Correction {
  const { name } = correction
  const place = `${file} > ${name}`
  const inputs = readVariables(correction.inputs, place)
  for (const key of Object.keys(fixed)) {
    if (!inputs.some(i => i.name === key && i.type === 'string')) throw fail(place, `no string input ${show(key)}.`)
  }
  const bare: Scope = { place, inputs, fixed: new Map(Object.entries(fixed)), genericFormulas: [] }
  const formulas = correction.generic_formulas ?? []
  if (!Array.isArray(formulas)) throw fail(place, `"generic_formulas" is ${show(formulas)}, wanted a list.`)
  const genericFormulas = formulas.map((json, i) => readFormula(new NodeReader(json, `/generic_formulas/${i}`, bare)))
  const node = compileNode(correction.data, '/data', { ...bare, genericFormulas })
  const open = inputs.filter(i => !Object.hasOwn(fixed, i.name))
  return {
    name,
    inputs: open,
    evaluate: (args, origin) =>
      withOrigin(origin, () => {
        const { lanes, length } = toLanes(open, args, place)
        const given = lanes[Symbol.iterator]()
        const out = new Float64Array(length)
        const all = inputs.map(i => (Object.hasOwn(fixed, i.name) ? fixed[i.name]! : given.next().value!))
        node.evaluate(all, allRows(length), out)
        return out
      }),
  }
}

/** What `evaluate` returns; its errors begin with where the events come from. */
export function withOrigin<T>(origin: string | undefined, evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (origin === undefined || !(error instanceof DataError)) throw error
    throw new DataError(error.exception, `${origin}: ${error.message}`, { cause: error })
  }
}

const TYPES: readonly unknown[] = ['string', 'int', 'real']

export function readVariables(variables: readonly VariableJson[] | undefined, place: string): readonly VariableJson[] {
  if (!Array.isArray(variables)) throw fail(place, `"inputs" is ${show(variables)}, wanted a list.`)
  for (const [i, variable] of (variables as readonly Partial<VariableJson>[]).entries()) {
    if (typeof variable?.name === 'string' && TYPES.includes(variable.type)) continue
    throw fail(`${place} > /inputs/${i}`, `${show(variable)}, wanted {"name": ..., "type": "string", "int" or "real"}.`)
  }
  return variables
}
