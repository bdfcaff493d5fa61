/** A stage on pairs: pairs whose tag and probe are apart by more than a distance in phi.
 *
 *      tnp-pipe run --stage examples/opening-angle.ts::apart --config runner.json --fileset fileset.json --output out
 *
 *  TypeScript as it is needs Node 22.18; for older ones compile it first. */
import { definePairStage, keepPairs, valuesOf } from 'tnp-pipe'

/** Radians. */
const LEAST = 1

export const apart = definePairStage({
  name: 'apart',
  note: `|phi(tag) - phi(probe)| > ${LEAST}`,
  reads: ['Electron_phi'],
  map: pairs => {
    const phi = valuesOf<Float32Array>(pairs.batch, 'Electron_phi')
    const keep = Uint8Array.from(pairs.tag, (tag, k) => {
      const distance = Math.abs(phi[tag]! - phi[pairs.probe[k]!]!)
      return Math.min(distance, 2 * Math.PI - distance) > LEAST ? 1 : 0
    })
    return keepPairs(pairs, keep)
  },
})
