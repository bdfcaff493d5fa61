/** Keeps the pairs in a mass window. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { Z_MASS } from '../physics/constants.js'

/** All bounds are strict and rounded to float32, the type of pair_mass. GeV. */
export type MassWindow =
  | { readonly kind: 'window'; readonly halfWidth: number }
  | { readonly kind: 'range'; readonly lo: number; readonly hi: number }

export function cutMass(window: MassWindow): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'cutMass',
    note: describeMass(window),
    map: pairs => keepPairs(pairs, inWindow(pairs.columns.get('pair_mass')!.values as Float32Array, window)),
  }
}

export function describeMass(window: MassWindow): string {
  return window.kind === 'window' ? `|mass - ${Z_MASS}| < ${window.halfWidth}` : `${window.lo} < mass < ${window.hi}`
}

/** 1 for each mass inside. |m - m_Z| is a float32 difference, as in the reference. */
export function inWindow(mass: Float32Array, window: MassWindow): Uint8Array {
  const keep = new Uint8Array(mass.length)
  if (window.kind === 'window') {
    const center = Math.fround(Z_MASS)
    const half = Math.fround(window.halfWidth)
    for (let k = 0; k < mass.length; k++) keep[k] = Math.abs(Math.fround(mass[k]! - center)) < half ? 1 : 0
  } else {
    const lo = Math.fround(window.lo)
    const hi = Math.fround(window.hi)
    for (let k = 0; k < mass.length; k++) keep[k] = mass[k]! > lo && mass[k]! < hi ? 1 : 0
  }
  return keep
}
