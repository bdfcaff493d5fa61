/** Electron pairs of the scale-and-smearing ntuples: which electrons are used, their pairs in order of pt, and the pair that
 *  stands for its event. Rules as in the reference's ScaleAndSmearingNTuplesFromNanoAOD. */
import { positions } from '../columns/index.js'
import { ECAL_GAP_HIGH, ECAL_GAP_LOW } from './constants.js'

/** One value an electron. */
export interface ElectronColumns {
  readonly pt: ArrayLike<number>
  readonly superclusterEta: ArrayLike<number>
  /** Index of the linked photon in its event; -1: none. */
  readonly photonIdx: ArrayLike<number>
}

/** Bounds are rounded to float32, the columns' type, before they are compared. */
export interface ElectronCuts {
  /** GeV; pt must be above it. */
  readonly pt: number
  /** |superclusterEta| must be below it. */
  readonly absEta: number
  /** Drop electrons between the edges of the gap; those on an edge stay. */
  readonly avoidEcalTransition: boolean
}

/** 1 for each electron that has a photon and passes the cuts, Uint8Array[nElectrons]. NaN fails. */
export function usableElectrons(electrons: ElectronColumns, cuts: ElectronCuts): Uint8Array {
  const { pt, superclusterEta, photonIdx } = electrons
  const minPt = Math.fround(cuts.pt)
  const maxEta = Math.fround(cuts.absEta)
  const keep = new Uint8Array(pt.length)
  for (let i = 0; i < keep.length; i++) {
    const absEta = Math.abs(superclusterEta[i]!)
    if (photonIdx[i] === -1 || !(pt[i]! > minPt && absEta < maxEta)) continue
    if (cuts.avoidEcalTransition && absEta > ECAL_GAP_LOW && absEta < ECAL_GAP_HIGH) continue
    keep[i] = 1
  }
  return keep
}

export interface OrderedPairs {
  /** Events with two or more usable electrons, ascending; also those of which no pair is left. */
  readonly events: Int32Array
  /** Event and positions of the electrons of each pair: Int32Array[nPairs], events ascending. */
  readonly event: Int32Array
  readonly lead: Int32Array
  readonly sublead: Int32Array
}

/** All pairs of usable electrons of an event, each with the electron of higher pt as lead, in lexical order of the electrons'
 *  ranks in pt (equal pt: in their order in the event), where the lead's pt is above minLeadPt (rounded to float32).
 *  offsets: electrons of each event; usable: Uint8Array[nElectrons]; events: the events to look at, null for all. */
export function pairsByPt(
  offsets: Int32Array,
  usable: Uint8Array,
  pt: ArrayLike<number>,
  minLeadPt: number,
  events: Int32Array | null,
): OrderedPairs {
  const minPt = Math.fround(minLeadPt)
  const kept: number[] = []
  const event: number[] = []
  const lead: number[] = []
  const sublead: number[] = []
  const ranked: number[] = []
  const n = events === null ? offsets.length - 1 : events.length
  for (let e = 0; e < n; e++) {
    const ev = events === null ? e : events[e]!
    rank(ranked, usable, pt, offsets[ev]!, offsets[ev + 1]!)
    if (ranked.length < 2) continue
    kept.push(ev)
    for (let i = 0; i < ranked.length - 1 && pt[ranked[i]!]! > minPt; i++) {
      for (let j = i + 1; j < ranked.length; j++) {
        event.push(ev)
        lead.push(ranked[i]!)
        sublead.push(ranked[j]!)
      }
    }
  }
  return {
    events: Int32Array.from(kept),
    event: Int32Array.from(event),
    lead: Int32Array.from(lead),
    sublead: Int32Array.from(sublead),
  }
}

/** The usable electrons of [start, stop) by descending pt, into `ranked`. Insertion: events have few electrons. */
function rank(ranked: number[], usable: Uint8Array, pt: ArrayLike<number>, start: number, stop: number): void {
  ranked.length = 0
  for (let i = start; i < stop; i++) {
    if (usable[i] === 0) continue
    let at = ranked.length
    for (; at > 0 && pt[ranked[at - 1]!]! < pt[i]!; at--) ranked[at] = ranked[at - 1]!
    ranked[at] = i
  }
}

/** Position of the pair of highest pt among those with keep[k] != 0, one for each event that has any (equal pt: the first).
 *  event: Int32Array[nPairs], ascending; pt, keep: one value a pair. Returns a Uint8Array[nPairs] of 0 and 1. */
export function highestPt(event: Int32Array, pt: ArrayLike<number>, keep: Uint8Array): Uint8Array {
  const out = new Uint8Array(event.length)
  let best = -1
  for (const k of positions(keep)) {
    if (best >= 0 && event[best] === event[k]) {
      if (!(pt[k]! > pt[best]!)) continue
      out[best] = 0
    }
    out[k] = 1
    best = k
  }
  return out
}

/** 1 for each pair whose electrons differ in charge. lead, sublead: Int32Array[nPairs], positions in `charge`. */
export function differentCharges(charge: ArrayLike<number>, lead: Int32Array, sublead: Int32Array): Uint8Array {
  const out = new Uint8Array(lead.length)
  for (let k = 0; k < out.length; k++) out[k] = charge[lead[k]!] === charge[sublead[k]!] ? 0 : 1
  return out
}
