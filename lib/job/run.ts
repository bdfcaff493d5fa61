/** Runs a job: plans every dataset, then runs each one's graph on the executor, and sums up what happened. */
import { setMaxListeners } from 'node:events'
import { stat } from 'node:fs/promises'
import { buildGraph, buildSumGraph, importWorkflow, planWarnings, requireWorkflow } from '../../pipelines/index.js'
import { READS_NODE, SUM_NODE } from '../../pipelines/sum-gen-weight.js'
import { isRemote } from '../bytes/address.js'
import { statusOf } from '../bytes/places.js'
import { type RemoteSettings, remoteSettings } from '../bytes/settings.js'
import { remoteWarnings } from '../bytes/warnings.js'
import type { ClusterOptions } from '../cluster/options.js'
import type { RunState as ClusterState } from '../cluster/state.js'
import type { Job } from '../config/index.js'
import { untilAborted } from '../core/abort.js'
import { DataError, UsageError } from '../core/errors.js'
import type { Chunk, Context, Logger, MadeFile } from '../core/types.js'
import type { ChunkResult, GraphDeclaration } from '../graph/index.js'
import { type BesideJournal, type Journal, journalled } from '../journal/index.js'
import { mapBounded } from '../preprocess/bounded.js'
import { executeGraph, type GraphResult } from '../run/execute.js'
import type { ClusterStatus, Executor } from '../run/executor.js'
import { closeTrees, type PartitionRead, partitions, stopPython, withTree } from '../stages/index.js'
import { chooseExecutor, type ExecutorChoice } from './choose-executor.js'
import { openJobJournal } from './journal.js'
import type { RunMadeFiles } from './made-files.js'
import { makeOutputFolders } from './output-folders.js'
import { withRemotePartFiles } from './part-files.js'
import type { DatasetPlan } from './plan.js'
import { prepareDataset, toleratesAll } from './prepare.js'
import { hideUrls, timeoutOf } from './remote.js'
import { beginRun } from './runs.js'
import { needsGenWeightSum } from './simulation.js'
import { stageOutput } from './staged-output.js'
import { type DatasetSummary, type JobSummary, summarize } from './summary.js'

export interface Progress {
  readonly dataset: string
  /** sum: adding up generator weights; run: the main pass. */
  readonly phase: 'sum' | 'run'
  readonly partitionsDone: number
  readonly partitions: number
  /** Events read so far in the main pass, over all datasets. */
  readonly events: number
  /** Bytes that were asked for so far, and in how many requests, where files are remote; null where all are local. */
  readonly remote: { readonly bytes: number; readonly requests: number } | null
  /** What the cluster has and does; null without one. */
  readonly cluster: ClusterStatus | null
}

export interface RunOptions {
  readonly executor?: ExecutorChoice
  /** In place of an executor: the cluster that does the work. */
  readonly cluster?: ClusterOptions
  /** Where the cluster's jobs are noted down. */
  readonly clusterState?: ClusterState | null
  /** How remote files are read; default: the settings of the thread, with the timeout of the methods' uproot_options. */
  readonly remote?: Partial<RemoteSettings>
  /** Worker threads or processes; default: the number of cores, fewer where the job is too small to gain from them. */
  readonly workers?: number
  /** Most events that a worker holds at once; default: as many as take 32 MB of columns. */
  readonly maxChunkEvents?: number
  /** Measure the processor time of stages as well. */
  readonly measureCpu?: boolean
  /** Write down what each chunk gave, in the output folder, so that a stopped run can be continued. Default: as `resume`. */
  readonly journal?: boolean
  /** Continue the run that was stopped in this output folder. UsageError where that was another job. */
  readonly resume?: boolean
  /** A file to be kept beside the journal for the run that continues this one. */
  readonly beside?: BesideJournal | undefined
  readonly signal?: AbortSignal
  readonly log?: Logger
  readonly onProgress?: (progress: Progress) => void
  /** Called for what the user should know and what does not stop the run. */
  readonly onWarning?: (message: string) => void
  /** Called for what is good to know. */
  readonly onNotice?: (message: string) => void
  /** Called where a run ends early and can be continued, with the number of chunks that are done. */
  readonly onKept?: (chunks: number) => void
  /** Called when the executor has been chosen. */
  readonly onStart?: (executor: { readonly name: string; readonly workers: number }) => void
}

const NONE: ReadonlySet<string> = new Set()
const QUIET: Logger = { debug() {}, info() {}, warn() {} }
/** Set where the program's modules have been joined into a few files, in which the pipelines stand beside this one. */
declare const TNP_BUNDLED: boolean | undefined
const PIPELINES_PATH = typeof TNP_BUNDLED === 'undefined' ? '../../pipelines/index.js' : './pipelines.js'
const PIPELINES_MODULE = new URL(PIPELINES_PATH, import.meta.url).href

/** Writes the job's outputs and returns the summary. Throws UsageError, before anything is read, with every problem; DataError
 *  for a file that cannot be read and may not be skipped. On any failure or abort no half-written file is left. Several runs may be
 *  under way at once in a thread, to different outputs: of how servers are asked (timeouts, retries, transport, copies) the one that
 *  began last decides for all. */
export async function runJob(given: Job, options: RunOptions = {}): Promise<JobSummary> {
  const began = performance.now()
  requireWorkflow(given.workflow)
  const isJournalled = options.journal ?? options.resume ?? false
  const { job: staged, remote } = stageOutput(given, isJournalled)
  const cpu = options.measureCpu ? (await import('../run/cpu-clock.js')).threadCpuClock() : null
  const { signal = new AbortController().signal } = options
  // Each write under way at a server listens.
  setMaxListeners(0, signal)
  const ctx: Context = {
    signal,
    log: options.log ?? QUIET,
    ...(hasDistantFiles(given) ? { ahead: DISTANT_AHEAD } : {}),
    ...(cpu === null ? {} : { cpu }),
  }
  let executor: Executor | undefined
  let journal: Journal | undefined
  let made: RunMadeFiles | undefined
  let complete = false
  const stopWarnings = remoteWarnings.subscribe(message => options.onWarning?.(message))
  const settings = beginRun()
  try {
    const patience = { ...timeoutOf(given), ...options.remote }
    settings.set(patience)
    const { job, access } = hideUrls(await untilAborted(withRemotePartFiles(staged), signal), remoteSettings().access)
    settings.set({ ...patience, access })
    await importWorkflow(job)
    const plans = (await untilAborted(prepareAll(job), signal)).map(plan => ({
      ...plan,
      maxEvents: options.maxChunkEvents ?? plan.maxEvents,
    }))
    const graphs = plans.map(plan => buildGraph({ job, plan }))
    if (remote === null) await makeOutputFolders(graphs)
    else await untilAborted(remote.makeFolders(graphs), signal)
    const isCluster = options.cluster !== undefined
    const madeFiles = async () =>
      (await import('./made-files.js')).runMadeFiles({ output: job.output, graphs, remote, isJournalled })
    if (isCluster || options.resume) made = await madeFiles()
    if (isJournalled) {
      const { resume = false, beside, onWarning = () => {} } = options
      const isThere = made === undefined ? undefined : (file: MadeFile) => made!.isThere(file)
      journal = await openJobJournal(job, plans, graphs, { resume, beside, isThere, signal, log: ctx.log, onWarning })
      if (journal.afterStopped) {
        made ??= await madeFiles()
        await made.clear(journal.madeFiles.at)
      }
    }
    // The folder here may be that of another run, until the journal's lock has been taken.
    if (remote !== null) await makeOutputFolders(graphs)
    for (const plan of plans) {
      for (const message of [...weightWarnings(job, plan), ...planWarnings({ job, plan })]) options.onWarning?.(message)
    }
    if (isCluster) await made!.offer()
    executor = await chooseExecutor(plans, executorOptions(job, options))
    if (journal !== undefined) executor = journalled(executor, journal, failure => toleratesAll(job, failure))
    options.onStart?.({ name: executor.name, workers: executor.workers })
    const datasets: DatasetSummary[] = []
    const counted = ctx.ahead === undefined ? null : { bytes: 0, requests: 0 }
    const state: RunState = {
      job,
      executor,
      ctx: made === undefined ? ctx : { ...ctx, made },
      options,
      events: 0,
      remote: counted,
    }
    for (const [k, plan] of plans.entries()) {
      datasets.push(await runDataset(plan, state))
      await remote?.send(graphs[k]!, ctx, made?.nameFile)
    }
    complete = true
    const { name, workers } = executor
    const chunks = journal === undefined ? null : { resumed: journal.resumed, run: journal.added }
    return { datasets, executor: name, workers, seconds: (performance.now() - began) / 1000, chunks }
  } finally {
    await executor?.close()
    const isKept = await journal?.close(complete)
    const { at, forgotten } = journal?.madeFiles ?? { at: NONE, forgotten: NONE }
    await made?.close(isKept ? at : NONE, forgotten)
    if (isKept) options.onKept?.(journal!.done)
    const isOurs = !isJournalled || journal !== undefined
    if (isOurs && (complete || !(isKept || remote?.hasUnsent))) await remote?.clear()
    stopWarnings()
    if (settings.end()) {
      await closeTrees()
      await stopPython()
    }
  }
}

/** Chunks that are asked for before they are needed. Opening a distant file and reading its first baskets takes three round trips, in
 *  which eight chunks of 10,000 events are done where one takes 40 ms. */
export const DISTANT_AHEAD = 8

function hasDistantFiles({ datasets }: Job): boolean {
  return datasets.some(({ files }) => files.some(({ path }) => isRemote(path)))
}

/** Functions cannot be sent to workers: stages that a program has given run on its own thread. */
function executorOptions(
  job: Job,
  options: RunOptions,
): Pick<RunOptions, 'executor' | 'workers' | 'cluster' | 'clusterState' | 'onWarning' | 'onNotice' | 'log'> {
  const given = job.stages?.find(s => s.object !== undefined)
  if (given === undefined) return options
  const { executor = 'threads', workers = 1 } = options
  if (executor !== 'processes' && workers === 1 && options.cluster === undefined) return { executor: 'sync' }
  const message = 'was given by the program, so it runs on its thread. Put it in a module for several workers.'
  throw new UsageError([{ place: `stage ${given.name}`, message }])
}

/** All plans, or one UsageError with the problems of all datasets. */
export async function prepareAll(job: Job): Promise<DatasetPlan[]> {
  // Distant files are opened while others are waited for.
  const found = await mapBounded(job.datasets, hasDistantFiles(job) ? DISTANT_AHEAD : 1, undefined, dataset =>
    prepareDataset(job, dataset).catch(error => {
      if (error instanceof UsageError) return error
      throw error
    }),
  )
  const problems = found.flatMap(one => (one instanceof UsageError ? one.problems : []))
  if (problems.length > 0) throw new UsageError(problems)
  return found.filter((one): one is DatasetPlan => !(one instanceof UsageError))
}

/** Weights that were asked for by name and that data do not have. */
export function weightWarnings(job: Job, { isMC, dataset, layout }: DatasetPlan): string[] {
  if (isMC) return []
  return job.methods.flatMap(m =>
    'weightNamed' in m && m.weightNamed && m.weight?.startsWith('weight') && !layout.names.includes(m.weight)
      ? [`${m.id}: data have no "${m.weight}": dataset "${dataset.name}" is filled with weight 1`]
      : [],
  )
}

export interface RunState {
  readonly job: Job
  readonly executor: Executor
  readonly ctx: Context
  readonly options: RunOptions
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

async function runDataset(first: DatasetPlan, state: RunState): Promise<DatasetSummary> {
  let plan = await withSum(first, state)
  // Each turn leaves out at least one more partition, so this ends.
  for (;;) {
    try {
      return summarize(state.job.workflow, plan, await mainPass(plan, state))
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
  const sumGenWeight = result.values.get(SUM_NODE) as number
  if (sumGenWeight === 0 && result.events > 0) {
    throw new DataError(
      'ValueError',
      `dataset "${plan.dataset.name}": the sum of genWeight is 0, so weights cannot be normalised`,
    )
  }
  // Other chunks of such a partition may have been read, and are in the sum.
  if (unreadable.some(f => f.chunk.parts > 1)) return withSum({ ...plan, failed }, state)
  return { ...plan, failed, sumGenWeight }
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
  const endOfChunks = () => {
    if (late.length === 0) return
    state.events = eventsBefore
    throw new Restart(unique(late))
  }
  const graph = buildGraph({ job: state.job, plan }, entriesOf(plan, state.executor.workers === 1))
  return execute('run', plan, graph, state, see, endOfChunks)
}

async function execute(
  phase: Progress['phase'],
  plan: DatasetPlan,
  graph: GraphDeclaration,
  state: RunState,
  see: (result: ChunkResult) => void,
  onEnd?: () => void,
): Promise<GraphResult> {
  const { job, executor, ctx, options } = state
  const total = partitions(plan.dataset.name, plan.dataset.files).length
  const done = new Set(plan.failed.map(f => f.chunk.partition))
  const spec = {
    key: `${plan.dataset.name}/${phase}/${plan.failed.length}`,
    module: PIPELINES_MODULE,
    build: phase === 'sum' ? 'buildSumGraph' : 'buildGraphInWorker',
    // Workers get their dataset with the plan, and need none of the others.
    args: { job: { ...job, datasets: [] }, plan },
  }
  return executeGraph(graph, spec, executor, ctx, {
    tolerate: failure => toleratesAll(job, failure),
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
      options.onProgress?.({
        dataset: plan.dataset.name,
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
