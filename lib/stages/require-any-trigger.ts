/** Keeps the events that at least one of several trigger paths has accepted. */
import type { Batch, MapStage } from '../core/types.js'
import { valuesOf } from './batch.js'

/** starts: how the names of the paths begin, without `HLT_`. Where no path begins so, no event is kept. */
export function requireAnyTrigger(starts: readonly string[]): MapStage<Batch, Batch> {
  const patterns = starts.map(start => `HLT_${start}*`)
  return {
    kind: 'map',
    name: 'requireAnyTrigger',
    reads: patterns.map(every => ({ every })),
    note: patterns.join(' or '),
    map: batch => {
      const decisions = matchingPaths(batch.columns.keys(), starts).map(path => valuesOf<Uint8Array>(batch, path))
      return { ...batch, events: eventsWithAny(decisions, batch.events, batch.length) }
    },
  }
}

/** The branches of trigger decisions among `names` that begin with one of `starts`. */
export function matchingPaths(names: Iterable<string>, starts: readonly string[]): string[] {
  return Array.from(names).filter(name => starts.some(start => name.startsWith(`HLT_${start}`)))
}

/** Those of `events` (null: all of `length`) where some decision is not 0, ascending. */
function eventsWithAny(decisions: readonly Uint8Array[], events: Int32Array | null, length: number): Int32Array {
  const any = new Uint8Array(length)
  for (const decision of decisions) for (let i = 0; i < length; i++) any[i]! |= decision[i]!
  const candidates = events ?? Int32Array.from({ length }, (_, i) => i)
  return candidates.filter(i => any[i] !== 0)
}
