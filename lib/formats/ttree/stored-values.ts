/** The values of a branch as baskets have them: big-endian, entry after entry. */
import { BugError } from '../../core/errors.js'
import type { Values } from '../../core/types.js'
import { validity, withoutNulls } from '../nulls.js'
import type { NullableColumn } from '../table-schema.js'
import type { Branch } from './branches.js'
import { LEAF_TYPES } from './leaf-types.js'

/** Where entries begin, and the last one ends: at `unit` times these numbers. */
export interface Starts {
  readonly at: Int32Array | Float64Array
  readonly unit: number
}

export interface StoredValues {
  readonly bytes: Buffer
  /** null: all entries are of one length. */
  readonly starts: Starts | null
  /** The most elements of an entry of a branch that counts them. */
  readonly most: number
}

/** column: `rows` rows of the branch's leaf, which has been checked. */
export function storedValues(branch: Branch, column: NullableColumn, rows: number): StoredValues {
  const { offsets } = column
  switch (branch.content) {
    case 'texts':
      return storedTexts(column, rows)
    case 'counts': {
      const counts = new Int32Array(rows)
      let most = 0
      for (let i = 0; i < rows; i++) {
        counts[i] = offsets![i + 1]! - offsets![i]!
        if (counts[i]! > most) most = counts[i]!
      }
      return { bytes: bigEndian(counts), starts: null, most }
    }
    case 'values':
    case 'valid': {
      const length = branch.width * (offsets === undefined ? rows : offsets[rows]!)
      const bytes = bigEndian(branch.content === 'values' ? withoutNulls(column, length) : validity(column, length))
      const starts = offsets === undefined ? null : { at: offsets, unit: branch.width * LEAF_TYPES[branch.dtype].bytes }
      return { bytes, starts, most: 0 }
    }
  }
}

/** std::string: the length in a byte, or 255 and four bytes, before the text. */
function storedTexts({ values, offsets }: NullableColumn, rows: number): StoredValues {
  if (!(values instanceof Uint8Array) || offsets === undefined) throw new BugError('texts are not bytes with offsets')
  const starts = new Float64Array(rows + 1)
  for (let i = 0; i < rows; i++) {
    const length = offsets[i + 1]! - offsets[i]!
    starts[i + 1] = starts[i]! + (length < LONG ? 1 : 5) + length
  }
  const bytes = Buffer.alloc(starts[rows]!)
  for (let i = 0; i < rows; i++) {
    const length = offsets[i + 1]! - offsets[i]!
    const at = starts[i + 1]! - length
    if (length < LONG) bytes[at - 1] = length
    else {
      bytes[at - 5] = LONG
      bytes.writeInt32BE(length, at - 4)
    }
    bytes.set(values.subarray(offsets[i], offsets[i + 1]), at)
  }
  return { bytes, starts: { at: starts, unit: 1 }, most: 0 }
}

const LONG = 255

/** A copy. */
function bigEndian(values: Values): Buffer {
  const bytes = Buffer.from(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
  if (values.BYTES_PER_ELEMENT === 2) bytes.swap16()
  else if (values.BYTES_PER_ELEMENT === 4) bytes.swap32()
  else if (values.BYTES_PER_ELEMENT === 8) bytes.swap64()
  return bytes
}
