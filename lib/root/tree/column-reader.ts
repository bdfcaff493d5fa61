/** One column while it is read: takes the baskets of an entry range one by one and puts their values in place. */
import { byteSize, newValues } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { Column, Values } from '../../core/types.js'
import { prefixSums } from '../offsets.js'
import { MAX_EXPANSION } from '../record.js'
import type { ReadableBranch } from './branch.js'

/** A run of entries of one basket: `values` begin with entry `first`; entries [from, to) of them are wanted. */
export interface Run {
  readonly first: number
  readonly from: number
  readonly to: number
  /** The entry behind the basket's last one. */
  readonly end: number
}

/** Entries [start, stop) of one branch. */
export class ColumnReader {
  readonly branch: ReadableBranch
  readonly stop: number
  readonly counter: ColumnReader | null
  /** Bytes in the file that the column will be made of: bounds its size. Those of baskets that are left out count as well. */
  storedBytes = 0
  /** Some baskets are left out: their entries keep the value 0. */
  isPartial = false
  /** Bytes of values that have been put in place. */
  placedBytes = 0
  #start: number
  #values: Values | null = null
  #bytes: Buffer = Buffer.alloc(0)
  #swapped = false
  #sums: Int32Array | null = null

  constructor(branch: ReadableBranch, start: number, stop: number, counter: ColumnReader | null) {
    this.branch = branch
    this.stop = stop
    this.counter = counter
    this.#start = start
  }

  get start(): number {
    return this.#start
  }

  /** Widens the range; only before the first `add`. */
  startFrom(entry: number): void {
    if (entry < this.#start) this.#start = entry
  }

  /** Puts the wanted part of a run's big-endian values in place. Gives the number of bytes from the run's first entry up to
   *  its entry `to`. The counter, if any, must be complete. */
  add(values: Uint8Array, run: Run): number {
    if (this.#values === null) this.#allocate()
    const begin = this.#bytesBetween(run.first, run.from)
    const end = begin + this.#bytesBetween(run.from, run.to)
    if (run.to === run.end ? end !== values.length : end > values.length) {
      const wanted = `entries [${run.first}, ${run.to}) need ${end} bytes`
      throw this.#damaged(`${wanted}, their basket has ${values.length} up to entry ${run.end}`)
    }
    const at = this.#valueBytesBetween(this.#start, run.from)
    const length = this.#valueBytesBetween(run.from, run.to)
    if (this.branch.flagged) this.#place(this.#withoutFlags(values, begin, run), 0, length, at)
    else this.#place(values, begin, begin + length, at)
    this.placedBytes += length
    return end
  }

  /** source[begin, end): values of entries that follow those which take `at` bytes. */
  #place(source: Uint8Array, begin: number, end: number, at: number): void {
    if (this.branch.packing !== null) this.#unpack(source, begin, end, at)
    else {
      const length = end - begin
      this.#bytes.set(length === source.length ? source : source.subarray(begin, end), at)
      if (this.isPartial) swapBytes(this.#bytes.subarray(at, at + length), byteSize(this.branch.info.dtype))
    }
  }

  /** The finished column of entries [from, stop), with the offsets to give to a counted one. */
  column(from: number, offsets?: Int32Array): Column {
    const values = this.#finished()
    const { dtype, width } = this.branch.info
    if (offsets !== undefined) return width === 1 ? { dtype, values, offsets } : { dtype, values, offsets, width }
    const wanted = from === this.#start ? values : values.slice((from - this.#start) * width)
    return width === 1 ? { dtype, values: wanted } : { dtype, values: wanted, width }
  }

  /** Of a counter whose baskets are all added: sums[i] elements stand before entry start + i. */
  sums(): Int32Array {
    this.#sums ??= prefixSums(this.#finished(), this.branch.place)
    return this.#sums
  }

  #finished(): Values {
    if (this.#values === null) this.#allocate()
    // Swapping the whole column at once is twice as fast as reading the baskets' values one by one in swapped order. What was
    // left out is not touched: it takes no memory then.
    if (!this.#swapped && !this.isPartial && this.branch.packing === null)
      swapBytes(this.#bytes, byteSize(this.branch.info.dtype))
    this.#swapped = true
    return this.#values!
  }

  /** Values that are stored otherwise than they are in a column; at: of the first one, in stored bytes of the column. */
  #unpack(source: Uint8Array, begin: number, end: number, at: number): void {
    const { stride, packing, at: first, info } = this.branch
    const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
    const { bytes, unpack } = packing!
    if (stride === bytes * info.width) {
      unpack(view, begin, bytes, (end - begin) / bytes, this.#values!, at / bytes)
      return
    }
    const rows = (end - begin) / stride
    if (info.width === 1) {
      unpack(view, begin + first, stride, rows, this.#values!, at / stride)
      return
    }
    for (let row = 0; row < rows; row++) {
      unpack(view, begin + row * stride + first, bytes, info.width, this.#values!, (at / stride + row) * info.width)
    }
  }

  /** The values of a run's wanted entries, before each of which a byte says whether they are there. */
  #withoutFlags(values: Uint8Array, begin: number, { from, to }: Run): Uint8Array {
    const plain = new Uint8Array(this.#valueBytesBetween(from, to))
    let at = begin
    let put = 0
    for (let entry = from; entry < to; entry++) {
      const length = this.#valueBytesBetween(entry, entry + 1)
      if (length > 0 && values[at] === 0) throw this.#damaged(`entry ${entry} has no array`)
      plain.set(values.subarray(at + 1, at + 1 + length), put)
      at += 1 + length
      put += length
    }
    return plain
  }

  #bytesBetween(from: number, to: number): number {
    return this.#valueBytesBetween(from, to) + (this.branch.flagged ? to - from : 0)
  }

  #valueBytesBetween(from: number, to: number): number {
    const { stride } = this.branch
    if (this.counter === null) return (to - from) * stride
    const sums = this.counter.sums()
    const base = this.counter.start
    return (sums[to - base]! - sums[from - base]!) * stride
  }

  #allocate(): void {
    const { stride, info } = this.branch
    const { dtype, width } = info
    const bytes = this.#valueBytesBetween(this.#start, this.stop)
    if (bytes > this.storedBytes * MAX_EXPANSION) {
      throw this.#damaged(`entries [${this.#start}, ${this.stop}) need ${bytes} bytes, made of ${this.storedBytes}`)
    }
    try {
      this.#values = newValues(dtype, (bytes / stride) * width)
    } catch (cause) {
      const problem = `entries [${this.#start}, ${this.stop}) need ${bytes} bytes`
      const advice = 'Read fewer entries at a time.'
      throw new DataError('ValueError', `${this.branch.place}: ${problem}, which is too much. ${advice}`, { cause })
    }
    this.#bytes = Buffer.from(this.#values.buffer)
  }

  #damaged(problem: string): DataError {
    return new DataError('DeserializationError', `${this.branch.place}: ${problem}. The file is damaged.`)
  }
}

/** Big-endian to little-endian, in place. */
export function swapBytes(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16()
  else if (size === 4) bytes.swap32()
  else if (size === 8) bytes.swap64()
}
