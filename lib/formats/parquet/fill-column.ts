/** Decoded pieces of a Parquet column into one typed array. */
import type { ColumnData } from 'hyparquet'
import { is64, newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { Column, DType, Values } from '../../core/types.js'

/** Rows [start, stop) of the column; the pieces may hold more than these. Throws DataError 'ValueError' for a null (a null
 *  boolean is false), and 'DeserializationError' where rows are missing. place: begins the text of errors. */
export function fillColumn(
  dtype: DType,
  pieces: readonly ColumnData[],
  start: number,
  stop: number,
  place: string,
): Column {
  const values = newValues(dtype, stop - start)
  let filled = 0
  for (const { columnData, rowStart } of pieces) {
    const from = Math.max(start, rowStart)
    const to = Math.min(stop, rowStart + columnData.length)
    if (from >= to) continue
    try {
      copy(dtype, part(columnData, from - rowStart, to - rowStart), values, from - start, place)
    } catch (cause) {
      // Values of another type than the file's schema says.
      if (!['TypeError', 'RangeError', 'SyntaxError'].includes((cause as Error).name)) throw cause
      throw new DataError('DeserializationError', `${place}: values of another type than ${dtype}.`, { cause })
    }
    filled += to - from
  }
  if (filled === values.length) return { dtype, values }
  throw new DataError('DeserializationError', `${place}: ${filled} of ${values.length} rows were found.`)
}

function part(data: ColumnData['columnData'], from: number, to: number): ArrayLike<unknown> {
  return ArrayBuffer.isView(data) ? (data as unknown as Float64Array).subarray(from, to) : data.slice(from, to)
}

function copy(dtype: DType, piece: ArrayLike<unknown>, into: Values, at: number, place: string): void {
  if (ArrayBuffer.isView(piece)) {
    ;(into as Float64Array).set(piece as unknown as Float64Array, at)
    return
  }
  const isBool = dtype === 'bool'
  const isBig = is64(dtype)
  for (let k = 0; k < piece.length; k++) {
    const value = piece[k]
    if (value === null || value === undefined) {
      if (!isBool) throw new DataError('ValueError', `${place}: row ${at + k} is null, a number is wanted.`)
      continue
    }
    into[at + k] = (isBig ? BigInt(value as bigint) : Number(value)) as never
  }
}
