/** Keeps the pairs whose tag, a photon, is an electron as well: one is linked to it, and it has a pixel seed. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { valuesOf } from './batch.js'

export function requireTagElectron(): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'requireTagElectron',
    reads: ['Photon_electronIdx', 'Photon_pixelSeed'],
    note: 'tag has an electron and a pixel seed',
    map: pairs => {
      const electronIdx = valuesOf<Int32Array>(pairs.batch, 'Photon_electronIdx')
      const pixelSeed = valuesOf<Uint8Array>(pairs.batch, 'Photon_pixelSeed')
      const keep = Uint8Array.from(pairs.tag, i => (electronIdx[i]! !== -1 && pixelSeed[i]! !== 0 ? 1 : 0))
      return keepPairs(pairs, keep)
    },
  }
}
