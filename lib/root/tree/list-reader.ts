/** A column of lists that say their length themselves, as std::vector does: each entry is a byte count, a version, a count, and
 *  the values. Lengths are known when the baskets have been read, so all of a range's are. */
import { byteSize, newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { Column } from '../../core/types.js'
import type { ReadableBranch } from './branch.js'
import { type Run, swapBytes } from './column-reader.js'

/** Byte count, version and count. */
const HEADER_BYTES = 10
const COUNT_AT = 6
/** Byte count: set in each; the bytes that follow it. */
const COUNTED = 0x40000000
/** Of a version: the values are stored member by member. */
const MEMBERWISE = 0x4000
const MAX_VALUES = 2 ** 31 - 1

/** The wanted entries of one basket. */
interface Part {
  readonly from: number
  readonly lengths: Int32Array
  /** As in the file, without headers. */
  readonly bytes: Buffer
}

export class ListReader {
  readonly branch: ReadableBranch
  readonly stop: number
  readonly counter = null
  /** As of a ColumnReader. Baskets are never left out: it would not be known how long their lists are. */
  storedBytes = 0
  isPartial = false
  placedBytes = 0
  readonly start: number
  readonly #parts: Part[] = []

  constructor(branch: ReadableBranch, start: number, stop: number) {
    this.branch = branch
    this.start = start
    this.stop = stop
  }

  /** As of a ColumnReader. */
  add(values: Uint8Array, { first, from, to, end }: Run): number {
    const source = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
    const begin = this.skip(source, 0, first, from)
    if (source.length === 0 && end > first) throw this.#empty(first, end)
    if ((to - from) * this.leastBytes > source.length) {
      throw this.damaged(`a basket of ${source.length} bytes for entries [${first}, ${end})`)
    }
    const lengths = new Int32Array(to - from)
    const stop = this.skip(source, begin, from, to, lengths)
    if (to === end && stop !== source.length) {
      throw this.damaged(
        `the lists of entries [${first}, ${end}) take ${stop} bytes, their basket has ${source.length}`,
      )
    }
    const bytes = this.copy(source, begin, stop, lengths)
    this.#parts.push({ from, lengths, bytes })
    return stop
  }

  /** Offsets and values of all entries. share: gives the array of offsets to use in place of an equal one. */
  listColumn(share: (offsets: Int32Array) => Int32Array): Column {
    const { info, stride, packing } = this.branch
    // Baskets come in the order in which they lie in the file.
    this.#parts.sort((a, b) => a.from - b.from)
    const offsets = new Int32Array(this.stop - this.start + 1)
    let entry = 0
    let total = 0
    for (const { lengths } of this.#parts) {
      for (const length of lengths) {
        total += length
        if (total > MAX_VALUES) throw this.#tooMuch(entry + 1, total)
        offsets[++entry] = total
      }
    }
    const values = newValues(info.dtype, total)
    const into = Buffer.from(values.buffer)
    let put = 0
    for (const { bytes } of this.#parts) {
      if (packing === null) bytes.copy(into, put * stride)
      else packing.unpack(new DataView(bytes.buffer, bytes.byteOffset), 0, stride, bytes.length / stride, values, put)
      put += bytes.length / stride
    }
    this.#parts.length = 0
    if (packing === null) swapBytes(into, byteSize(info.dtype))
    this.placedBytes = into.length
    const column = { dtype: info.dtype, values, offsets: share(offsets) }
    return info.text === true ? { ...column, text: true } : column
  }

  /** Of an entry, at least. */
  protected get leastBytes(): number {
    return HEADER_BYTES
  }

  /** The values in source[begin, end), without headers. */
  protected copy(source: Buffer, begin: number, end: number, lengths: Int32Array): Buffer {
    const bytes = Buffer.allocUnsafe(end - begin - HEADER_BYTES * lengths.length)
    copyLists(source, begin, lengths, this.branch.stride, bytes)
    return bytes
  }

  /** From the position of entry `from` to that of entry `to`; notes the lengths between. */
  protected skip(source: Buffer, at: number, from: number, to: number, lengths?: Int32Array): number {
    const { stride } = this.branch
    for (let entry = from; entry < to; entry++) {
      if (at + HEADER_BYTES > source.length) throw this.damaged(`entry ${entry} passes its basket's end`)
      const stored = source.readUInt32BE(at) - COUNTED + 4
      const length = source.readUInt32BE(at + COUNT_AT)
      if (stored !== HEADER_BYTES + length * stride || at + stored > source.length) {
        throw this.damaged(`entry ${entry} has ${length} values of ${stride} bytes in ${stored} bytes`)
      }
      if ((source[at + 4]! & (MEMBERWISE >>> 8)) !== 0) throw this.damaged(`entry ${entry} is stored memberwise`)
      if (lengths !== undefined) lengths[entry - from] = length
      at += stored
    }
    return at
  }

  protected damaged(problem: string): DataError {
    return new DataError('DeserializationError', `${this.branch.place}: ${problem}. The file is damaged.`)
  }

  /** ROOT writes such baskets where a program fills branches of a class that it does not know. */
  #empty(first: number, end: number): DataError {
    const problem = `nothing was stored of entries [${first}, ${end})`
    return new DataError('ValueError', `${this.branch.place}: ${problem}. Leave the branch out.`)
  }

  #tooMuch(entries: number, values: number): DataError {
    const problem = `the first ${entries} entries have ${values} elements (at most ${MAX_VALUES})`
    return new DataError('ValueError', `${this.branch.place}: ${problem}. Read fewer entries at a time.`)
  }
}

/** Longer lists are copied by the runtime; of shorter ones the call would take longer than a loop (2 million lists of two values: 244
 *  against 319 ms, decompression included). */
const LOOP_BYTES = 64

/** The values of consecutive entries, whose first header stands at `at`, without headers. */
function copyLists(source: Buffer, at: number, lengths: Int32Array, stride: number, into: Buffer): void {
  let put = 0
  for (let entry = 0; entry < lengths.length; entry++) {
    at += HEADER_BYTES
    const size = lengths[entry]! * stride
    if (size > LOOP_BYTES) source.copy(into, put, at, at + size)
    else for (let k = 0; k < size; k++) into[put + k] = source[at + k]!
    put += size
    at += size
  }
}
