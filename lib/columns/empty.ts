/** Columns without rows. */
import { newValues } from '../core/dtype.js'
import type { BranchInfo, Column } from '../core/types.js'

/** Of all of them, since columns of one collection share their offsets. */
const NO_LISTS = new Int32Array(1)

/** A column without rows, as the branch's would be. */
export function emptyColumn({
  dtype,
  counter,
  width,
  text,
}: Pick<BranchInfo, 'dtype' | 'counter' | 'width' | 'text'>): Column {
  return {
    ...{ dtype, values: newValues(dtype, 0) },
    ...(counter === null ? {} : { offsets: NO_LISTS }),
    ...(width > 1 ? { width } : {}),
    ...(text === true ? { text } : {}),
  }
}
