/** `tnp-pipe explain`: the graph of a job, dataset by dataset, with its branches and outputs. */

import { buildGraph } from '../../pipelines/index.js'
import { explainMermaid, explainText } from '../graph/index.js'
import { loadJob, prepareDataset } from '../job/index.js'
import { closeTrees } from '../stages/index.js'
import type { RunFlags } from './run-options.js'

/** Opens the first readable file of each dataset for its columns; reads no events. */
export async function explain(flags: RunFlags & { readonly mermaid: boolean }): Promise<string> {
  const { job } = loadJob({
    config: flags.config,
    fileset: flags.fileset,
    settings: flags.settings ?? null,
    binning: flags.binning ?? null,
    output: flags.output,
    limit: flags.limit ?? null,
    repartition: flags.repartitionNToOne ?? null,
    skipReport: flags.skipReport,
  })
  const parts: string[] = []
  try {
    for (const dataset of job.datasets) {
      const graph = buildGraph({ job, plan: await prepareDataset(job, dataset) })
      parts.push(flags.mermaid ? explainMermaid(graph) : `dataset ${dataset.name}\n${explainText(graph)}`)
    }
  } finally {
    await closeTrees()
  }
  return parts.join('\n')
}
