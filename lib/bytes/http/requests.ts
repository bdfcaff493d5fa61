/** How many ranges go into one request, and how many requests are under way. */
import type { Nearness } from '../coalesce.js'
import { rangeHeader } from './content-range.js'
import type { Span } from './layout.js'

/** A further range in a request costs 100 bytes of header and a read of the server. */
export const TOGETHER: Nearness = { maxGap: 4096, maxLength: 8 * 1024 * 1024 }

/** XrdHttp 5.5.3 takes 1000 ranges (17 kB) and cuts 2000 off; other servers' limit for all headers is 16 kB, Apache's for ranges 200. */
const MOST_RANGES = 500
const MOST_HEADER = 12_000
/** Beyond that several connections at once are faster than one. */
const MOST_BYTES = 8 * 1024 * 1024

export function batches(reads: readonly Span[]): Span[][] {
  const made: Span[][] = []
  let header = 0
  let bytes = 0
  for (const read of reads) {
    const text = rangeHeader([read]).length
    const last = made.at(-1)
    const isFull = last === undefined || last.length >= MOST_RANGES || header + text > MOST_HEADER
    if (isFull || bytes + read.length > MOST_BYTES) {
      made.push([read])
      header = text
      bytes = read.length
    } else {
      last.push(read)
      header += text
      bytes += read.length
    }
  }
  return made
}

/** Runs `work` on every item, `most` at once. Ends when all have ended or with the first failure. */
export async function inParallel<T>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) await work(items[next++]!)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
}
