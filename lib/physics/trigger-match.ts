/** Matching leptons to trigger objects (NanoAOD TrigObj). */
import type { Column } from '../core/types.js'
import { deltaR2 } from './angles.js'

export interface TriggerObjects {
  readonly offsets: Int32Array
  readonly pt: Float32Array
  readonly eta: Float32Array
  readonly phi: Float32Array
  readonly id: Column
  readonly filterBits: Column
}

export interface MatchCriteria {
  /** |TrigObj.id|: 11 electrons, 22 photons. */
  readonly id: number
  /** GeV; a trigger object must be above it. */
  readonly pt: number
  /** Bit of filterBits, 0 to 63. */
  readonly bit: number
}

/** Largest delta R of a match; compared in float32, as the reference does. */
const MAX_DELTA_R = Math.fround(0.1)

/** 1 for each lepton that some trigger object of its event matches: id, pt above threshold, filter bit set, delta R < 0.1.
 *  event, lepton: Int32Array[n] (event number and position in eta, phi). Returns Uint8Array[n]. */
export function matchTrigger(
  event: Int32Array,
  lepton: Int32Array,
  eta: Float32Array,
  phi: Float32Array,
  objects: TriggerObjects,
  criteria: MatchCriteria,
): Uint8Array {
  const { offsets, pt } = objects
  const ids = numbersOf(objects.id)
  const bits = bitWords(objects.filterBits, criteria.bit)
  const threshold = Math.fround(criteria.pt)
  const out = new Uint8Array(event.length)
  for (let k = 0; k < event.length; k++) {
    const leptonEta = eta[lepton[k]!]!
    const leptonPhi = phi[lepton[k]!]!
    const stop = offsets[event[k]! + 1]!
    for (let i = offsets[event[k]!]!; i < stop; i++) {
      if ((bits.words[bits.stride * i + bits.first]! & bits.mask) === 0) continue
      if (!(pt[i]! > threshold) || Math.abs(ids[i]!) !== criteria.id) continue
      const r2 = deltaR2(leptonEta, leptonPhi, objects.eta[i]!, objects.phi[i]!)
      if (Math.fround(Math.sqrt(r2)) < MAX_DELTA_R) {
        out[k] = 1
        break
      }
    }
  }
  return out
}

/** 64-bit identifiers become numbers once; the others are used as they are. */
function numbersOf({ values }: Column): ArrayLike<number> {
  return values instanceof BigInt64Array || values instanceof BigUint64Array ? Array.from(values, Number) : values
}

interface BitWords {
  readonly words: ArrayLike<number>
  readonly stride: number
  readonly first: number
  readonly mask: number
}

/** Where bit `bit` of each element is. 64-bit words are looked at as pairs of 32-bit ones (little-endian), four times faster
 *  than through bigint. A bit beyond the type's width is never set. */
function bitWords(column: Column, bit: number): BitWords {
  const values = column.values
  if (values instanceof BigUint64Array || values instanceof BigInt64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
    return bit > 63
      ? { words, stride: 2, first: 0, mask: 0 }
      : { words, stride: 2, first: bit >> 5, mask: 1 << (bit & 31) }
  }
  const width = 8 * values.BYTES_PER_ELEMENT
  return { words: values, stride: 1, first: 0, mask: bit >= width ? 0 : 1 << bit }
}
