/** Adds the eta and phi of photons that cuts and trigger matching use: their own, or their supercluster's. */
import type { Batch, Column, MapStage, Read } from '../core/types.js'
import { photonSuperclusterEta } from '../physics/supercluster.js'
import { columnOf, floatsOf, offsetsOf, valuesOf, withColumns } from './batch.js'
import type { AngleOptions } from './choose-angles.js'

/** What photonScEta needs: the branch, or what it is worked out from. */
export const PHOTON_SC_ETA_READS: Read = {
  oneOf: [
    ['Photon_superclusterEta'],
    ['Photon_eta', 'Photon_phi', 'Photon_isScEtaEB', 'Photon_isScEtaEE', 'PV_x', 'PV_y', 'PV_z'],
  ],
}

/** Adds `Photon_eta_to_use`, `Photon_phi_to_use` and, where it is used, `Photon_superclusterEta`: the branch, or, where the
 *  file lacks it, float64 values worked out from the primary vertex. */
export function choosePhotonAngles(options: AngleOptions): MapStage<Batch, Batch> {
  const phiBranch = options.useScPhi ? 'Photon_superclusterPhi' : 'Photon_phi'
  return {
    kind: 'map',
    name: 'choosePhotonAngles',
    reads: [options.useScEta ? PHOTON_SC_ETA_READS : 'Photon_eta', phiBranch],
    adds: ['Photon_eta_to_use', 'Photon_phi_to_use', ...(options.useScEta ? ['Photon_superclusterEta'] : [])],
    note: `eta: ${options.useScEta ? 'superclusterEta' : 'eta'}, phi: ${options.useScPhi ? 'superclusterPhi' : 'phi'}`,
    map: batch => {
      const eta = options.useScEta ? photonScEta(batch) : columnOf(batch, 'Photon_eta')
      return withColumns(batch, [
        ['Photon_eta_to_use', eta],
        ['Photon_phi_to_use', columnOf(batch, phiBranch)],
        ...(options.useScEta ? ([['Photon_superclusterEta', eta]] as const) : []),
      ])
    },
  }
}

/** Supercluster eta of the batch's photons: the branch, or float64 values. */
export function photonScEta(batch: Batch): Column {
  const branch = batch.columns.get('Photon_superclusterEta')
  if (branch !== undefined) return branch
  const offsets = offsetsOf(batch, 'Photon_eta')
  const photons = {
    offsets,
    eta: floatsOf(batch, 'Photon_eta'),
    phi: floatsOf(batch, 'Photon_phi'),
    isScEtaEB: valuesOf<Uint8Array>(batch, 'Photon_isScEtaEB'),
    isScEtaEE: valuesOf<Uint8Array>(batch, 'Photon_isScEtaEE'),
  }
  const vertices = { x: floatsOf(batch, 'PV_x'), y: floatsOf(batch, 'PV_y'), z: floatsOf(batch, 'PV_z') }
  return { dtype: 'float64', values: photonSuperclusterEta(photons, vertices), offsets }
}
