/** Generator matching: do tag and probe come from the same Z boson? */
import type { Column } from '../core/types.js'
import { Z_ID } from './constants.js'

export interface GenParticles {
  readonly offsets: Int32Array
  readonly pdgId: Column
  readonly mother: Column
}

/** Position of the generator particle that local index `idx` of an event means, or -1. */
export function genPosition(offsets: Int32Array, event: number, idx: number): number {
  const first = offsets[event]!
  return idx < 0 || first + idx >= offsets[event + 1]! ? -1 : first + idx
}

/** Position of the first ancestor with another pdgId than the particle's own, or -1: start at the mother, move on while the
 *  pdgId is the same. A loop of mothers, which a broken file may have, ends as -1. */
export function distinctParent(gen: GenParticles, event: number, particle: number): number {
  const pdgId = gen.pdgId.values
  const own = Number(pdgId[particle]!)
  let parent = genPosition(gen.offsets, event, Number(gen.mother.values[particle]!))
  for (let steps = gen.offsets[event + 1]! - gen.offsets[event]!; parent >= 0; steps--) {
    if (steps < 0) return -1
    if (Number(pdgId[parent]!) !== own) return parent
    parent = genPosition(gen.offsets, event, Number(gen.mother.values[parent]!))
  }
  return -1
}

/** One side of the pair: position of each lepton, its index into the event's generator particles, its flavour. */
export interface GenSide {
  readonly lepton: Int32Array
  readonly genPartIdx: Column
  readonly genPartFlav: Column
  /** The genPartFlav that is asked for: 1 prompt electron, 11 photon that is a prompt electron. */
  readonly flavour: number
}

/** 1 for each pair whose two leptons are matched to generator particles with the same distinct parent, a Z boson, and have
 *  the flavours asked for. event: Int32Array[nPairs]. A missing link fails. Returns Uint8Array[nPairs]. */
export function fromSameZ(event: Int32Array, gen: GenParticles, tag: GenSide, probe: GenSide): Uint8Array {
  const out = new Uint8Array(event.length)
  for (let k = 0; k < event.length; k++) {
    if (Number(tag.genPartFlav.values[tag.lepton[k]!]!) !== tag.flavour) continue
    if (Number(probe.genPartFlav.values[probe.lepton[k]!]!) !== probe.flavour) continue
    const parent = parentOf(event[k]!, gen, tag, k)
    if (parent < 0 || Number(gen.pdgId.values[parent]!) !== Z_ID) continue
    if (parentOf(event[k]!, gen, probe, k) === parent) out[k] = 1
  }
  return out
}

function parentOf(event: number, gen: GenParticles, side: GenSide, k: number): number {
  const particle = genPosition(gen.offsets, event, Number(side.genPartIdx.values[side.lepton[k]!]!))
  return particle < 0 ? -1 : distinctParent(gen, event, particle)
}
