/** Keeps the events of certified luminosity sections (data only). */
import type { Batch, MapStage } from '../core/types.js'
import { certifiedEvents, type LumiRanges } from '../physics/lumi-mask.js'
import { valuesOf } from './batch.js'

/** lumi: name of the branch of the lumi section (`luminosityBlock` in NanoAOD, `lumi` in MiniAOD ntuples). */
export function goldenJson(ranges: LumiRanges, lumi = 'luminosityBlock'): MapStage<Batch, Batch> {
  return {
    kind: 'map',
    name: 'goldenJson',
    reads: ['run', lumi],
    note: `${ranges.size} run${ranges.size === 1 ? '' : 's'}`,
    map: batch => ({
      ...batch,
      events: certifiedEvents(ranges, valuesOf(batch, 'run'), valuesOf(batch, lumi), batch.events, batch.length),
    }),
  }
}
