/** Keeps the events that at least one of several trigger paths has accepted. */
import type { Batch, MapStage } from '../core/types.js'
import { valuesOf } from './batch.js'

/** branches: with `HLT_`. None: no event is kept. */
export function requireAnyTrigger(branches: readonly string[]): MapStage<Batch, Batch> {
  return {
    kind: 'map',
    name: 'requireAnyTrigger',
    reads: branches,
    note: branches.length === 0 ? 'no path' : branches.join(' or '),
    map: batch => ({
      ...batch,
      events: eventsWithAny(
        branches.map(b => valuesOf<Uint8Array>(batch, b)),
        batch.events,
        batch.length,
      ),
    }),
  }
}

/** Those of `events` (null: all of `length`) where some decision is not 0, ascending. */
function eventsWithAny(decisions: readonly Uint8Array[], events: Int32Array | null, length: number): Int32Array {
  const any = new Uint8Array(length)
  for (const decision of decisions) for (let i = 0; i < length; i++) any[i]! |= decision[i]!
  const candidates = events ?? Int32Array.from({ length }, (_, i) => i)
  return candidates.filter(i => any[i] !== 0)
}
