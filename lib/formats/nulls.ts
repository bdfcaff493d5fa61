/** Nulls in ROOT files, whose readers in C++ want plain numbers (RDataFrame refuses std::optional): NaN among floating-point numbers; 0
 *  among others, with a column of booleans beside them, x_valid of x. */
import { isFloat } from '../core/dtype.js'
import type { DType, Values } from '../core/types.js'
import type { NullableColumn } from './table-schema.js'

/** Does a nullable column of the type have one of booleans beside it? */
export function hasValidity(dtype: DType): boolean {
  return !isFloat(dtype)
}

/** The first `length` values, with what stands for nulls. */
export function withoutNulls({ values, valid }: NullableColumn, length: number): Values {
  const own = values.subarray(0, length)
  if (valid === undefined) return own
  const filled = own.slice()
  const isFloat = filled instanceof Float32Array || filled instanceof Float64Array
  const isBig = filled instanceof BigInt64Array || filled instanceof BigUint64Array
  for (let i = 0; i < length; i++) {
    if (valid[i] !== 0) continue
    if (isBig) filled[i] = 0n
    else filled[i] = isFloat ? Number.NaN : 0
  }
  return filled
}

/** 1 for each of the first `length` values that is not null, else 0. */
export function validity({ valid }: NullableColumn, length: number): Uint8Array {
  if (valid === undefined) return new Uint8Array(length).fill(1)
  return Uint8Array.from(valid.subarray(0, length), flag => (flag === 0 ? 0 : 1))
}
