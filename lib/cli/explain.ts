/** `tnp-pipe explain`: the graph of a job, dataset by dataset, with its branches and outputs. */

import { buildGraph, importWorkflow } from '../../pipelines/index.js'
import { isRemote } from '../bytes/address.js'
import type { Dataset, Job } from '../config/index.js'
import type { NtupleFormat } from '../core/ntuple-format.js'
import { explainMermaid, explainText } from '../graph/index.js'
import { type DatasetPlan, loadJob, nominalPlan, prepareDataset, readyStages } from '../job/index.js'
import { withRemotePartFiles } from '../job/part-files.js'
import { stageOutput } from '../job/staged-output.js'
import { closeTrees } from '../stages/index.js'

export interface ExplainFlags {
  readonly config: string
  readonly fileset?: string
  readonly settings?: string
  readonly binning?: string
  readonly output: string
  readonly ntupleFormat?: NtupleFormat
  readonly stage: readonly string[]
  readonly workflow?: string
  readonly mermaid: boolean
  readonly open: boolean
}

/** Stands for a fileset where none is given. */
const ANY_FILESET = { DATASET: { files: { 'FILE.root': 'TREE' } } }

/** Opens no file, unless asked to look the columns up. */
export async function explain(flags: ExplainFlags): Promise<string> {
  const { job: given } = loadJob({
    config: flags.config,
    fileset: flags.fileset ?? ANY_FILESET,
    settings: flags.settings ?? null,
    binning: flags.binning ?? null,
    output: flags.output,
    ntupleFormat: flags.ntupleFormat ?? null,
    stages: flags.stage,
    ...(flags.workflow === undefined ? {} : { workflow: flags.workflow }),
  })
  const { job: loaded } = stageOutput(given, true)
  const job = flags.open ? await withRemotePartFiles(loaded) : loaded
  await importWorkflow(job)
  const parts: string[] = []
  try {
    for (const dataset of job.datasets) {
      const plan = flags.open ? await prepareDataset(job, dataset) : await drawnPlan(job, dataset)
      const graph = buildGraph({ job, plan })
      const kind = plan.isMC ? 'simulation' : 'data'
      const isKnown = flags.open || dataset.isMC !== null || dataset.goldenJSON !== null
      const title = `${job.workflow} on ${dataset.name} (${isKnown ? kind : `drawn as ${kind}; --open looks into the files`})`
      parts.push(flags.mermaid ? `%% ${title}\n${explainMermaid(graph)}` : `${title}\n${explainText(graph)}`)
    }
  } finally {
    await closeTrees()
  }
  const text = parts.join('\n')
  return isRemote(flags.output) ? text.replaceAll(job.output, shown(flags.output)) : text
}

/** Of a URL the folder, without CGI: the paths of files are put behind it. */
function shown(url: string): string {
  return url
    .replace(/\?.*$/s, '')
    .replace(/\/+$/, '')
    .replace(/:\/\/[^@/]*:[^@/]*@/, '://...@')
}

async function drawnPlan(job: Job, dataset: Dataset): Promise<DatasetPlan> {
  const plan = nominalPlan(job, dataset)
  return { ...plan, customStages: await readyStages(job, dataset, plan.isMC) }
}
