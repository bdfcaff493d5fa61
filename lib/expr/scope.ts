/** What an expression may name. The caller (physics: pairs, tags, probes; ntuples: rows) implements Scope; lib/expr only
 *  asks it for names and loads the columns that an expression really uses. */
import type { DType, Read, Values } from '../core/types.js'

/** What an expression is evaluated over: `length` rows, one a tag-probe pair. The caller's type extends it with whatever
 *  its bindings load from. */
export interface Env {
  readonly length: number
  /** Event of each row, ascending: the groups that ak.any, ak.sum, ... (axis=1) reduce over. */
  readonly event: Int32Array
}

export interface Loaded {
  /** One value a row; bool as 0 and 1. Not modified by lib/expr, nor may it be while an expression runs. */
  readonly values: Values
  /** 1 where the row has a value, 0 where it is null. Absent: all rows have one. */
  readonly valid?: Uint8Array | undefined
}

/** One value a row. `load` is called at most once a run, and only if the result depends on it. */
export interface ColumnBinding<E extends Env> {
  readonly kind: 'column'
  readonly dtype: DType
  /** Rows may be null, as behind a missing link. Must be true if `load` may return `valid`. */
  readonly nullable?: boolean
  readonly reads: readonly Read[]
  load(env: E): Loaded
}

/** Something with fields, such as the probes or the sum of two four-vectors. */
export interface ObjectBinding<E extends Env> {
  readonly kind: 'object'
  /** Scope of its fields, whose paths then start at the field. Absent (an object that a scope named): ask that scope
   *  with the longer path. Needed for what `add` returns, which has no path. */
  readonly fields?: Scope<E>
  /** Methods of one argument, another object: `zcands.tag.delta_r(zcands.probe)`. undefined: not with this argument. */
  readonly methods?: Readonly<Record<string, (other: ObjectBinding<E>) => ColumnBinding<E> | undefined>>
  /** The operator +. undefined: not with this operand. */
  readonly add?: (other: ObjectBinding<E>) => ObjectBinding<E> | undefined
}

export type Binding<E extends Env> = ColumnBinding<E> | ObjectBinding<E>

export interface Scope<E extends Env> {
  /** What a path of names, ['zcands', 'probe', 'pt'], stands for. Asked link by link: with the first name, then the first
   *  two, as long as the answer is an object. */
  resolve(path: readonly string[]): Binding<E> | undefined
  /** The names that could stand at the end of the path, for "nearest" hints. */
  suggestions(path: readonly string[]): readonly string[]
}
