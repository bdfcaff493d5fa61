/** Pairs -> Pairs: reads the branches that no cut needs, once it is known which events have pairs. Of baskets that hold none of
 *  these events nothing is read and nothing decompressed. */
import { BugError } from '../core/errors.js'
import type { Layout, MapStage, Pairs } from '../core/types.js'
import { checkCollections, withCollectionCounters } from './collections.js'
import { readPresent } from './empty-tree.js'
import { withTree } from './open-tree.js'

/** Adds the columns to the pairs' batch; one that is there already stays: a stage may have made it. Values of events without pairs
 *  are the file's or 0. planned: null where a graph is only drawn. layout: the columns that the graph was built for. Throws DataError as `decodeBranches` does. */
export function decodeLate(planned: readonly string[] | null, layout: Layout | null = null): MapStage<Pairs, Pairs> {
  const branches = planned ?? []
  return {
    kind: 'map',
    name: 'decodeLate',
    note: `${planned?.length ?? 'the'} branches that no cut needs, of events with pairs`,
    map: async pairs => {
      const { batch } = pairs
      const { chunk, columns, read } = batch
      const began = performance.now()
      const missing = branches.filter(name => !columns.has(name))
      if (missing.length === 0) return pairs
      if (read === undefined || read.stop - read.start !== batch.length) {
        throw new BugError('a stage before has changed the number of events; set `events` in order to drop some')
      }
      const options = { cost: read, events: pairs.event, beside: columns }
      const all = await withTree(chunk.file, chunk.tree, async ({ tree }) => {
        const wanted = withCollectionCounters(missing, tree, columns)
        const late = await readPresent(tree, wanted, layout, read, options)
        const all = new Map([...columns, ...late])
        checkCollections(all, { tree, layout, place: `${chunk.file} > ${chunk.tree}`, start: read.start })
        for (const counter of wanted.slice(missing.length)) all.delete(counter)
        return all
      })
      read.seconds += (performance.now() - began) / 1000
      read.ranges += missing.length
      return { ...pairs, batch: { ...batch, columns: all } }
    },
  }
}
