/** A selection stage: events with at least two electrons of the tight identification, and a column of their number that
 *  `vars` may name. With the runner's "vars": ["el_pt", "nTightElectrons"]:
 *
 *      tnp-pipe run --stage examples/two-tight-electrons.ts --config runner.json --fileset fileset.json --output out
 *
 *  TypeScript as it is needs Node 22.18; for older ones compile it first. */
import { columnOf, defineStage, keepEvents, offsetsOf, positions, withColumns } from 'tnp-pipe'

const TIGHT = 4

export default defineStage({
  name: 'two-tight-electrons',
  note: 'at least 2 electrons with cutBased >= 4',
  reads: ['Electron_cutBased'],
  adds: { nTightElectrons: 'int32' },
  map: batch => {
    const { values } = columnOf(batch, 'Electron_cutBased')
    const offsets = offsetsOf(batch, 'Electron_cutBased')
    const count = new Int32Array(batch.length)
    const keep = new Uint8Array(batch.length)
    for (let event = 0; event < batch.length; event++) {
      for (let i = offsets[event]!; i < offsets[event + 1]!; i++) if (values[i]! >= TIGHT) count[event]!++
      keep[event] = count[event]! >= 2 ? 1 : 0
    }
    const counted = withColumns(batch, [['nTightElectrons', { dtype: 'int32', values: count }]])
    return keepEvents(counted, positions(keep))
  },
})
