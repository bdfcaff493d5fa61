/** Products of columns, the inner loops of gradient, Hessian and convolutions: by WebAssembly with 128-bit registers
 *  (scripts/wasm/gram.mjs), two to ten times as fast as loops in JavaScript. */
import { type GrowingMemory, growTo, instantiateWasm } from '../core/wasm.js'
import { GRAM } from './generated/modules.gen.js'

/** Places in bytes; `stride` from column to column, `bytes` of a column in whole vectors. */
type Loop = (
  columns: number,
  count: number,
  stride: number,
  weights: number,
  residuals: number,
  weighted: number,
  bytes: number,
  products: number,
  sums: number,
) => void

interface Exports {
  readonly m: GrowingMemory
  /** Sums of column·residuals, and products of the columns. */
  readonly g: Loop
  /** Sums of column·weighted. */
  readonly v: Loop
}

const NUMBER = 8
/** Columns that the loops take at a time: as many may be read and written behind the last. */
const STEP = 4

/** All work spaces lie at the beginning of one memory: one is used at a time. A larger one makes a memory of its own, so that the
 *  views of others stay what they are. */
let wasm: Exports | undefined

/** Lays out a work space: places of so many numbers each, and the loops with the memory for them. */
function workSpace(...sizes: readonly number[]): { readonly exports: Exports; readonly places: readonly number[] } {
  const places: number[] = []
  let next = 0
  for (const size of sizes) {
    places.push(next)
    next += NUMBER * (size + (size % 2))
  }
  if (wasm === undefined || wasm.m.buffer.byteLength < next) {
    wasm = instantiateWasm<Exports>(Buffer.from(GRAM, 'base64'), {})
    growTo(wasm.m, next)
  }
  return { exports: wasm, places }
}

/** Work space for products of `count` columns of so many bins. What is written here is gone when another work space is used. */
export class Products {
  readonly columns: Float64Array
  readonly weights: Float64Array
  readonly residuals: Float64Array
  /** Σ column·residuals of each column. */
  readonly sums: Float64Array
  /** Σ column k·column l·weights at [k * count + l] for l <= k. */
  readonly products: Float64Array
  /** Fills `sums`, and `products` if wanted, from the others. */
  readonly run: (withProducts: boolean) => void

  constructor(bins: number, count: number) {
    const padded = bins + (bins % 2)
    const { exports, places } = workSpace(
      padded,
      padded,
      padded,
      count + STEP,
      count * count + STEP,
      (count + STEP) * bins + 1,
    )
    const [weights, residuals, weighted, sums, products, columns] = places as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const view = (from: number, numbers: number) => new Float64Array(exports.m.buffer, from, numbers)
    this.columns = view(columns, count * bins)
    this.weights = view(weights, bins)
    this.residuals = view(residuals, bins)
    this.sums = view(sums, count)
    this.products = view(products, count * count)
    // an odd number of bins: what is read in place of the next has no weight
    const padding = [weights, residuals].map(from => view(from, padded).subarray(bins))
    const [bytes, stride] = [NUMBER * padded, NUMBER * bins]
    this.run = withProducts => {
      for (const rest of padding) rest.fill(0)
      if (withProducts) exports.g(columns, count, stride, weights, residuals, weighted, bytes, products, sums)
      else exports.v(columns, count, stride, weights, weighted, residuals, bytes, products, sums)
    }
  }
}

/** Work space for products of a vector with pieces of `count` columns of so many rows, as convolutions need them. What is written
 *  here is gone when another work space is used. */
export class VectorProducts {
  readonly vector: Float64Array
  /** Column k begins at [k * rows]. */
  readonly columns: Float64Array
  /** Σ vector·column of each column. */
  readonly sums: Float64Array
  /** Fills the first `used` sums, from `length` numbers of the vector and as many rows. */
  readonly run: (vectorFrom: number, rowFrom: number, length: number, used: number) => void

  constructor(length: number, rows: number, count: number) {
    const { exports, places } = workSpace(length + 1, count + STEP, (count + STEP) * rows + 1)
    const [vector, sums, columns] = places as [number, number, number]
    const view = (from: number, numbers: number) => new Float64Array(exports.m.buffer, from, numbers)
    this.vector = view(vector, length)
    this.sums = view(sums, count)
    this.columns = view(columns, count * rows)
    const stride = NUMBER * rows
    this.run = (vectorFrom, rowFrom, wanted, used) => {
      const even = wanted - (wanted % 2)
      const from = columns + NUMBER * rowFrom
      // the loop takes one step at least
      if (even === 0) this.sums.fill(0)
      else exports.v(from, used, stride, 0, 0, vector + NUMBER * vectorFrom, NUMBER * even, 0, sums)
      if (even === wanted) return
      const last = this.vector[vectorFrom + even]!
      for (let k = 0; k < used; k++) this.sums[k]! += last * this.columns[k * rows + rowFrom + even]!
    }
  }
}
