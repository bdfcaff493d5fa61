/** Joins byte ranges that lie near each other, so that a source makes few large reads instead of many small ones. */
import type { Range } from './source.js'

/** What a source finds worthwhile to read in one go. */
export interface Nearness {
  /** Ranges with at most so many unwanted bytes between them are read together. */
  readonly maxGap: number
  /** A joined read is not made longer than this; a single range may be. */
  readonly maxLength: number
}

/** A read that covers `members`: positions in the list of ranges that was given to `coalesce`. */
export interface JoinedRange extends Range {
  readonly members: readonly number[]
}

/** Reads that cover all ranges, by ascending position. Ranges may overlap and come in any order; every one of them is a
 *  member of exactly one read. */
export function coalesce(ranges: readonly Range[], nearness: Nearness): JoinedRange[] {
  const order = ranges.map((_, k) => k).sort((a, b) => ranges[a]!.position - ranges[b]!.position)
  const joined: JoinedRange[] = []
  let members: number[] = []
  let start = 0
  let end = 0
  for (const k of order) {
    const range = ranges[k]!
    const rangeEnd = range.position + range.length
    const near = range.position - end <= nearness.maxGap && Math.max(end, rangeEnd) - start <= nearness.maxLength
    if (members.length > 0 && !near) {
      joined.push({ position: start, length: end - start, members })
      members = []
    }
    if (members.length === 0) {
      start = range.position
      end = rangeEnd
    }
    members.push(k)
    if (rangeEnd > end) end = rangeEnd
  }
  if (members.length > 0) joined.push({ position: start, length: end - start, members })
  return joined
}
