/** The body of a data page: levels, then values. One page holds the whole column of a row group. */

import { BugError, DataError } from '../../core/errors.js'
import type { Column, Values } from '../../core/types.js'
import { checkColumn } from '../table-columns.js'
import type { Leaf, NullableColumn } from '../table-schema.js'
import {
  type Lists,
  levelBytesBound,
  listsOf,
  writeArrayLevels,
  writeListDefinition,
  writeListRepetition,
  writeNullableDefinition,
  writeNullableListDefinition,
  writeUniformLevels,
} from './levels.js'
import { plainBytes, plainView, writePlain } from './plain.js'
import { type Extremes, extremesOf } from './statistics.js'

export interface Page extends Extremes {
  /** Uncompressed. A view of the column or of the encoder's scratch memory, good until the next page. */
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

  /** column: `rows` rows of the leaf's type. Throws BugError where it is not, DataError where the page would exceed 2 GiB. */
  encode(leaf: Leaf, column: NullableColumn, rows: number): Page {
    if (leaf.text) return textPage(leaf, column, rows)
    checkColumn(leaf, column, rows, 'Parquet')
    const lists = listsIn(column, rows)
    const length = lists === null ? rows : lists.width * lists.offsets[rows]!
    const count = lists === null ? rows : lists.count
    const hasLevels = lists !== null || leaf.nullable
    const room = (hasLevels ? 2 * levelBytesBound(count, 2) : 0) + plainBytes(leaf.dtype, length)
    if (room > MAX_PAGE_BYTES) throw tooLarge(leaf, room)
    const all = column.values.length === length ? column.values : column.values.subarray(0, length)
    const values = column.valid === undefined ? all : validValues(all, column.valid)
    const asItIs = hasLevels ? null : plainView(leaf.dtype, values)
    const body = asItIs ?? this.write(room, leaf, values, { lists, count, valid: column.valid })
    return { body, count, nullCount: count - values.length, ...extremesOf(leaf.dtype, values) }
  }

  private write(room: number, leaf: Leaf, values: Values, levels: LevelSource): Uint8Array {
    if (this.scratch.length < room) this.scratch = new Uint8Array(room)
    const start = writeLevels(this.scratch, leaf, levels)
    return this.scratch.subarray(0, writePlain(this.scratch, start, leaf.dtype, values))
  }
}

/** Each text with its length before it. Without extremes, which nobody asks for. */
function textPage(leaf: Leaf, { dtype, values, offsets }: NullableColumn, rows: number): Page {
  if (dtype !== 'uint8' || offsets === undefined || offsets.length <= rows) {
    throw new BugError(`Parquet column ${leaf.column}: is ${dtype}, wanted bytes of ${rows} texts with offsets`)
  }
  const length = offsets[rows]!
  const room = length + 4 * rows
  if (room > MAX_PAGE_BYTES) throw tooLarge(leaf, room)
  const body = new Uint8Array(room)
  const view = new DataView(body.buffer)
  let at = 0
  for (let i = 0; i < rows; i++) {
    const text = (values as Uint8Array).subarray(offsets[i], offsets[i + 1])
    view.setUint32(at, text.length, true)
    body.set(text, at + 4)
    at += 4 + text.length
  }
  return { body, count: rows, nullCount: 0, min: null, max: null }
}

function tooLarge(leaf: Leaf, bytes: number): DataError {
  const size = `${(bytes / 2 ** 30).toFixed(1)} GiB in one row group, at most 2 GiB fit`
  return new DataError('ValueError', `Parquet column ${leaf.column}: ${size}. Read the files in smaller steps.`)
}

interface LevelSource {
  readonly lists: Lists | null
  readonly count: number
  readonly valid: Uint8Array | undefined
}

/** Returns the position after the levels. */
function writeLevels(out: Uint8Array, leaf: Leaf, { lists, count, valid }: LevelSource): number {
  if (lists === null) {
    if (!leaf.nullable) return 0
    return valid === undefined ? writeUniformLevels(out, 0, count, 1) : writeNullableDefinition(out, 0, valid, count)
  }
  const isThere = leaf.nullable ? (valid ?? new Uint8Array(count).fill(1)) : null
  if (lists.width > 1) return writeArrayLevels(out, 0, lists, isThere)
  const at = writeListRepetition(out, 0, lists)
  if (isThere === null) return writeListDefinition(out, at, lists)
  return writeNullableListDefinition(out, at, lists, isThere)
}

/** Where each row's values are, for lists (those of one fixed width too); null for a flat column. */
function listsIn({ offsets, width = 1 }: Column, rows: number): Lists | null {
  if (offsets !== undefined) return listsOf(offsets, rows, width)
  if (width === 1) return null
  const ends = new Int32Array(rows + 1)
  for (let i = 0; i <= rows; i++) ends[i] = i * width
  return listsOf(ends, rows)
}

function validValues(values: Values, valid: Uint8Array): Values {
  return (values as Float64Array).filter((_, i) => valid[i] !== 0)
}
