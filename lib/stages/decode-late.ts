/** Pairs -> Pairs: reads the branches that no cut needs, once it is known which events have pairs. Of baskets that hold none of
 *  these events nothing is read and nothing decompressed. */
import { BugError } from '../core/errors.js'
import type { MapStage, Pairs } from '../core/types.js'
import { openTree } from './open-tree.js'

/** Adds the columns to the pairs' batch. A column that is there already stays: a stage may have made it. Values of events without pairs
 *  are the file's or 0.
 *  Throws DataError as `decodeBranches` does. */
export function decodeLate(branches: readonly string[]): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'decodeLate',
    note: `${branches.length} branches, of events with pairs`,
    map: async pairs => {
      const { batch } = pairs
      const { chunk, columns, read } = batch
      const began = performance.now()
      const missing = branches.filter(name => !columns.has(name))
      if (missing.length === 0) return pairs
      if (read === undefined || read.stop - read.start !== batch.length) {
        throw new BugError('a stage before has changed the number of events; set `events` in order to drop some')
      }
      const { tree } = await openTree(chunk.file, chunk.tree)
      const options = { cost: read, events: pairs.event, beside: columns }
      const late = await tree.read(missing, read.start, read.stop, options)
      read.seconds += (performance.now() - began) / 1000
      read.ranges += missing.length
      return { ...pairs, batch: { ...batch, columns: new Map([...columns, ...late]) } }
    },
  }
}
