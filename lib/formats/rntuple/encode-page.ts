/** Values to the bytes of a page, before compression. Every encoding begins anew in each page. Loops over typed arrays. */
import type { Values } from '../../core/types.js'
import { packBits } from '../pack-bits.js'

/** plain: as they are. split: all lowest bytes first, then all second ones, ... zigzag: 0, -1, 1, -2, ... as 0, 1, 2, 3, ..., then split.
 *  ends: each less the one before, as 64 bits, then split. bits: eight a byte, the first in the lowest bit. */
export type Encoding = 'plain' | 'split' | 'zigzag' | 'ends' | 'bits'

/** Puts values [from, to) into `out` and returns the number of bytes. Ends are of 32 bits: no cluster has more elements. */
export function encodePage(encoding: Encoding, values: Values, from: number, to: number, out: Uint8Array): number {
  const page = values.subarray(from, to) as Values
  switch (encoding) {
    case 'bits':
      return packBits(out, 0, page as Uint8Array)
    case 'ends':
      return splitDeltas(page as Int32Array, out)
    case 'zigzag':
      return page.BYTES_PER_ELEMENT === 2
        ? splitZigzag16(page as Int16Array, out)
        : page.BYTES_PER_ELEMENT === 4
          ? splitZigzag32(page as Int32Array, out)
          : splitZigzag64(page, out)
    case 'split':
      return page.BYTES_PER_ELEMENT === 2
        ? split16(page as Uint16Array, out)
        : page.BYTES_PER_ELEMENT === 4
          ? split32(new Uint32Array(page.buffer, page.byteOffset, page.length), out)
          : split64(page, out)
    default:
      out.set(new Uint8Array(page.buffer, page.byteOffset, page.byteLength))
      return page.byteLength
  }
}

function split16(values: Uint16Array, out: Uint8Array): number {
  const n = values.length
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    out[i] = value
    out[i + n] = value >>> 8
  }
  return 2 * n
}

function split32(values: Uint32Array, out: Uint8Array): number {
  const n = values.length
  const [second, third, fourth] = [n, 2 * n, 3 * n]
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    out[i] = value
    out[i + second] = value >>> 8
    out[i + third] = value >>> 16
    out[i + fourth] = value >>> 24
  }
  return 4 * n
}

/** As pairs of words, the lower one first. */
function wordsOf({ buffer, byteOffset, length }: Values): Uint32Array {
  return new Uint32Array(buffer, byteOffset, 2 * length)
}

function split64(values: Values, out: Uint8Array): number {
  const n = values.length
  const words = wordsOf(values)
  for (let i = 0; i < n; i++) writeSplit64(out, i, n, words[2 * i]!, words[2 * i + 1]!)
  return 8 * n
}

function writeSplit64(out: Uint8Array, i: number, n: number, low: number, high: number): void {
  out[i] = low
  out[i + n] = low >>> 8
  out[i + 2 * n] = low >>> 16
  out[i + 3 * n] = low >>> 24
  out[i + 4 * n] = high
  out[i + 5 * n] = high >>> 8
  out[i + 6 * n] = high >>> 16
  out[i + 7 * n] = high >>> 24
}

function splitZigzag16(values: Int16Array, out: Uint8Array): number {
  const n = values.length
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    const zigzag = (value << 1) ^ (value >> 15)
    out[i] = zigzag
    out[i + n] = zigzag >>> 8
  }
  return 2 * n
}

function splitZigzag32(values: Int32Array, out: Uint8Array): number {
  const n = values.length
  const [second, third, fourth] = [n, 2 * n, 3 * n]
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    const zigzag = (value << 1) ^ (value >> 31)
    out[i] = zigzag
    out[i + second] = zigzag >>> 8
    out[i + third] = zigzag >>> 16
    out[i + fourth] = zigzag >>> 24
  }
  return 4 * n
}

function splitZigzag64(values: Values, out: Uint8Array): number {
  const n = values.length
  const words = wordsOf(values)
  for (let i = 0; i < n; i++) {
    const [low, high] = [words[2 * i]!, words[2 * i + 1]!]
    const sign = (high | 0) >> 31
    writeSplit64(out, i, n, (low << 1) ^ sign, ((high << 1) | (low >>> 31)) ^ sign)
  }
  return 8 * n
}

/** Ends ascend, so the upper halves of all differences are 0. */
function splitDeltas(ends: Int32Array, out: Uint8Array): number {
  const n = ends.length
  let before = 0
  for (let i = 0; i < n; i++) {
    const delta = ends[i]! - before
    before = ends[i]!
    out[i] = delta
    out[i + n] = delta >>> 8
    out[i + 2 * n] = delta >>> 16
    out[i + 3 * n] = delta >>> 24
  }
  out.fill(0, 4 * n, 8 * n)
  return 8 * n
}
