/** The passes over a dataset: adding up its generator weights, where it has any, and the main one. */
import { stat } from 'node:fs/promises'
import { buildGraph, buildSumGraph } from '../../pipelines/index.js'
import { READS_NODE, SUM_NODE } from '../../pipelines/sum-gen-weight.js'
import { hideAccess, isRemote } from '../bytes/address.js'
import { statusOf } from '../bytes/places.js'
import type { Job } from '../config/index.js'
import { DataError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import type { ChunkResult, GraphDeclaration } from '../graph/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import { executeGraph, type GraphResult } from '../run/execute.js'
import type { ClusterStatus, Executor, GraphSpec } from '../run/executor.js'
import { PIPELINES_MODULE } from '../run/worker-spec.js'
import { lackingWarnings, type PartitionRead, partitions, withTree } from '../stages/index.js'
import type { GenWeightSum } from '../stages/sum-gen-weight.js'
import { type DuplicatesSeen, duplicatesRead } from './duplicate-files.js'
import type { OnRunEvent, Phase } from './events.js'
import type { InputFiles } from './inputs.js'
import { toleratesAll } from './prepare.js'
import { needsGenWeightSum } from './simulation.js'
import { type DatasetSummary, summarize } from './summary.js'

export interface Progress {
  readonly dataset: string
  readonly phase: Phase
  readonly partitionsDone: number
  readonly partitions: number
  /** Events read so far in the main pass, over all datasets. */
  readonly events: number
  /** Bytes that were asked for so far, and in how many requests, where files are remote; null where all are local. */
  readonly remote: { readonly bytes: number; readonly requests: number } | null
  /** What the cluster has and does; null without one. */
  readonly cluster: ClusterStatus | null
}

/** Export of the pipelines that builds the graph which adds up weights. */
export const SUM_BUILD = 'buildSumGraph'

export interface RunState {
  readonly job: Job
  readonly executor: Executor
  readonly ctx: Context
  readonly options: {
    readonly onProgress?: (progress: Progress) => void
    readonly onEvent?: OnRunEvent
    readonly onWarning?: (message: string) => void
  }
  /** Files listed twice that the user knows of; null: no more of them are told. */
  readonly told: DuplicatesSeen['told'] | null
  /** absent: none are looked at again. */
  readonly inputs?: InputFiles
  events: number
  readonly remote: { bytes: number; requests: number } | null
}

/** A partition turned out to be unreadable after something of it, or a sum that includes it, had been used. */
class Restart extends Error {
  readonly failed: readonly PartitionRead[]
  constructor(failed: readonly PartitionRead[]) {
    super('restart without unreadable partitions')
    this.failed = failed
  }
}

export async function runDataset(first: DatasetPlan, state: RunState): Promise<DatasetSummary> {
  let plan = await withSum(first, state)
  // Each turn leaves out at least one more partition, so this ends.
  for (;;) {
    try {
      const result = await mainPass(plan, state)
      const { name, files } = plan.dataset
      const reads = result.values.get('reads') as PartitionRead[]
      const { told } = state
      const twice = told === null ? [] : duplicatesRead(plan.dataset, reads, told.get(name))
      for (const warning of [...lackingWarnings(name, files.length, reads), ...twice])
        state.options.onWarning?.(warning)
      const summary = summarize(state.job.workflow, plan, result)
      state.options.onEvent?.({ kind: 'dataset', summary })
      return summary
    } catch (error) {
      if (!(error instanceof Restart)) throw error
      const failed = [...plan.failed, ...error.failed]
      state.ctx.log.warn({ dataset: plan.dataset.name, partitions: failed.map(f => f.chunk.partition) }, error.message)
      plan = await withSum({ ...plan, failed }, state)
    }
  }
}

/** The plan with the sum of generator weights, and with the partitions that could not be read for it. */
export async function withSum(plan: DatasetPlan, state: RunState): Promise<DatasetPlan> {
  if (!needsGenWeightSum(state.job.workflow, plan)) return plan
  const result = await execute(
    'sum',
    plan,
    buildSumGraph({ job: state.job, plan }, entriesOf(plan, state.executor.workers === 1)),
    state,
    () => {},
  )
  const reads = result.values.get(READS_NODE) as PartitionRead[]
  const unreadable = unique(reads.filter(r => r.failure !== null))
  const failed = [...plan.failed, ...unreadable]
  const { total: sumGenWeight, odd } = result.values.get(SUM_NODE) as GenWeightSum
  if (sumGenWeight === 0 && result.events > 0) {
    throw new DataError(
      'ValueError',
      `dataset "${plan.dataset.name}": the sum of genWeight is 0, so weights cannot be normalised`,
    )
  }
  // Other chunks of such a partition may have been read, and are in the sum.
  if (unreadable.some(f => f.chunk.parts > 1)) return withSum({ ...plan, failed }, state)
  if (odd !== null) state.options.onWarning?.(oddWeights(plan.dataset.name, sumGenWeight, odd))
  return { ...plan, failed, sumGenWeight }
}

function oddWeights(dataset: string, sum: number, { events, file, entry }: NonNullable<GenWeightSum['odd']>): string {
  const what = `genWeight is NaN or infinite in ${events} event${events === 1 ? '' : 's'}, first in entry ${entry} of ${hideAccess(file)}`
  const then = Number.isNaN(sum) ? 'all weights of the dataset are NaN' : 'all other weights of the dataset are 0'
  return `dataset "${dataset}": ${what}. The sum that weights are divided by is ${sum}: ${then}. Leave the file out, or such events before.`
}

function unique(reads: readonly PartitionRead[]): PartitionRead[] {
  const seen = new Set<number>()
  return reads.filter(r => !seen.has(r.chunk.partition) && seen.add(r.chunk.partition))
}

async function mainPass(plan: DatasetPlan, state: RunState): Promise<GraphResult> {
  const late: PartitionRead[] = []
  const eventsBefore = state.events
  const see = (result: ChunkResult) => {
    const { chunk, failure } = result
    if (failure !== null && (plan.sumGenWeight !== 1 || chunk.parts > 1)) late.push({ chunk, read: null, failure })
    if (result.read !== null) state.events += result.read.stop - result.read.start
  }
  const endOfChunks = async () => {
    await state.inputs?.check(plan.dataset)
    if (late.length === 0) return
    state.events = eventsBefore
    throw new Restart(unique(late))
  }
  const graph = buildGraph({ job: state.job, plan }, entriesOf(plan, state.executor.workers === 1))
  return execute('run', plan, graph, state, see, endOfChunks)
}

/** How workers build the graph of a pass. */
export function specOf(phase: Progress['phase'], job: Job, plan: DatasetPlan): GraphSpec {
  return {
    key: `${plan.dataset.name}/${phase}/${plan.failed.length}`,
    module: PIPELINES_MODULE,
    build: phase === 'sum' ? SUM_BUILD : 'buildGraphInWorker',
    // Workers get their dataset with the plan, and need none of the others.
    args: { job: { ...job, datasets: [] }, plan },
    // Weights are added up of events as they are in the files.
    modules: phase === 'sum' ? [] : modulesOf(job),
  }
}

/** Paths of the user's own modules, as given. */
function modulesOf({ stages = [], ownWorkflow, options: { extraFilter } }: Job): string[] {
  const places = [
    ...stages,
    ...(ownWorkflow === undefined ? [] : [ownWorkflow]),
    ...(extraFilter === null ? [] : [extraFilter]),
  ]
  // A stage that a program has given has no path.
  return [...new Set(places.map(({ path }) => path).filter(path => path !== ''))]
}

async function execute(
  phase: Progress['phase'],
  plan: DatasetPlan,
  graph: GraphDeclaration,
  state: RunState,
  see: (result: ChunkResult) => void,
  onEnd?: () => Promise<void>,
): Promise<GraphResult> {
  const { job, executor, ctx, options } = state
  const dataset = plan.dataset.name
  const total = partitions(dataset, plan.dataset.files).length
  const done = new Set(plan.failed.map(f => f.chunk.partition))
  return executeGraph(graph, specOf(phase, job, plan), executor, ctx, {
    tolerate: failure => toleratesAll(job, failure),
    onBegin: pass =>
      options.onEvent?.({ kind: 'pass', dataset, phase, partitionsDone: done.size, partitions: total, pass }),
    onResult: result => {
      see(result)
      if (result.chunk.part === result.chunk.parts - 1) done.add(result.chunk.partition)
      const { events, remote } = state
      if (remote !== null && result.read !== null) {
        remote.bytes += result.read.bytes
        remote.requests += result.read.requests
      }
      const partitionsDone = done.size
      const cluster = executor.status?.() ?? null
      options.onEvent?.({ kind: 'chunk', dataset, phase, result, partitionsDone })
      options.onProgress?.({
        dataset,
        phase,
        partitionsDone,
        partitions: total,
        events,
        remote,
        cluster,
      })
    },
    ...(onEnd === undefined ? {} : { onEnd }),
  })
}

/** A file with more entries than its size lets expect: by this factor. */
const DENSER = 2

/** Entries of a file, or null where the file is surely small enough for one chunk: opening it is left to the worker then. isHere: it
 *  will be read on this thread. */
export function entriesOf(
  { firstFile, maxEvents }: DatasetPlan,
  isHere = false,
): (chunk: Chunk) => Promise<number | null> {
  const smallBytes = (maxEvents / DENSER) * (firstFile.bytes / Math.max(1, firstFile.entries))
  return async chunk => {
    try {
      if ((await fileBytes(chunk.file, isHere)) < smallBytes) return null
      return await withTree(chunk.file, chunk.tree, ({ tree }) => tree.entries, { isAhead: isHere })
    } catch (error) {
      // The worker that reads the chunk meets the same error, and reports it in its place.
      if (error instanceof DataError) return null
      throw error
    }
  }
}

/** Infinity where it is not to be had without opening the file. */
async function fileBytes(path: string, isHere: boolean): Promise<number> {
  if (isRemote(path)) {
    // A file that this thread will read is opened at once, and stays open.
    const found = isHere ? null : await statusOf(path)
    return found?.size ?? Number.POSITIVE_INFINITY
  }
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : Number.POSITIVE_INFINITY
}
