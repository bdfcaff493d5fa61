/** Where the cells of a histogram are that are not 0: large histograms are mostly empty. */

import { PAGE_SHIFT } from './hist.js'

/** Cells a block. */
export const BLOCK_CELLS = 64

/** Calls `visit` with the ranges [from, to) of cells, in their order, of the blocks in which any of the arrays, all of one length,
 *  holds anything but the bits of 0. touched: as in Hist. */
export function forFilledBlocks(
  arrays: readonly Float64Array[],
  touched: Uint8Array | undefined,
  visit: (from: number, to: number) => void,
): void {
  const cells = arrays[0]!.length
  const words = arrays.map(a => new Int32Array(a.buffer, a.byteOffset, 2 * cells))
  for (let from = 0; from < cells; from += BLOCK_CELLS) {
    if (touched !== undefined && touched[from >>> PAGE_SHIFT] === 0) continue
    const to = Math.min(from + BLOCK_CELLS, cells)
    if (words.some(w => isFilled(w, 2 * from, 2 * to))) visit(from, to)
  }
}

function isFilled(words: Int32Array, from: number, to: number): boolean {
  let bits = 0
  for (let i = from; i < to; i++) bits |= words[i]!
  return bits !== 0
}
