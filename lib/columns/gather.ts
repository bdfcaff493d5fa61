/** Picking elements of columns by position: the one way that values leave the decoded columns. */
import { byteSize, newValues } from '../core/dtype.js'
import type { Column, DType, Values } from '../core/types.js'

/** out[k] = values[index[k]]; same type as `values`. index: Int32Array[n], all within values. Cost: one pass.
 *  The loops run over the bits (bytes, 16- or 32-bit words), so that each compiles once for its width instead of once more
 *  slowly for all eleven array classes. */
export function gather(dtype: DType, values: Values, index: Int32Array): Values {
  const n = index.length
  const out = newValues(dtype, n)
  switch (byteSize(dtype)) {
    case 1:
      pick8(words(values, Uint8Array), index, words(out, Uint8Array))
      break
    case 2:
      pick16(words(values, Uint16Array), index, words(out, Uint16Array))
      break
    case 4:
      pick32(words(values, Int32Array), index, words(out, Int32Array))
      break
    default:
      pick64(words(values, Int32Array), index, words(out, Int32Array))
  }
  return out
}

type WordArray<W> = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => W

function words<W extends Values>(values: Values, View: WordArray<W> & { BYTES_PER_ELEMENT: number }): W {
  return new View(values.buffer, values.byteOffset, values.byteLength / View.BYTES_PER_ELEMENT)
}

function pick8(from: Uint8Array, index: Int32Array, to: Uint8Array): void {
  for (let k = 0; k < index.length; k++) to[k] = from[index[k]!]!
}
function pick16(from: Uint16Array, index: Int32Array, to: Uint16Array): void {
  for (let k = 0; k < index.length; k++) to[k] = from[index[k]!]!
}
function pick32(from: Int32Array, index: Int32Array, to: Int32Array): void {
  for (let k = 0; k < index.length; k++) to[k] = from[index[k]!]!
}
function pick64(from: Int32Array, index: Int32Array, to: Int32Array): void {
  for (let k = 0; k < index.length; k++) {
    const i = 2 * index[k]!
    to[2 * k] = from[i]!
    to[2 * k + 1] = from[i + 1]!
  }
}

/** The rows `index` of a column, lists and fixed-size rows kept as such. index: Int32Array[n] of row positions. */
export function gatherRows(column: Column, index: Int32Array): Column {
  if (column.offsets === undefined) {
    return gatherElements(column, index)
  }
  const { offsets, elements } = listElements(column.offsets, index)
  const rows = { ...gatherElements(column, elements), offsets }
  return column.text === true ? { ...rows, text: true } : rows
}

/** The elements `index` of a column, whether of its rows or of its lists: a value each, or `width` of them. A flat column. */
export function gatherElements(
  { dtype, values, width = 1 }: Pick<Column, 'dtype' | 'values' | 'width'>,
  index: Int32Array,
): Column {
  if (width === 1) return { dtype, values: gather(dtype, values, index) }
  const wide = new Int32Array(index.length * width)
  for (let k = 0, o = 0; k < index.length; k++) {
    for (let j = 0; j < width; j++) wide[o++] = index[k]! * width + j
  }
  return { dtype, values: gather(dtype, values, wide), width }
}

/** Offsets and element positions of the lists of the rows `index`. */
export function listElements(
  offsets: Int32Array,
  index: Int32Array,
): { readonly offsets: Int32Array; readonly elements: Int32Array } {
  const out = new Int32Array(index.length + 1)
  let total = 0
  for (let k = 0; k < index.length; k++) {
    const row = index[k]!
    total += offsets[row + 1]! - offsets[row]!
    out[k + 1] = total
  }
  const elements = new Int32Array(total)
  for (let k = 0, o = 0; k < index.length; k++) {
    const stop = offsets[index[k]! + 1]!
    for (let i = offsets[index[k]!]!; i < stop; i++) elements[o++] = i
  }
  return { offsets: out, elements }
}
