/** Pairs -> Pairs with what the two electrons are together: pt, eta, phi, mass, charge and rapidity. */
import type { DType, MapStage, Pairs } from '../core/types.js'
import { dielectronKinematics } from '../physics/dielectron-kinematics.js'
import { floatsOf, valuesOf, withPairColumns } from './batch.js'

/** Name and type in the order in which tables have them. charge: the sum of the charges. */
export const DIELECTRON_COLUMNS: readonly (readonly [string, DType])[] = [
  ['pt', 'float32'],
  ['eta', 'float32'],
  ['phi', 'float32'],
  ['mass', 'float32'],
  ['charge', 'int32'],
  ['rapidity', 'float32'],
]

export function addDielectrons(): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'addDielectrons',
    reads: ['pt', 'eta', 'phi', 'mass', 'charge'].map(f => `Electron_${f}`),
    adds: DIELECTRON_COLUMNS.map(([name]) => name),
    map: pairs => {
      const { batch, tag, probe } = pairs
      const electrons = {
        pt: floatsOf(batch, 'Electron_pt'),
        eta: floatsOf(batch, 'Electron_eta'),
        phi: floatsOf(batch, 'Electron_phi'),
        mass: floatsOf(batch, 'Electron_mass'),
      }
      const { pt, eta, phi, mass, rapidity } = dielectronKinematics(electrons, tag, probe)
      const charges = valuesOf<Int32Array>(batch, 'Electron_charge')
      const charge = tag.map((lead, k) => charges[lead]! + charges[probe[k]!]!)
      const float = (values: Float32Array) => ({ dtype: 'float32', values }) as const
      return withPairColumns(pairs, [
        ['pt', float(pt)],
        ['eta', float(eta)],
        ['phi', float(phi)],
        ['mass', float(mass)],
        ['charge', { dtype: 'int32', values: charge }],
        ['rapidity', float(rapidity)],
      ])
    },
  }
}
