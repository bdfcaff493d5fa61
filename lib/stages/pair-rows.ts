/** Batch -> Pairs where the rows of an ntuple are the pairs: row i is event, tag and probe of pair i. */
import { gather } from '../columns/index.js'
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { columnOf } from './batch.js'

/** tags, probes: what the names of the tag's and the probe's columns begin with ("tag_Ele", "el"). The pair's mass is the column
 *  `pair_mass`, in its own type. */
export function pairRows(tags: string, probes: string): MapStage<Batch, Pairs> {
  return {
    kind: 'map',
    name: 'pairRows',
    reads: ['pair_mass'],
    note: 'each row is a pair',
    map: batch => {
      const rows = batch.events ?? Int32Array.from({ length: batch.length }, (_, i) => i)
      const { dtype, values } = columnOf(batch, 'pair_mass')
      const mass = { dtype, values: gather(dtype, values, rows) }
      return { batch, tags, probes, event: rows, tag: rows, probe: rows, columns: new Map([['pair_mass', mass]]) }
    },
  }
}
