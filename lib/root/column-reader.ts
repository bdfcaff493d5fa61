/** One column while it is read: takes the baskets of an entry range one by one and puts their values in place. */
import { byteSize, newValues } from '../core/dtype.js'
import { DataError } from '../core/errors.js'
import type { Column, Values } from '../core/types.js'
import type { ReadableBranch } from './branch.js'
import { prefixSums } from './offsets.js'

/** No codec makes more of its input than this; a larger claim is nonsense, and is refused before room for it is made. */
const MAX_EXPANSION = 2 ** 16

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
    const at = this.#bytesBetween(this.#start, run.from)
    const length = end - begin
    this.#bytes.set(length === values.length ? values : values.subarray(begin, end), at)
    if (this.isPartial) swapBytes(this.#bytes.subarray(at, at + length), byteSize(this.branch.info.dtype))
    this.placedBytes += length
    return end
  }

  /** The finished column of entries [from, stop), with the offsets to give to a counted one. */
  column(from: number, offsets?: Int32Array): Column {
    const values = this.#finished()
    const { dtype, width } = this.branch.info
    if (offsets !== undefined) return { dtype, values, offsets }
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
    if (!this.#swapped && !this.isPartial) swapBytes(this.#bytes, byteSize(this.branch.info.dtype))
    this.#swapped = true
    return this.#values!
  }

  #bytesBetween(from: number, to: number): number {
    const { stride } = this.branch
    if (this.counter === null) return (to - from) * stride
    const sums = this.counter.sums()
    const base = this.counter.start
    return (sums[to - base]! - sums[from - base]!) * stride
  }

  #allocate(): void {
    const { dtype } = this.branch.info
    const bytes = this.#bytesBetween(this.#start, this.stop)
    if (bytes > this.storedBytes * MAX_EXPANSION) {
      throw this.#damaged(`entries [${this.#start}, ${this.stop}) need ${bytes} bytes, made of ${this.storedBytes}`)
    }
    try {
      this.#values = newValues(dtype, bytes / byteSize(dtype))
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
function swapBytes(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16()
  else if (size === 4) bytes.swap32()
  else if (size === 8) bytes.swap64()
}
