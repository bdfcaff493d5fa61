/** The rows of one table as baskets (TBasket 3): the part of writing that costs time, so it runs where the table is (in a worker). A
 *  table is a cluster: no basket reaches into another's. */
import { xxh3 } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { type Packing, packRecord } from '../root-file/blocks.js'
import { RootBuffer } from '../root-file/buffer.js'
import { BEGIN } from '../root-file/head.js'
import { type Key, keyBytes, keyLength } from '../root-file/key.js'
import { checkedColumn, checkTogether } from '../table-columns.js'
import { type EncodedGroup, type Rows, TREE_NAME } from '../table-format.js'
import type { Branch } from './branches.js'
import { LEAF_TYPES } from './leaf-types.js'
import { type Starts, type StoredValues, storedValues } from './stored-values.js'

/** Numbers of each basket in `baskets`. */
export const BASKET = {
  /** Number of the branch. */
  branch: 0,
  rows: 1,
  /** Where its key begins in the group's bytes. */
  at: 2,
  /** Of its record, as it is in the file. */
  bytes: 3,
  /** The same, but that its values are not compressed. */
  expanded: 4,
} as const
export const BASKET_NUMBERS = 5

export interface EncodedBaskets extends EncodedGroup {
  /** BASKET_NUMBERS for each basket, in the order of branches and entries. */
  readonly baskets: Int32Array
  /** For each branch: the most elements of an entry that it counts. */
  readonly most: Int32Array
  /** Of the bytes, before they are placed. */
  readonly digest: string
}

/** Baskets are cut behind so many bytes of values, for readers that want a part of a table's rows. */
const BASKET_BYTES = 1 << 20
const MAX_BYTES = 2 ** 31 - 1

/** Throws as TableFiles.encodeGroup. packing null: uncompressed. */
export function encodeBaskets(rows: Rows, branches: readonly Branch[], packing: Packing | null): EncodedBaskets {
  const encoder = new Encoder(packing)
  const most = new Int32Array(branches.length)
  if (rows.length > 0) {
    for (const [k, branch] of branches.entries()) {
      const { leaf, together } = branch
      const column = checkedColumn(rows.columns, leaf, rows.length, 'TTree')
      checkTogether(rows.columns, [leaf, ...together], rows.length, 'TTree')
      const stored = storedValues(branch, column, rows.length)
      encoder.branch(k, branch, stored, rows.length)
      most[k] = stored.most
    }
  }
  const bytes = encoder.joined()
  const digest = xxh3(bytes).toString(16).padStart(16, '0')
  return { rows: rows.length, bytes, baskets: Int32Array.from(encoder.baskets), most, digest }
}

class Encoder {
  readonly baskets: number[] = []
  private readonly packing: Packing | null
  private readonly parts: Uint8Array[] = []
  private length = 0

  constructor(packing: Packing | null) {
    this.packing = packing
  }

  branch(number: number, branch: Branch, { bytes, starts }: StoredValues, rows: number): void {
    const entryBytes = branch.width * LEAF_TYPES[branch.dtype].bytes
    for (let from = 0; from < rows; ) {
      const to = starts === null ? Math.min(from + fitting(entryBytes), rows) : cut(starts, from, rows)
      const startOf = (row: number) => (starts === null ? row * entryBytes : starts.at[row]! * starts.unit)
      const values = bytes.subarray(startOf(from), startOf(to))
      this.basket(number, branch, values, to - from, starts === null ? entryBytes : { starts, from })
      from = to
    }
  }

  joined(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }

  /** entries: where they begin, from which one on; or the length of each. */
  private basket(number: number, branch: Branch, values: Buffer, rows: number, entries: Entries | number): void {
    const key: Key = { className: 'TBasket', name: branch.name, title: TREE_NAME, folderSeek: BEGIN }
    const keyTotal = keyLength(key, true) + HEADER_BYTES
    const object = typeof entries === 'number' ? values : withOffsets(values, rows, entries, keyTotal)
    if (keyTotal + object.length > MAX_BYTES) throw tooLarge(branch, 'an entry exceeds 2 GiB')
    const payload = this.packing === null ? object : packRecord(object, this.packing)
    const expanded = keyTotal + object.length
    const header = new RootBuffer()
    header.i16(3)
    header.i32(expanded, typeof entries === 'number' ? entries : rows + 1, rows, keyTotal + values.length)
    header.u8(0)
    const place = { seek: 0, payloadBytes: payload.length, objectBytes: object.length, big: true }
    const head = keyBytes(key, { ...place, extra: header.written() })
    const bytes = head.length + payload.length
    if (this.length + bytes > MAX_BYTES) throw tooLarge(branch, 'the columns of one table exceed 2 GiB')
    this.baskets.push(number, rows, this.length, bytes, expanded)
    this.parts.push(head, payload)
    this.length += bytes
  }
}

/** Version, sizes and flag, which a basket's key has at its end. */
const HEADER_BYTES = 19

interface Entries {
  readonly starts: Starts
  readonly from: number
}

/** Entries of this length in a basket: at least one. */
function fitting(entryBytes: number): number {
  return Math.max(Math.floor(BASKET_BYTES / entryBytes), 1)
}

/** The row behind the last one of the basket that begins with row `from`: at least one row. */
function cut({ at, unit }: Starts, from: number, rows: number): number {
  const most = at[from]! + BASKET_BYTES / unit
  let to = from + 1
  while (to < rows && at[to + 1]! <= most) to++
  return to
}

/** The values, and behind them where each entry begins, counted from the basket's key. */
function withOffsets(values: Buffer, rows: number, { starts, from }: Entries, keyTotal: number): Buffer {
  const { at, unit } = starts
  const offsets = new Int32Array(rows + 2)
  offsets[0] = rows + 1
  for (let i = 0; i < rows; i++) offsets[i + 1] = keyTotal + unit * (at[from + i]! - at[from]!)
  const bytes = Buffer.from(offsets.buffer)
  bytes.swap32()
  return Buffer.concat([values, bytes])
}

function tooLarge({ leaf }: Branch, what: string): DataError {
  return new DataError('ValueError', `TTree column ${leaf.column}: ${what}. Read the files in smaller steps.`)
}
