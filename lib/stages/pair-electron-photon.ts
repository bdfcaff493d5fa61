/** Batch -> Pairs: every electron of an event with every photon that is not the same particle; tag electron, outer, probe
 *  photon, both ascending. */
import { keepPairs } from '../columns/index.js'
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { deltaR2 } from '../physics/angles.js'
import { floatsOf, offsetsOf, valuesOf } from './batch.js'

/** Closer pairs are one particle that was reconstructed twice. Compared in float32, as the reference does. */
const MIN_DELTA_R = Math.fround(0.1)

/** Drops photons that were made from the tag's own track (Photon_electronIdx) or are within delta R 0.1 of the tag. */
export function pairElectronPhoton(): MapStage<Batch, Pairs> {
  return {
    kind: 'map',
    name: 'pairElectronPhoton',
    reads: ['Electron_eta', 'Electron_phi', 'Photon_eta', 'Photon_phi', 'Photon_electronIdx'],
    note: 'tag of Electron, probe of Photon, not the same particle, delta R > 0.1',
    map: batch => {
      const tags = offsetsOf(batch, 'Electron_eta')
      const probes = offsetsOf(batch, 'Photon_eta')
      const pairs: Pairs = {
        batch,
        tags: 'Electron',
        probes: 'Photon',
        columns: new Map(),
        ...crossPairs(tags, probes, batch.events, batch.length),
      }
      return keepPairs(pairs, differentParticles(pairs, tags))
    },
  }
}

/** Every element of the first list of an event with every one of the second. events: the events to pair, null for all
 *  `length`. Returns three Int32Array[nPairs]. Sizes first, then fills. */
export function crossPairs(
  tags: Int32Array,
  probes: Int32Array,
  events: Int32Array | null,
  length: number,
): { readonly event: Int32Array; readonly tag: Int32Array; readonly probe: Int32Array } {
  const n = events === null ? length : events.length
  let total = 0
  for (let e = 0; e < n; e++) {
    const ev = events === null ? e : events[e]!
    total += (tags[ev + 1]! - tags[ev]!) * (probes[ev + 1]! - probes[ev]!)
  }
  const event = new Int32Array(total)
  const tag = new Int32Array(total)
  const probe = new Int32Array(total)
  for (let e = 0, k = 0; e < n; e++) {
    const ev = events === null ? e : events[e]!
    const stop = probes[ev + 1]!
    for (let i = tags[ev]!; i < tags[ev + 1]!; i++) {
      for (let j = probes[ev]!; j < stop; j++) {
        event[k] = ev
        tag[k] = i
        probe[k++] = j
      }
    }
  }
  return { event, tag, probe }
}

/** 1 for each pair of different particles. electrons: offsets, for the electron's number within its event. */
function differentParticles({ batch, event, tag, probe }: Pairs, electrons: Int32Array): Uint8Array {
  const electronIdx = valuesOf<Int32Array>(batch, 'Photon_electronIdx')
  const etaTag = floatsOf(batch, 'Electron_eta')
  const phiTag = floatsOf(batch, 'Electron_phi')
  const etaProbe = floatsOf(batch, 'Photon_eta')
  const phiProbe = floatsOf(batch, 'Photon_phi')
  const keep = new Uint8Array(event.length)
  for (let k = 0; k < keep.length; k++) {
    const i = tag[k]!
    const j = probe[k]!
    if (electronIdx[j]! === i - electrons[event[k]!]!) continue
    const r2 = deltaR2(etaTag[i]!, phiTag[i]!, etaProbe[j]!, phiProbe[j]!)
    if (Math.fround(Math.sqrt(r2)) > MIN_DELTA_R) keep[k] = 1
  }
  return keep
}
