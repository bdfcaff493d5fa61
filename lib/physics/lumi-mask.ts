/** Certified luminosity sections: the "golden JSON" of CMS data certification. */
import type { Values } from '../core/types.js'

/** Run number -> sorted, disjoint ranges [first, last] of lumi sections, both inclusive, flattened: first, last, first, ... */
export type LumiRanges = ReadonlyMap<number, Uint32Array>

/** Files number sections with 32 bits. */
const LAST_SECTION = 2 ** 32 - 1

/** Flattens the ranges of each run. runs: run number -> [first, last] pairs, ascending and disjoint. */
export function lumiRanges(runs: Iterable<readonly [number, readonly (readonly [number, number])[]]>): LumiRanges {
  return new Map(
    [...runs].map(([run, ranges]) => {
      const within = ranges.filter(([first]) => first <= LAST_SECTION)
      return [run, Uint32Array.from(within.flatMap(([first, last]) => [first, Math.min(last, LAST_SECTION)]))]
    }),
  )
}

/** Positions among `events` (null: all of `length`) whose (run, lumi section) is certified. run, lumi: one number an event.
 *  Runs that are not listed fail. Returns an ascending Int32Array. */
export function certifiedEvents(
  mask: LumiRanges,
  run: Values,
  lumi: Values,
  events: Int32Array | null,
  length: number,
): Int32Array {
  const n = events === null ? length : events.length
  const out = new Int32Array(n)
  let kept = 0
  let lastRun = -1
  let ranges: Uint32Array | undefined
  for (let i = 0; i < n; i++) {
    const event = events === null ? i : events[i]!
    const thisRun = Number(run[event]!)
    // Files hold long stretches of one run: look it up only when it changes.
    if (thisRun !== lastRun) {
      lastRun = thisRun
      ranges = mask.get(thisRun)
    }
    if (ranges !== undefined && contains(ranges, Number(lumi[event]!))) out[kept++] = event
  }
  return out.subarray(0, kept)
}

function contains(ranges: Uint32Array, lumi: number): boolean {
  let low = 0
  let high = ranges.length >> 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (lumi < ranges[2 * middle]!) high = middle
    else if (lumi > ranges[2 * middle + 1]!) low = middle + 1
    else return true
  }
  return false
}
