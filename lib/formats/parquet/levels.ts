/** Repetition and definition levels of a data page (Dremel encoding) in Parquet's hybrid of runs and bit-packing, each with
 *  its length in four bytes before it, as pages of version 1 have them. Every function writes at `at` and returns the
 *  position after what it wrote. */

/** A column of lists: row i has the values offsets[i] .. offsets[i + 1]. */
export interface Lists {
  readonly offsets: Int32Array
  /** Values of each element. */
  readonly width: number
  readonly rows: number
  /** Number of levels: one a value, and one for every empty list. */
  readonly count: number
}

export function listsOf(offsets: Int32Array, rows: number, width = 1): Lists {
  let empty = 0
  for (let i = 0; i < rows; i++) if (offsets[i] === offsets[i + 1]) empty++
  return { offsets, width, rows, count: offsets[rows]! * width + empty }
}

/** Upper bound of what one sequence of `count` levels of `bits` bits takes. */
export function levelBytesBound(count: number, bits: number): number {
  return 4 + 5 + Math.ceil(count / 8) * bits
}

/** `count` times the same level, as a single run. */
export function writeUniformLevels(out: Uint8Array, at: number, count: number, level: number): number {
  const end = writeVarint(out, at + 4, 2 * count)
  out[end] = level
  writeLength(out, at, end + 1 - (at + 4))
  return end + 1
}

/** Repetition levels of lists: 0 where a row begins, else 1. */
export function writeListRepetition(out: Uint8Array, at: number, { offsets, rows, count }: Lists): number {
  const first = beginPacked(out, at, count, 1)
  const end = first + Math.ceil(count / 8)
  out.fill(0xff, first, end)
  for (let i = 0, level = 0; i < rows; i++) {
    out[first + (level >> 3)]! &= ~(1 << (level & 7))
    level += Math.max(1, offsets[i + 1]! - offsets[i]!)
  }
  clearAfter(out, first, count)
  return end
}

/** Definition levels of lists of values that are never null: 0 for an empty list, else 1. */
export function writeListDefinition(out: Uint8Array, at: number, { offsets, rows, count }: Lists): number {
  if (count === offsets[rows]) return writeUniformLevels(out, at, count, 1)
  const first = beginPacked(out, at, count, 1)
  const end = first + Math.ceil(count / 8)
  out.fill(0xff, first, end)
  for (let i = 0, level = 0; i < rows; i++) {
    const length = offsets[i + 1]! - offsets[i]!
    if (length === 0) out[first + (level >> 3)]! &= ~(1 << (level & 7))
    level += Math.max(1, length)
  }
  clearAfter(out, first, count)
  return end
}

/** Definition levels of values that may be null: 0 where valid[i] is 0, else 1. */
export function writeNullableDefinition(out: Uint8Array, at: number, valid: Uint8Array, count: number): number {
  const first = beginPacked(out, at, count, 1)
  const end = first + Math.ceil(count / 8)
  out.fill(0, first, end)
  for (let i = 0; i < count; i++) if (valid[i] !== 0) out[first + (i >> 3)]! |= 1 << (i & 7)
  return end
}

/** Definition levels of lists of values that may be null: 0 for an empty list, 1 for a null, 2 for a value. */
export function writeNullableListDefinition(out: Uint8Array, at: number, lists: Lists, valid: Uint8Array): number {
  const { offsets, rows, count } = lists
  const first = beginPacked(out, at, count, 2)
  const end = first + 2 * Math.ceil(count / 8)
  out.fill(0, first, end)
  let level = 0
  for (let i = 0; i < rows; i++) {
    for (let j = offsets[i]!; j < offsets[i + 1]!; j++, level++) {
      out[first + (level >> 2)]! |= (valid[j] === 0 ? 1 : 2) << (2 * (level & 3))
    }
    if (offsets[i] === offsets[i + 1]) level++
  }
  return end
}

/** Both levels of lists of arrays. Repetition: 0 where a row begins, 1 where an element, else 2. Definition: 0 for an empty list, else 2, or
 *  3 where values may be null and this one is not. */
export function writeArrayLevels(out: Uint8Array, at: number, lists: Lists, valid: Uint8Array | null): number {
  const { offsets, width, rows, count } = lists
  const groups = Math.ceil(count / 8)
  const repetition = beginPacked(out, at, count, 2)
  const definition = beginPacked(out, repetition + 2 * groups, count, 2)
  out.fill(0, repetition, repetition + 2 * groups)
  out.fill(0, definition, definition + 2 * groups)
  const put = (first: number, level: number, value: number): void => {
    out[first + (level >> 2)]! |= value << (2 * (level & 3))
  }
  let level = 0
  for (let i = 0; i < rows; i++) {
    const start = offsets[i]! * width
    const stop = offsets[i + 1]! * width
    for (let j = start; j < stop; j++, level++) {
      put(repetition, level, j === start ? 0 : (j - start) % width === 0 ? 1 : 2)
      put(definition, level, valid !== null && valid[j] !== 0 ? 3 : 2)
    }
    if (start === stop) level++
  }
  return definition + 2 * groups
}

/** Writes length and header of one bit-packed run; returns where its groups of eight levels begin. */
function beginPacked(out: Uint8Array, at: number, count: number, bits: number): number {
  const groups = Math.ceil(count / 8)
  const first = writeVarint(out, at + 4, 2 * groups + 1)
  writeLength(out, at, first - (at + 4) + groups * bits)
  return first
}

/** Zeroes the unused levels of the last group, so that equal columns give equal bytes. */
function clearAfter(out: Uint8Array, first: number, count: number): void {
  if ((count & 7) !== 0) out[first + (count >> 3)]! &= (1 << (count & 7)) - 1
}

function writeVarint(out: Uint8Array, at: number, value: number): number {
  while (value >= 128) {
    out[at++] = (value % 128) + 128
    value = Math.floor(value / 128)
  }
  out[at] = value
  return at + 1
}

function writeLength(out: Uint8Array, at: number, length: number): void {
  out[at] = length & 255
  out[at + 1] = (length >>> 8) & 255
  out[at + 2] = (length >>> 16) & 255
  out[at + 3] = length >>> 24
}
