/** The body of a data page: levels, then values in Parquet's PLAIN encoding. One page holds a whole column chunk. */
import { BugError, DataError } from '../../core/errors.js'
import type { Column, DType, Values } from '../../core/types.js'
import {
  countListLevels,
  levelBytesBound,
  writeListDefinition,
  writeListRepetition,
  writeNullableDefinition,
  writeNullableListDefinition,
  writeUniformLevels,
} from './levels.js'
import { type Leaf, STORED } from './schema.js'
import { type Extremes, extremesOf } from './statistics.js'

/** A column some of whose values are null: valid[i] is 0 where values[i] counts for nothing. */
export interface NullableColumn extends Column {
  readonly valid?: Uint8Array
}

export interface Page extends Extremes {
  /** Uncompressed; may be a view of the column or of the encoder's scratch memory, good until the next page. */
  readonly body: Uint8Array
  /** Number of levels: values, nulls and empty lists. */
  readonly count: number
  /** Nulls and empty lists, which Parquet counts as nulls. */
  readonly nullCount: number
}

/** Parquet stores page sizes as 32-bit integers. */
const MAX_PAGE_BYTES = 2 ** 31 - 1

/** Encodes one column after the other into the same memory. */
export class PageEncoder {
  private scratch = new Uint8Array(0)

  /** column: `rows` rows of the leaf's type. Throws DataError where the page would exceed 2 GiB. */
  encode(leaf: Leaf, column: NullableColumn, rows: number): Page {
    const offsets = listOffsets(leaf, column, rows)
    const valueCount = offsets === null ? rows * leaf.width : offsets[rows]!
    const all = rangeOf(column.values, 0, valueCount)
    const { valid } = column
    if (valid !== undefined && !leaf.nullable)
      throw new BugError(`Parquet column ${leaf.column}: has nulls, schema has not`)
    const values = valid === undefined ? all : validValues(all, valid)
    const count = offsets === null || leaf.shape === 'fixed' ? valueCount : countListLevels(offsets, rows)
    const room = this.reserve(leaf, count, values.length)
    const start = offsets === null && !leaf.nullable ? 0 : writeLevels(room, leaf, { offsets, rows, valid, count })
    const body =
      start === 0 && isStoredAsIs(leaf.dtype) ? bytesOf(values) : this.appendValues(room, start, leaf.dtype, values)
    return { body, count, nullCount: count - values.length, ...extremesOf(leaf.dtype, values) }
  }

  private appendValues(room: Uint8Array, start: number, dtype: DType, values: Values): Uint8Array {
    return room.subarray(0, writePlain(room, start, dtype, values))
  }

  private reserve(leaf: Leaf, count: number, valueCount: number): Uint8Array {
    const { bytes } = STORED[leaf.dtype]
    const values = bytes === 0 ? Math.ceil(valueCount / 8) : bytes * valueCount
    const total = 2 * levelBytesBound(count, 2) + values
    if (total > MAX_PAGE_BYTES) {
      const size = `${(total / 2 ** 30).toFixed(1)} GiB in one row group, at most 2 GiB fit`
      throw new DataError('ValueError', `Parquet column ${leaf.column}: ${size}. Read the files in smaller steps.`)
    }
    if (this.scratch.length < total) this.scratch = new Uint8Array(total)
    return this.scratch
  }
}

interface LevelSource {
  readonly offsets: Int32Array | null
  readonly rows: number
  readonly valid: Uint8Array | undefined
  readonly count: number
}

/** Returns the position after the levels. */
function writeLevels(out: Uint8Array, leaf: Leaf, { offsets, rows, valid, count }: LevelSource): number {
  if (offsets === null) {
    return valid === undefined ? writeUniformLevels(out, 0, count, 1) : writeNullableDefinition(out, 0, valid, count)
  }
  const at = writeListRepetition(out, 0, offsets, rows, count)
  if (!leaf.nullable) return writeListDefinition(out, at, offsets, rows, count)
  const all = valid ?? new Uint8Array(offsets[rows]!).fill(1)
  return writeNullableListDefinition(out, at, offsets, rows, all, count)
}

/** The row offsets of a column of lists (made up for lists of one fixed width), null for a flat column. */
function listOffsets(leaf: Leaf, column: Column, rows: number): Int32Array | null {
  const { offsets, width = 1, values } = column
  const wanted = `${leaf.shape} ${leaf.dtype}${leaf.width > 1 ? ` of ${leaf.width}` : ''}`
  const shape = offsets !== undefined ? 'list' : leaf.shape === 'fixed' && width === leaf.width ? 'fixed' : 'flat'
  if (column.dtype !== leaf.dtype || shape !== leaf.shape || (shape === 'flat' && width !== 1)) {
    throw new BugError(`Parquet column ${leaf.column}: is ${shape} ${column.dtype}, the schema has ${wanted}`)
  }
  if (offsets !== undefined && (offsets.length <= rows || offsets[0] !== 0)) {
    throw new BugError(`Parquet column ${leaf.column}: its offsets do not cover ${rows} rows from 0`)
  }
  const needed = offsets === undefined ? rows * width : offsets[rows]!
  if (values.length < needed) {
    throw new BugError(`Parquet column ${leaf.column}: ${values.length} values for ${rows} rows that have ${needed}`)
  }
  if (shape === 'flat') return null
  return offsets ?? Int32Array.from({ length: rows + 1 }, (_, i) => i * width)
}

function validValues(values: Values, valid: Uint8Array): Values {
  if (valid.length < values.length) throw new BugError('Parquet column: fewer validity flags than values')
  const kept = (values as Float64Array).filter((_, i) => valid[i] !== 0)
  return kept
}

function rangeOf(values: Values, start: number, stop: number): Values {
  return start === 0 && stop === values.length ? values : values.subarray(start, stop)
}

function bytesOf(values: Values): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** Parquet is little-endian, as every machine that Node runs on in practice. */
function isStoredAsIs(dtype: DType): boolean {
  const small = dtype === 'bool' || dtype === 'int8' || dtype === 'uint8' || dtype === 'int16' || dtype === 'uint16'
  return !small
}

/** Returns the position after the values. */
function writePlain(out: Uint8Array, at: number, dtype: DType, values: Values): number {
  if (dtype === 'bool') return packBits(out, at, values as Uint8Array)
  const bytes = bytesOf(isStoredAsIs(dtype) ? values : new Int32Array(values as Uint8Array))
  out.set(bytes, at)
  return at + bytes.length
}

/** Eight booleans a byte, the first in the lowest bit. */
function packBits(out: Uint8Array, at: number, flags: Uint8Array): number {
  const whole = flags.length & ~7
  let i = 0
  for (; i < whole; i += 8) {
    out[at++] =
      flags[i]! |
      (flags[i + 1]! << 1) |
      (flags[i + 2]! << 2) |
      (flags[i + 3]! << 3) |
      (flags[i + 4]! << 4) |
      (flags[i + 5]! << 5) |
      (flags[i + 6]! << 6) |
      (flags[i + 7]! << 7)
  }
  if (i < flags.length) {
    let last = 0
    for (let bit = 0; i < flags.length; i++, bit++) last |= flags[i]! << bit
    out[at++] = last
  }
  return at
}
