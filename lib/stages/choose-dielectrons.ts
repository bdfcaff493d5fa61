/** Pairs -> Pairs with at most one pair an event: the one of highest pt in the mass window with electrons of different
 *  charge. Events without one stay in the batch: their rows are null. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { differentCharges, highestPt } from '../physics/dielectrons.js'
import { pairValues, valuesOf } from './batch.js'
import { describeMass, inWindow, type MassWindow } from './cut-mass.js'

export function chooseDielectrons(window: MassWindow): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'chooseDielectrons',
    reads: ['Electron_charge'],
    note: `${describeMass(window)}, different charges, highest pt`,
    map: pairs => {
      const keep = inWindow(pairValues<Float32Array>(pairs, 'mass'), window)
      const different = differentCharges(valuesOf<Int32Array>(pairs.batch, 'Electron_charge'), pairs.tag, pairs.probe)
      for (let k = 0; k < keep.length; k++) keep[k]! &= different[k]!
      return keepPairs(pairs, highestPt(pairs.event, pairValues<Float32Array>(pairs, 'pt'), keep))
    },
  }
}
