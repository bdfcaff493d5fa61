/** Adds the eta and phi that cuts and trigger matching use: the lepton's own, or its supercluster's. */
import type { Batch, Column, MapStage, Read } from '../core/types.js'
import { columnOf, floatsOf, withColumns } from './batch.js'

export interface AngleOptions {
  readonly useScEta: boolean
  readonly useScPhi: boolean
}

/** For electrons: `Electron_eta_to_use`, `Electron_phi_to_use` and, where the file lacks it and it is used,
 *  `Electron_superclusterEta` = eta + deltaEtaSC, rounded to float32 as the reference's column is. */
export function chooseElectronAngles(options: AngleOptions): MapStage<Batch, Batch> {
  const scEta: Read = { oneOf: [['Electron_superclusterEta'], ['Electron_eta', 'Electron_deltaEtaSC']] }
  return {
    kind: 'map',
    name: 'chooseElectronAngles',
    reads: [options.useScEta ? scEta : 'Electron_eta', options.useScPhi ? 'Electron_superclusterPhi' : 'Electron_phi'],
    adds: ['Electron_eta_to_use', 'Electron_phi_to_use', ...(options.useScEta ? ['Electron_superclusterEta'] : [])],
    note: `eta: ${options.useScEta ? 'superclusterEta' : 'eta'}, phi: ${options.useScPhi ? 'superclusterPhi' : 'phi'}`,
    map: batch => {
      const eta = options.useScEta ? superclusterEta(batch) : columnOf(batch, 'Electron_eta')
      const phi = columnOf(batch, options.useScPhi ? 'Electron_superclusterPhi' : 'Electron_phi')
      return withColumns(batch, [
        ['Electron_eta_to_use', eta],
        ['Electron_phi_to_use', phi],
        ...(options.useScEta ? ([['Electron_superclusterEta', eta]] as const) : []),
      ])
    },
  }
}

/** For collections without superclusters: `<collection>_eta_to_use` and `<collection>_phi_to_use` are eta and phi. */
export function ownAngles(collection: string): MapStage<Batch, Batch> {
  const [eta, phi] = [`${collection}_eta`, `${collection}_phi`]
  return {
    kind: 'map',
    name: 'ownAngles',
    reads: [eta, phi],
    adds: [`${eta}_to_use`, `${phi}_to_use`],
    note: 'eta: eta, phi: phi',
    map: batch =>
      withColumns(batch, [
        [`${eta}_to_use`, columnOf(batch, eta)],
        [`${phi}_to_use`, columnOf(batch, phi)],
      ]),
  }
}

function superclusterEta(batch: Batch): Column {
  const branch = batch.columns.get('Electron_superclusterEta')
  if (branch !== undefined) return branch
  const eta = columnOf(batch, 'Electron_eta')
  const delta = floatsOf(batch, 'Electron_deltaEtaSC')
  const values = new Float32Array(eta.values.length)
  for (let i = 0; i < values.length; i++) values[i] = (eta.values[i] as number) + delta[i]!
  return { ...eta, dtype: 'float32', values }
}
