/** Batch -> Pairs for scale and smearing: the pairs of usable electrons, the one of higher pt as tag ("lead"), the other as
 *  probe ("sublead"). The batch keeps the events with two usable electrons, which are the rows of the table to come. */
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { type ElectronCuts, pairsByPt, usableElectrons } from '../physics/dielectrons.js'
import { floatsOf, offsetsOf, valuesOf } from './batch.js'

export interface DielectronCuts extends ElectronCuts {
  /** GeV; the lead's pt must be above it. */
  readonly leadPt: number
}

/** Takes the electrons' superclusterEta from `Electron_eta_to_use`. */
export function pairDielectrons(cuts: DielectronCuts): MapStage<Batch, Pairs> {
  return {
    kind: 'map',
    name: 'pairDielectrons',
    reads: ['Electron_pt', 'Electron_photonIdx'],
    note: describe(cuts),
    map: batch => {
      const pt = floatsOf(batch, 'Electron_pt')
      const electrons = {
        pt,
        superclusterEta: floatsOf(batch, 'Electron_eta_to_use'),
        photonIdx: valuesOf<Int32Array>(batch, 'Electron_photonIdx'),
      }
      const usable = usableElectrons(electrons, cuts)
      const pairs = pairsByPt(offsetsOf(batch, 'Electron_pt'), usable, pt, cuts.leadPt, batch.events)
      return {
        batch: { ...batch, events: pairs.events },
        tags: 'Electron',
        probes: 'Electron',
        event: pairs.event,
        tag: pairs.lead,
        probe: pairs.sublead,
        columns: new Map(),
      }
    },
  }
}

function describe(cuts: DielectronCuts): string {
  const parts = [`lead pt > ${cuts.leadPt}`, `sublead pt > ${cuts.pt}`, `|supercluster eta| < ${cuts.absEta}`]
  if (cuts.avoidEcalTransition) parts.push('not in 1.4442..1.566')
  return [...parts, 'both with a photon'].join(', ')
}
