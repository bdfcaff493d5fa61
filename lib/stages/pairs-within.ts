/** Batch -> Pairs: every ordered pair (i, j), i != j, of an event's objects; tag i, probe j, i outer, both ascending. */
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { offsetsOf } from './batch.js'

/** collection: `Electron`, `Muon`, ... (its branch `<collection>_pt` is read). */
export function pairsWithin(collection: string): MapStage<Batch, Pairs> {
  const pt = `${collection}_pt`
  return {
    kind: 'map',
    name: 'pairsWithin',
    reads: [pt],
    note: `ordered pairs tag, probe of ${collection}`,
    map: batch => ({
      batch,
      tags: collection,
      probes: collection,
      columns: new Map(),
      ...orderedPairs(offsetsOf(batch, pt), batch.events, batch.length),
    }),
  }
}

/** events: the events to pair, null for all `length`. Returns three Int32Array[nPairs]. Sizes first, then fills. */
export function orderedPairs(
  offsets: Int32Array,
  events: Int32Array | null,
  length: number,
): { readonly event: Int32Array; readonly tag: Int32Array; readonly probe: Int32Array } {
  const n = events === null ? length : events.length
  let total = 0
  for (let e = 0; e < n; e++) {
    const i = events === null ? e : events[e]!
    const count = offsets[i + 1]! - offsets[i]!
    total += count * (count - 1)
  }
  const event = new Int32Array(total)
  const tag = new Int32Array(total)
  const probe = new Int32Array(total)
  for (let e = 0, k = 0; e < n; e++) {
    const ev = events === null ? e : events[e]!
    const first = offsets[ev]!
    const stop = offsets[ev + 1]!
    for (let i = first; i < stop; i++) {
      for (let j = first; j < stop; j++) {
        if (i === j) continue
        event[k] = ev
        tag[k] = i
        probe[k++] = j
      }
    }
  }
  return { event, tag, probe }
}
