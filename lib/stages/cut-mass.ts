/** Keeps the pairs in a mass window. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { Z_MASS } from '../physics/constants.js'
import { pairValues } from './batch.js'

/** All bounds are strict. GeV. */
export type MassWindow =
  | { readonly kind: 'window'; readonly halfWidth: number }
  | { readonly kind: 'range'; readonly lo: number; readonly hi: number }

export function cutMass(window: MassWindow): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'cutMass',
    note: describeMass(window),
    map: pairs => keepPairs(pairs, inWindow(pairValues<PairMass>(pairs, 'pair_mass'), window)),
  }
}

export function describeMass(window: MassWindow): string {
  return window.kind === 'window' ? `|mass - ${Z_MASS}| < ${window.halfWidth}` : `${window.lo} < mass < ${window.hi}`
}

/** float32 where the program works the mass out; ntuples may bring float64. */
type PairMass = Float32Array | Float64Array

/** 1 for each mass inside. Next to float32 masses, bounds are rounded to float32 and |m - m_Z| is a float32 difference, as in
 *  the reference. */
export function inWindow(mass: PairMass, window: MassWindow): Uint8Array {
  const keep = new Uint8Array(mass.length)
  const single = mass instanceof Float32Array
  const rounded = (x: number) => (single ? Math.fround(x) : x)
  if (window.kind === 'window') {
    const center = rounded(Z_MASS)
    const half = rounded(window.halfWidth)
    for (let k = 0; k < mass.length; k++) {
      const distance = mass[k]! - center
      keep[k] = Math.abs(single ? Math.fround(distance) : distance) < half ? 1 : 0
    }
  } else {
    const lo = rounded(window.lo)
    const hi = rounded(window.hi)
    for (let k = 0; k < mass.length; k++) keep[k] = mass[k]! > lo && mass[k]! < hi ? 1 : 0
  }
  return keep
}
