/** Reductions over the pairs of each event: ak.any, all, sum, max, min, count, count_nonzero and num with axis=1. The
 *  result of an event is stored for each of its pairs. */
import type { Values } from '../core/types.js'
import { type ElementType, isBigType, isFloating, isUnsigned } from './element.js'
import { type Bigs, isBig, newElements } from './lanes.js'
import { truth } from './loops/tests.js'
import type { Plan, Vector } from './plan.js'
import type { Env } from './scope.js'

type Value = number | bigint

/** Reduces rows [start, stop), at least one, of which those with `valid` 0 are null. undefined: null. */
type Fold = (values: Values, valid: Uint8Array | undefined, start: number, stop: number) => Value | undefined

export interface Reducer {
  readonly result: (input: ElementType) => ElementType
  /** Null where an event has no values, and for awkward always possibly null. */
  readonly nullable: boolean
  readonly fold: (input: ElementType) => Fold
  /** Reduce the truth of the values rather than the values. */
  readonly ofTruth?: boolean
}

export const REDUCERS: Readonly<Record<string, Reducer>> = {
  any: { result: () => 'bool', nullable: false, ofTruth: true, fold: () => foldAny },
  all: { result: () => 'bool', nullable: false, ofTruth: true, fold: () => foldAll },
  sum: { result: sumType, nullable: false, fold: foldSum },
  max: { result: type => type, nullable: true, fold: () => foldMax },
  min: { result: type => type, nullable: true, fold: () => foldMin },
  count: { result: () => 'int64', nullable: false, fold: () => foldCount },
  count_nonzero: { result: () => 'int64', nullable: false, ofTruth: true, fold: () => foldNonzero },
}

/** The plan of an ak.<name>(plan, axis=1). plan: of shape 'pair'. */
export function reducePairs<E extends Env>(reducer: Reducer, plan: Plan<E>): Plan<E> {
  const dtype = reducer.result(plan.dtype)
  const fold = reducer.fold(plan.dtype)
  return {
    kind: 'plan',
    dtype,
    nullable: reducer.nullable,
    shape: 'event',
    run: run => {
      const { values, valid } = plan.run(run)
      return perEvent(run.env, dtype, fold, reducer.ofTruth === true ? truth(values) : values, valid)
    },
  }
}

/** The plan of ak.num(..., axis=1): how many pairs the event has, nulls included. */
export function countPairs<E extends Env>(): Plan<E> {
  const none = new Uint8Array(0)
  return {
    kind: 'plan',
    dtype: 'int64',
    nullable: false,
    shape: 'event',
    run: ({ env }) => perEvent(env, 'int64', (_values, _valid, start, stop) => stop - start, none, undefined),
  }
}

function perEvent(env: Env, dtype: ElementType, fold: Fold, values: Values, valid: Uint8Array | undefined): Vector {
  const { event, length } = env
  const out = newElements(dtype, length)
  let outValid: Uint8Array | undefined
  for (let start = 0, stop = 0; start < length; start = stop) {
    for (stop = start + 1; stop < length && event[stop] === event[start]; ) stop++
    const value = fold(values, valid, start, stop)
    if (value === undefined) (outValid ??= new Uint8Array(length).fill(1)).fill(0, start, stop)
    else if (isBig(out)) out.fill(BigInt(value), start, stop)
    else out.fill(Number(value), start, stop)
  }
  return { values: out, valid: outValid }
}

const foldAny: Fold = (values, valid, start, stop) => {
  for (let i = start; i < stop; i++) if (valid?.[i] !== 0 && values[i] === 1) return 1
  return 0
}
const foldAll: Fold = (values, valid, start, stop) => {
  for (let i = start; i < stop; i++) if (valid?.[i] !== 0 && values[i] === 0) return 0
  return 1
}
const foldCount: Fold = (_values, valid, start, stop) => {
  let count = 0
  for (let i = start; i < stop; i++) if (valid?.[i] !== 0) count++
  return count
}
const foldNonzero: Fold = (values, valid, start, stop) => {
  let count = 0
  for (let i = start; i < stop; i++) if (valid?.[i] !== 0 && values[i] === 1) count++
  return count
}
/** NaN is passed over, as awkward does; of nothing but NaN it makes an infinity. */
const foldMax: Fold = (values, valid, start, stop) => {
  let most: Value | undefined
  for (let i = start; i < stop; i++) {
    if (valid?.[i] === 0) continue
    most ??= isBig(values) ? values[i]! : -Infinity
    if (values[i]! > most) most = values[i]!
  }
  return most
}
const foldMin: Fold = (values, valid, start, stop) => {
  let least: Value | undefined
  for (let i = start; i < stop; i++) {
    if (valid?.[i] === 0) continue
    least ??= isBig(values) ? values[i]! : Infinity
    if (values[i]! < least) least = values[i]!
  }
  return least
}

function sumType(input: ElementType): ElementType {
  return isFloating(input) ? input : isUnsigned(input) ? 'uint64' : 'int64'
}

/** Floats are summed in their own precision, from the first to the last; integers exactly. */
function foldSum(input: ElementType): Fold {
  if (isBigType(input)) return sumBigs as Fold
  const round = input === 'float32' ? Math.fround : (x: number) => x
  return (values, valid, start, stop) => {
    let sum = 0
    for (let i = start; i < stop; i++) if (valid?.[i] !== 0) sum = round(sum + (values[i] as number))
    return sum
  }
}

function sumBigs(values: Bigs, valid: Uint8Array | undefined, start: number, stop: number): bigint {
  let sum = 0n
  for (let i = start; i < stop; i++) if (valid?.[i] !== 0) sum += values[i]!
  return sum
}
