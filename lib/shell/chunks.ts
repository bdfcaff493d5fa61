/** The first stage: a fileset as chunks, one JSON line each. */

import { buildGraph, planWarnings, sumOfWeights } from '../../pipelines/index.js'
import {
  type Dataset,
  type DuplicateMode,
  type Job,
  optionalTriggers,
  parseFileset,
  WORKFLOWS,
  type WorkflowName,
} from '../config/index.js'
import { DataError, UsageError } from '../core/errors.js'
import type { Chunk, Context, FlowStage, Source } from '../core/types.js'
import { declareGraph, type GraphDeclaration } from '../graph/index.js'
import { withoutDuplicates } from '../job/duplicate-files.js'
import { withPartFiles, withRemotePartFiles } from '../job/part-files.js'
import { entriesOf, withSum } from '../job/passes.js'
import { prepareAll } from '../job/prepare-all.js'
import { looksSimulated, needsGenWeightSum } from '../job/simulation.js'
import { weightWarnings } from '../job/weight-warnings.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import { syncExecutor } from '../run/sync.js'
import { hasNothing, openTree, type PartitionRead, partitions } from '../stages/index.js'
import { type StageOptions, stageJob } from './documents.js'
import { type ChunkLine, type DatasetStart, type Documents, storedSum } from './facts.js'
import { nodesOf } from './groups.js'
import { type Pipe, writeLine } from './pipe.js'

export interface ChunksOptions extends StageOptions {
  /** The fileset's bytes, and what names them. */
  readonly fileset: { readonly bytes: Uint8Array; readonly name: string }
  /** Datasets to take; all where absent. */
  readonly datasets?: readonly string[]
  /** Most events of a chunk; by default as many as the job's columns take 32 MB, or MAX_EVENTS without a job. */
  readonly maxEvents?: number
  /** Add up genWeight first, where the job does not say whether it is needed. */
  readonly sumGenWeight?: boolean
  /** Partitions to leave out, as a report of `decode` found them. */
  readonly without?: readonly PartitionRead[]
  readonly limit?: number
  /** As of a run. */
  readonly duplicateFiles?: DuplicateMode
}

const MAX_EVENTS = 100_000

export async function chunks(options: ChunksOptions, pipe: Pipe, ctx: Context): Promise<void> {
  const { entries, document, warnings } = parseFileset(options.fileset.bytes, options.fileset.name)
  const given = options.config !== undefined
  for (const { place, message } of given ? [] : warnings) pipe.warn(`${place}: ${message}`)
  const { limit = null } = options
  const job = given ? stageJob(options, {}, { fileset: document, limit }) : null
  for (const { place, message } of job?.warnings ?? []) pipe.warn(`${place}: ${message}`)
  const named =
    job?.job.datasets ??
    bareDatasets(
      entries.map(e => e.dataset),
      limit,
    )
  const listed = await withRemotePartFiles({ datasets: wanted(named, options.datasets) } as unknown as Job)
  const { duplicateFiles: mode } = options
  const { datasets, told } = await withoutDuplicates(listed, mode, pipe.warn)
  const chosen = job === null ? null : ({ ...job.job, datasets, methods: job.methods } as Job)
  // Every problem of every dataset is told before the first line goes out.
  const plans = chosen === null ? null : await prepareAll(chosen)
  for (const [i, dataset] of datasets.entries()) {
    ctx.signal.throwIfAborted()
    const failed = (options.without ?? []).filter(f => f.chunk.dataset === dataset.name)
    const start =
      chosen === null
        ? await bareStart(dataset, failed, { ...options, pipe }, ctx)
        : await jobStart(chosen, { ...plans![i]!, failed }, { ...options, pipe }, ctx)
    const knowsDuplicates = mode !== undefined || told.get(dataset.name)!.size > 0
    await writeChunks({ ...start, knowsDuplicates }, job?.documents ?? {}, pipe, ctx)
  }
}

function bareDatasets(datasets: readonly Dataset[], limit: number | null): readonly Dataset[] {
  const limited = datasets.map(d => (limit === null ? d : { ...d, files: d.files.slice(0, limit) }))
  return withPartFiles({ datasets: limited } as unknown as Job).datasets
}

function wanted(datasets: readonly Dataset[], names: readonly string[] | undefined): readonly Dataset[] {
  if (names === undefined) return datasets
  const known = datasets.map(d => d.name)
  const unknown = names.filter(name => !known.includes(name))
  if (unknown.length > 0) {
    const message = `no dataset ${unknown.map(n => JSON.stringify(n)).join(', ')} in the fileset. All: ${known.join(', ')}.`
    throw new UsageError([{ place: '--dataset', message }])
  }
  return datasets.filter(d => names.includes(d.name))
}

interface Start {
  readonly knowsDuplicates?: boolean
  readonly plan: DatasetPlan
  readonly graph: GraphDeclaration
  readonly workflow: WorkflowName
  readonly sumGenWeight: number | null
}

/** As a run begins: warnings, and the pass over genWeight where the job needs it. */
async function jobStart(
  job: Job,
  found: DatasetPlan,
  options: ChunksOptions & { readonly pipe: Pipe },
  ctx: Context,
): Promise<Start> {
  const plan = options.maxEvents === undefined ? found : { ...found, maxEvents: options.maxEvents }
  for (const message of [...weightWarnings(job, plan), ...planWarnings({ job, plan })]) options.pipe.warn(message)
  const needsSum = needsGenWeightSum(job.workflow, plan)
  const summed = needsSum ? await withSum(plan, sumState(job, ctx, options.pipe.warn)) : plan
  const graph = buildGraph({ job, plan: summed }, entriesOf(summed))
  return { plan: summed, graph, workflow: job.workflow, sumGenWeight: needsSum ? summed.sumGenWeight : null }
}

function sumState(job: Job, ctx: Context, onWarning: Pipe['warn']) {
  return { job, executor: syncExecutor(), ctx, options: { onWarning }, told: null, events: 0, remote: null }
}

/** Without a job: only what the fileset and its first file say. */
async function bareStart(
  dataset: Dataset,
  failed: readonly PartitionRead[],
  { maxEvents = MAX_EVENTS, sumGenWeight = false, workflow, pipe }: ChunksOptions & { readonly pipe: Pipe },
  ctx: Context,
): Promise<Start> {
  const { first, file, tree } = await firstReadable(dataset)
  const signs = workflow === undefined ? (Object.keys(WORKFLOWS) as WorkflowName[]) : [workflow as WorkflowName]
  const plan: DatasetPlan = {
    dataset,
    isMC: dataset.isMC ?? signs.some(w => looksSimulated(w, tree)),
    layout: { names: tree.names, branches: new Map() },
    branches: [],
    lateBranches: [],
    lumi: null,
    pileup: null,
    sumGenWeight: 1,
    failed,
    maxEvents,
    filterReads: [],
    customStages: [],
    ...(dataset.form === null || dataset.files.length < 2 ? {} : { optionalTriggers: optionalTriggers(dataset.form) }),
    firstFile: { path: first.file, tree: first.tree, entries: tree.entries, bytes: await file.source.size() },
    readFraction: 0,
  }
  const name = (workflow ?? 'ElectronTagNProbeFromNanoAOD') as WorkflowName
  const asked = sumGenWeight && needsGenWeightSum(name, plan)
  const job = { workflow: name, methods: [{ uproot: { allow: false } }], datasets: [] } as unknown as Job
  const summed = asked ? await withSum(plan, sumState(job, ctx, pipe.warn)) : plan
  const graph = declareGraph(g => sumOfWeights(g, summed, entriesOf(summed)))
  return { plan: summed, graph, workflow: name, sumGenWeight: asked ? summed.sumGenWeight : null }
}

/** Files that cannot be read are left to `decode`, which may report them; those without branches tell nothing. Throws DataError
 *  where there is no other. */
async function firstReadable(dataset: Dataset) {
  let failure: unknown
  let nothing: { path: string; tree: string } | null = null
  for (const { path: file, tree } of dataset.files) {
    try {
      const opened = await openTree(file, tree)
      if (!hasNothing(opened.tree)) return { first: { file, tree }, ...opened }
      nothing ??= { path: file, tree }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      failure ??= error
    }
  }
  if (nothing !== null) {
    const { path: file, tree } = nothing
    return { first: { file, tree }, ...(await openTree(file, tree)) }
  }
  throw failure ?? new DataError('OSError', `dataset "${dataset.name}" has no files.`)
}

async function writeChunks(
  { plan, graph, workflow, sumGenWeight, knowsDuplicates = false }: Start,
  documents: Documents,
  { output }: Pipe,
  ctx: Context,
): Promise<void> {
  const { files, form: _, ...dataset } = plan.dataset
  const { path, tree } = plan.firstFile
  const start: DatasetStart = {
    dataset: { ...dataset, isMC: plan.isMC },
    partitions: partitions(dataset.name, files).length,
    sumGenWeight: sumGenWeight === null ? null : storedSum(sumGenWeight),
    failed: plan.failed,
    first: { path, tree },
    documents,
    ...(knowsDuplicates ? { knowsDuplicates } : {}),
    ...(plan.optionalTriggers === undefined ? {} : { optionalTriggers: plan.optionalTriggers, files: files.length }),
  }
  let lines = 0
  const [source, ...flows] = nodesOf(graph, 'chunks', workflow)
  let items = (source!.stage as Source<Chunk>).open(ctx)
  for (const flow of flows) items = (flow.stage as FlowStage<Chunk, Chunk>).flow(items, ctx)
  for await (const chunk of items) {
    ctx.signal.throwIfAborted()
    await writeLine(output, { chunk, ...start } satisfies ChunkLine)
    lines++
  }
  if (lines === 0) await writeLine(output, { chunk: null, ...start } satisfies ChunkLine)
}
