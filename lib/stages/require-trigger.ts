/** Keeps the events that a trigger path has accepted. */
import type { Batch, MapStage } from '../core/types.js'
import { valuesOf } from './batch.js'

/** path: without `HLT_`. */
export function requireTrigger(path: string): MapStage<Batch, Batch> {
  const branch = `HLT_${path}`
  return {
    kind: 'map',
    name: 'requireTrigger',
    reads: [branch],
    note: branch,
    map: batch => ({ ...batch, events: acceptedEvents(valuesOf<Uint8Array>(batch, branch), batch.events) }),
  }
}

function acceptedEvents(decision: Uint8Array, events: Int32Array | null): Int32Array {
  const n = events === null ? decision.length : events.length
  const out = new Int32Array(n)
  let kept = 0
  for (let i = 0; i < n; i++) {
    const event = events === null ? i : events[i]!
    if (decision[event] !== 0) out[kept++] = event
  }
  return out.subarray(0, kept)
}
