/** Writing the UHI JSON form of a histogram (uhi.ts reads it): bytes are put into one growing buffer, since texts joined out of
 *  100,000 numbers cost ten times as much. */
import { sameBits } from '../core/bits.js'
import { type Axis, axisExtent } from './axis.js'
import { forFilledBlocks } from './filled-blocks.js'
import type { Hist } from './hist.js'

/** JSON text of one histogram. NaN and infinities are written as Python's json module writes them (NaN, Infinity), since JSON
 *  has no form for them; strict parsers then refuse the text. */
export function uhiText(hist: Hist): string {
  const out = new TextBytes()
  writeUhi(out, hist)
  return out.bytes().toString('utf8')
}

/** Appends the JSON text of one histogram. */
export function writeUhi(out: TextBytes, { axes, value, variance, touched }: Hist): void {
  out.text(`{"uhi_schema":1,"axes":[${axes.map(axisText).join(',')}],"storage":{"type":"weighted","values":`)
  const from = out.length
  writeNested(out, value, axes, touched)
  const to = out.length
  out.text(',"variances":')
  // So it is in every histogram that was filled without weights.
  if (sameBits(value, variance)) out.again(from, to)
  else writeNested(out, variance, axes, touched)
  out.text('}}')
}

/** JSON text of one histogram in UHI's sparse form: the cells that are not 0, and where they are along each axis, underflow
 *  being 0. NaN and infinities are texts, so that this is JSON for every reader. */
export function uhiSparseText(hist: Hist): string {
  const { axes, value, variance, touched } = hist
  const extents = axes.map(axisExtent)
  const index: string[][] = axes.map(() => [])
  const values: string[] = []
  const variances: string[] = []
  forFilledBlocks([value, variance], touched, (from, to) => {
    for (let cell = from; cell < to; cell++) {
      if (Object.is(value[cell], 0) && Object.is(variance[cell], 0)) continue
      let rest = cell
      for (let a = 0; a < extents.length; a++) {
        index[a]!.push(String(rest % extents[a]!))
        rest = Math.floor(rest / extents[a]!)
      }
      values.push(jsonNumber(value[cell]!))
      variances.push(jsonNumber(variance[cell]!))
    }
  })
  const positions = index.map(positions => `[${positions.join(',')}]`).join(',')
  const storage = `"index":[${positions}],"values":[${values.join(',')}],"variances":[${variances.join(',')}]`
  return `{"uhi_schema":1,"axes":[${axes.map(axisText).join(',')}],"storage":{"type":"weighted",${storage}}}`
}

function jsonNumber(x: number): string {
  return Number.isFinite(x) ? numberText(x) : `"${x}"`
}

function axisText(axis: Axis): string {
  const binning =
    axis.kind === 'variable'
      ? `"edges":[${Array.from(axis.edges, numberText).join(',')}]`
      : `"lower":${numberText(axis.lower)},"upper":${numberText(axis.upper)},"bins":${axis.bins}`
  const metadata = JSON.stringify({ name: axis.name, label: axis.label })
  return `{"type":"${axis.kind}",${binning},"underflow":true,"overflow":true,"circular":false,"metadata":${metadata}}`
}

/** Cells nest with the first axis outermost; rows are along the last axis. */
function writeNested(
  out: TextBytes,
  cells: Float64Array,
  axes: readonly Axis[],
  touched: Uint8Array | undefined,
): void {
  if (axes.length === 0) {
    out.number(cells[0]!)
    return
  }
  // Most rows of a large histogram are empty: between two others, the text is copied from that of an empty histogram.
  const { text, lengths } = emptyText(axes)
  const extents = axes.map(axisExtent)
  const last = extents.pop()!
  const rows = extents.reduce((product, extent) => product * extent, 1)
  const filled = filledRows(cells, rows, touched)
  const rowLength = lengths.at(-1)!
  let copied = 0
  const level = (depth: number, row: number, stride: number, at: number): void => {
    if (depth === extents.length) {
      if (filled[row] === 0) return
      out.raw(text.subarray(copied, at))
      out.row(cells, row, rows, last)
      copied = at + rowLength
      return
    }
    const extent = extents[depth]!
    const step = lengths[depth + 1]! + 1
    for (let i = 0; i < extent; i++) level(depth + 1, row + i * stride, stride * extent, at + 1 + i * step)
  }
  level(0, 0, 1, 0)
  out.raw(text.subarray(copied))
}

/** 1 for each row that is not all 0: row r has the cells r, r + rows, r + 2 * rows, ... */
function filledRows(cells: Float64Array, rows: number, touched: Uint8Array | undefined): Uint8Array {
  const filled = new Uint8Array(rows)
  forFilledBlocks([cells], touched, (from, to) => {
    for (let cell = from; cell < to; cell++) if (!Object.is(cells[cell], 0)) filled[cell % rows] = 1
  })
  return filled
}

interface EmptyText {
  readonly text: Buffer
  /** Of each depth, the length of its part: all parts of a depth are equal. */
  readonly lengths: readonly number[]
}

const emptyTexts = new WeakMap<readonly Axis[], EmptyText>()

/** Passing and failing probes have the same axes: the text is made once. */
function emptyText(axes: readonly Axis[]): EmptyText {
  let found = emptyTexts.get(axes)
  if (found === undefined) {
    let part = '0'
    const lengths: number[] = []
    for (const extent of axes.map(axisExtent).reverse()) {
      part = `[${part}${`,${part}`.repeat(extent - 1)}]`
      lengths.unshift(part.length)
    }
    emptyTexts.set(axes, (found = { text: Buffer.from(part, 'latin1'), lengths }))
  }
  return found
}

function numberText(x: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0'
  return String(x)
}

const OPEN = 0x5b
const CLOSE = 0x5d
const COMMA = 0x2c
const DIGIT_0 = 0x30
/** Of a number's text: "-1.2345678901234567e-100" and its like. */
const MAX_NUMBER_BYTES = 32
/** Whole numbers below this are written digit by digit, which is how unweighted bins look. */
const MAX_DIGITS_BY_HAND = 1e9

/** UTF-8 text as bytes that grow at the end. */
export class TextBytes {
  #bytes: Buffer
  #length = 0

  /** capacity: bytes that will be written, where that is known. */
  constructor(capacity = 0) {
    this.#bytes = Buffer.allocUnsafe(capacity + (1 << 16))
  }

  get length(): number {
    return this.#length
  }

  /** What was written; a view. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  text(text: string): void {
    this.raw(Buffer.from(text, 'utf8'))
  }

  raw(bytes: Uint8Array): void {
    const at = this.#take(bytes.length)
    this.#bytes.set(bytes, at)
  }

  /** Repeats what stands from `from` to `to`. */
  again(from: number, to: number): void {
    const at = this.#take(to - from)
    this.#bytes.copyWithin(at, from, to)
  }

  number(x: number): void {
    const at = this.#take(MAX_NUMBER_BYTES)
    this.#length = writeNumber(this.#bytes, at, x)
  }

  /** The `extent` numbers from `first` on, `stride` apart, in brackets. */
  row(numbers: Float64Array, first: number, stride: number, extent: number): void {
    let at = this.#take(extent * (MAX_NUMBER_BYTES + 1) + 1)
    const bytes = this.#bytes
    for (let i = 0; i < extent; i++) {
      bytes[at++] = i === 0 ? OPEN : COMMA
      at = writeNumber(bytes, at, numbers[first + i * stride]!)
    }
    bytes[at++] = CLOSE
    this.#length = at
  }

  /** Room for `count` more bytes; gives where they begin. */
  #take(count: number): number {
    const at = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#length, 2 * this.#bytes.length))
      this.#bytes.copy(grown, 0, 0, at)
      this.#bytes = grown
    }
    return at
  }
}

/** Gives where the number's text ends. */
function writeNumber(bytes: Buffer, at: number, x: number): number {
  if (!(x >= 0 && x < MAX_DIGITS_BY_HAND) || Math.floor(x) !== x || Object.is(x, -0)) {
    return at + bytes.write(numberText(x), at, 'latin1')
  }
  let rest = x | 0
  let digits = 1
  for (let limit = 10; limit <= rest; limit *= 10) digits++
  for (let k = at + digits - 1; k >= at; k--) {
    const tens = (rest / 10) | 0
    bytes[k] = DIGIT_0 + rest - 10 * tens
    rest = tens
  }
  return at + digits
}
