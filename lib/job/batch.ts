/** A job over a batch system: what the executor there is told of it, and how all of its passes are submitted at once. */
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { GraphArgs } from '../../pipelines/index.js'
import { buildGraph, buildSumGraph } from '../../pipelines/index.js'
import type { BeginInput, OpenRun } from '../batch/begin.js'
import type { BatchExecutor } from '../batch/executor.js'
import type { BatchResources, SystemName } from '../batch/options.js'
import type { PassFacts } from '../batch/passes.js'
import { hideAccess, isRemote } from '../bytes/address.js'
import type { RemoteSettings } from '../bytes/settings.js'
import type { Job } from '../config/index.js'
import type { ReadExceptionName } from '../core/errors.js'
import { cutGraph, type GraphDeclaration } from '../graph/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import { head } from '../run/execute.js'
import type { Executor, GraphSpec } from '../run/executor.js'
import { identityOf, removeTemporary } from './journal.js'
import { entriesOf, type RunState, SUM_BUILD, specOf, withSum } from './passes.js'
import { toleratesAll } from './prepare.js'
import { needsGenWeightSum } from './simulation.js'
import type { SinkFiles } from './sink-files.js'

export interface BatchChoice {
  readonly system: SystemName
  readonly resources: BatchResources
  /** The run's folder; null: in the output folder. */
  readonly folder: string | null
  /** Leave when all jobs have been submitted. */
  readonly detach: boolean
  /** false: nothing is waited for. */
  readonly waits: boolean
  /** null: by what the job reads. */
  readonly eventsPerJob: number | null
  /** As the user gave it. */
  readonly command: readonly string[]
  /** Called when the run's folder is there, with when the run began that is gone on with. */
  readonly onOpen: (folder: string, since: string | null) => void
  /** Called now and then while waiting, with how many jobs are in which state. */
  readonly onWaiting: (counts: Readonly<Record<string, number>>) => void
}

/** What `collect` needs of a run, to run it once more. */
export interface StoredJob {
  readonly job: Job
  readonly remote: Partial<RemoteSettings>
  readonly maxChunkEvents: number | null
  readonly eventsPerJob: number | null
}

/** All jobs are submitted: there is nothing left to do here. */
export class Detached extends Error {
  override readonly name = 'Detached'
}

const EXCEPTIONS = [
  'FileNotFoundError',
  'PermissionError',
  'IsADirectoryError',
  'OSError',
  'TimeoutError',
  'ConnectionError',
  'ValueError',
  'KeyError',
  'KeyInFileError',
  'DeserializationError',
  'NotImplementedError',
] as const satisfies readonly ReadExceptionName[]

/** Compressed bytes of wanted branches that a job reads. */
const BYTES_PER_JOB = 1e9
/** The sum of weights reads one branch of many. */
const SUM_TIMES = 20

export interface OpenBatch {
  readonly executor: BatchExecutor
  readonly run: OpenRun
}

/** Opens the run's folder, and clears away what a killed run has left of the same outputs. `given`: the job as the user gave it. */
export async function openBatch(
  choice: BatchChoice,
  stored: StoredJob,
  { job, plans, sinks }: { job: Job; plans: readonly DatasetPlan[]; sinks: readonly SinkFiles[] },
  onWarning: (message: string) => void,
): Promise<OpenBatch> {
  const { beginRun } = await import('../batch/begin.js')
  const { takeProxy } = await import('../batch/proxy.js')
  const { batchExecutor } = await import('../batch/executor.js')
  const { systemFor } = await import('../batch/system-for.js')
  const { BATCH_FOLDER } = await import('../batch/folder.js')
  const { system, resources, command, detach, waits, onWaiting } = choice
  const input: BeginInput = {
    path: choice.folder ?? join(job.output, BATCH_FOLDER),
    system,
    resources,
    command,
    output: isRemote(stored.job.output) ? hideAccess(stored.job.output) : resolve(job.output),
    datasets: job.datasets.map(dataset => dataset.name),
    identity: await identityOf(job, plans),
    job: serialize(stored),
  }
  const run = await beginRun(input)
  try {
    choice.onOpen(run.folder.path, run.since)
    if (run.afterKilled) await removeTemporary(sinks)
    const distant = job.datasets.some(({ files }) => files.some(({ path }) => isRemote(path)))
    takeProxy(run.folder, distant, resources.walltimeSeconds, onWarning)
    const executor = batchExecutor({
      folder: run.folder,
      system: await systemFor(system),
      resources: run.resources,
      cwd: process.cwd(),
      describe: spec => factsOf(spec, stored.eventsPerJob),
      tolerated: EXCEPTIONS.filter(exception => toleratesAll(job, { exception, message: '' })),
      here: detach ? sumsHere() : null,
      waits,
      onWarning,
      onWaiting,
    })
    return { executor, run }
  } catch (error) {
    await run.close(false)
    throw error
  }
}

export function readStored(bytes: Uint8Array): StoredJob {
  return deserialize(bytes) as StoredJob
}

/** Whoever leaves does not wait for jobs that others are to follow: generator weights are added up here. */
function sumsHere(): (spec: GraphSpec) => Promise<Executor> | null {
  let executor: Promise<Executor> | null = null
  return spec => {
    if (spec.build !== SUM_BUILD) return null
    executor ??= import('../run/threads.js').then(({ threadsExecutor }) => threadsExecutor(availableParallelism()))
    return executor
  }
}

function factsOf(spec: GraphSpec, eventsPerJob: number | null): PassFacts {
  const { plan } = spec.args as GraphArgs
  const phase = spec.build === SUM_BUILD ? 'sum' : 'run'
  const { bytes, entries } = plan.firstFile
  const bytesPerEvent = (plan.readFraction * bytes) / Math.max(1, entries)
  const chosen = eventsPerJob ?? Math.max(1, Math.floor(BYTES_PER_JOB / Math.max(1, bytesPerEvent)))
  const times = phase === 'sum' ? SUM_TIMES : 1
  return { dataset: plan.dataset.name, phase, eventsPerJob: chosen * times, eventsPerFile: entries }
}

/** Submits the passes of all datasets: first those that add up weights, on which the others wait, then the main ones. */
export async function announceAll(plans: readonly DatasetPlan[], batch: BatchExecutor, state: RunState): Promise<void> {
  const { job, ctx } = state
  const announced = (phase: 'sum' | 'run', plan: DatasetPlan, graph: GraphDeclaration) => {
    const cut = cutGraph(graph)
    return { segment: { cut, spec: specOf(phase, job, plan) }, chunks: head(cut, ctx) }
  }
  const toSum = plans.filter(plan => needsGenWeightSum(job.workflow, plan))
  if (!batch.sumsHere) {
    await batch.announce(
      toSum.map(plan => announced('sum', plan, buildSumGraph({ job, plan }, entriesOf(plan)))),
      ctx,
    )
  }
  const summed: DatasetPlan[] = []
  for (const plan of plans) summed.push(await withSum(plan, state))
  await batch.announce(
    summed.map(plan => announced('run', plan, buildGraph({ job, plan }, entriesOf(plan)))),
    ctx,
  )
}
