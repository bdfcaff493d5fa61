/** The pass before the main one: sums genWeight over all events of a dataset, before any selection. */
import type { Graph } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import { collectReads, decodeBranches, readFileset, splitChunks, sumGenWeight } from '../lib/stages/index.js'
import type { EntriesOf } from './context.js'

export const SUM_NODE = 'sum'
export const READS_NODE = 'reads'

export function sumOfWeights(g: Graph, plan: DatasetPlan, entriesOf: EntriesOf): void {
  const { name, files } = plan.dataset
  const excluded = plan.failed.map(f => f.chunk.partition)
  const decoded = g
    .from('fileset', readFileset(name, files, excluded))
    .to('chunk', splitChunks(plan.maxEvents, entriesOf))
    .to('decode', decodeBranches({ branches: ['genWeight'], layout: null }))
  decoded.to(SUM_NODE, sumGenWeight())
  decoded.to(READS_NODE, collectReads([]))
}
