/** What a correction is evaluated on: one lane for each input, with a number an event, or one string for all events. */
import type { Values } from '../../core/types.js'
import type { VariableJson } from './document.js'
import { fail, show } from './reader.js'

/** One value for each event, or one for all. An input of type string takes one string for all events. */
export type Argument = Values | readonly number[] | number | string

export interface NumberLane {
  readonly values: Float64Array
  /** The same numbers where they are 64-bit integers, of which `values` keeps 53 bits. */
  readonly wide: BigInt64Array | BigUint64Array | null
}
export type Lane = NumberLane | string

/** Lanes of equal length for the inputs. Floats for an input of type int lose their fraction, as in numpy. Throws DataError
 *  where an argument is missing, does not fit its input, or has another length. */
export function toLanes(
  inputs: readonly VariableJson[],
  args: readonly Argument[],
  place: string,
): { readonly lanes: readonly Lane[]; readonly length: number } {
  if (args.length !== inputs.length) {
    const names = inputs.map(i => show(i.name)).join(', ')
    throw fail(place, `${args.length} inputs given, wanted ${inputs.length} (${names}).`)
  }
  const length = commonLength(inputs, args, place)
  return { lanes: inputs.map((input, i) => toLane(input, args[i]!, length, place)), length }
}

function commonLength(inputs: readonly VariableJson[], args: readonly Argument[], place: string): number {
  let length: number | null = null
  for (const [i, arg] of args.entries()) {
    if (typeof arg !== 'object') continue
    length ??= arg.length
    if (arg.length !== length) {
      throw fail(place, `input ${show(inputs[i]!.name)} has ${arg.length} values, others have ${length}.`)
    }
  }
  return length ?? 1
}

function toLane({ name, type }: VariableJson, arg: Argument, length: number, place: string): Lane {
  if ((type === 'string') !== (typeof arg === 'string')) {
    const got = typeof arg === 'string' ? show(arg) : typeof arg === 'number' ? arg : 'an array of numbers'
    throw fail(place, `input ${show(name)} is of type ${type}, got ${got}.`)
  }
  if (typeof arg === 'string') return arg
  if (arg instanceof BigInt64Array || arg instanceof BigUint64Array) {
    return { values: Float64Array.from(arg, Number), wide: type === 'int' ? arg : null }
  }
  const values = typeof arg === 'number' ? new Float64Array(length).fill(arg) : toFloat64(arg)
  return { values: type === 'int' ? values.map(Math.trunc) : values, wide: null }
}

function toFloat64(values: Exclude<Argument, number | string | BigInt64Array | BigUint64Array>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values as ArrayLike<number>)
}

/** The lanes' elements at `rows`, as lanes of that length. */
export function gatherLanes(lanes: readonly Lane[], rows: Int32Array): Lane[] {
  return lanes.map(lane => {
    if (typeof lane === 'string') return lane
    const { values, wide } = lane
    const few = new Float64Array(rows.length)
    for (let k = 0; k < rows.length; k++) few[k] = values[rows[k]!]!
    return { values: few, wide: wide === null ? null : BigInt64Array.from(rows, row => BigInt.asIntN(64, wide[row]!)) }
  })
}

/** 0, 1, ..., length - 1. */
export function allRows(length: number): Int32Array {
  const rows = new Int32Array(length)
  for (let i = 0; i < length; i++) rows[i] = i
  return rows
}
