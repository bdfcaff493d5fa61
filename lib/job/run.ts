/** Runs a job: plans every dataset, then runs each one's graph on the executor, and sums up what happened. */
import { setMaxListeners } from 'node:events'
import { buildGraph, importWorkflow, planWarnings, renamedIn, requireWorkflow } from '../../pipelines/index.js'
import { type RemoteSettings, remoteSettings } from '../bytes/settings.js'
import { remoteWarnings } from '../bytes/warnings.js'
import type { ClusterOptions } from '../cluster/options.js'
import type { RunState as ClusterState } from '../cluster/state.js'
import type { DuplicateMode, Job } from '../config/index.js'
import { untilAborted } from '../core/abort.js'
import { UsageError } from '../core/errors.js'
import type { Context, Logger, MadeFile } from '../core/types.js'
import { type BesideJournal, type Journal, journalled } from '../journal/index.js'
import type { Executor } from '../run/executor.js'
import { closeTrees, renamingWarning, stopPython } from '../stages/index.js'
import type { BatchChoice, OpenBatch } from './batch.js'
import { chooseExecutor, type ExecutorChoice } from './choose-executor.js'
import { withoutDuplicates } from './duplicate-files.js'
import type { OnRunEvent } from './events.js'
import { InputFiles } from './inputs.js'
import { openJobJournal } from './journal.js'
import { makeOutputFolders } from './output-folders.js'
import { withRemotePartFiles } from './part-files.js'
import { type Progress, type RunState, runDataset } from './passes.js'
import { toleratesAll } from './prepare.js'
import { DISTANT_AHEAD, hasDistantFiles, prepareAll } from './prepare-all.js'
import { hideUrls, timeoutOf } from './remote.js'
import type { RunMadeFiles } from './run-made-files.js'
import { beginRun } from './runs.js'
import { sinkFilesOf } from './sink-files.js'
import { stageOutput } from './staged-output.js'
import type { DatasetSummary, JobSummary } from './summary.js'
import { weightWarnings } from './weight-warnings.js'

export interface RunOptions {
  readonly executor?: ExecutorChoice
  /** In place of an executor: the cluster that does the work. */
  readonly cluster?: ClusterOptions
  /** Where the cluster's jobs are noted down. */
  readonly clusterState?: ClusterState | null
  /** In place of an executor: the batch system that does the work. Throws Detached where the run is left to it. */
  readonly batch?: BatchChoice
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
  /** What is done with files that a dataset lists twice. Default: they count twice, with a warning. */
  readonly duplicateFiles?: DuplicateMode
  readonly signal?: AbortSignal
  readonly log?: Logger
  readonly onProgress?: (progress: Progress) => void
  /** Called with all that happens, for whoever follows the run. Must not throw. */
  readonly onEvent?: OnRunEvent
  /** As of a Context: lets those have their turn who wait for the calling thread. */
  readonly turn?: () => Promise<void> | null
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
/** Writes the job's outputs and returns the summary. Throws UsageError, before anything is read, with every problem; DataError
 *  for a file that cannot be read and may not be skipped. On any failure or abort no half-written file is left. Several runs may be
 *  under way at once in a thread, to different outputs: of how servers are asked (timeouts, retries, transport, copies) the one that
 *  began last decides for all. */
export async function runJob(asked: Job, options: RunOptions = {}): Promise<JobSummary> {
  // A graph of no method leads nowhere.
  const hasWork = asked.methods.length > 0 || asked.ownWorkflow !== undefined
  const given: Job = hasWork ? asked : { ...asked, datasets: [] }
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
    ...(options.turn === undefined ? {} : { turn: options.turn }),
  }
  let executor: Executor | undefined
  let journal: Journal | undefined
  let batch: OpenBatch | undefined
  let made: RunMadeFiles | undefined
  let inputs: InputFiles | undefined
  let complete = false
  let refused = false
  let removeEmptyFolders = async () => {}
  const stopWarnings = remoteWarnings.subscribe(message => options.onWarning?.(message))
  const settings = beginRun()
  try {
    const patience = { ...timeoutOf(given), ...options.remote }
    settings.set(patience)
    const { duplicateFiles: mode } = options
    const listed = await untilAborted(withRemotePartFiles(staged), signal)
    const { datasets: wanted, told } = await untilAborted(withoutDuplicates(listed, mode, options.onWarning), signal)
    const { job, access } = hideUrls({ ...listed, datasets: wanted }, remoteSettings().access)
    settings.set({ ...patience, access })
    await importWorkflow(job)
    inputs = await InputFiles.lookAt(job.datasets)
    const plans = (await untilAborted(prepareAll(job), signal)).map(plan => ({
      ...plan,
      maxEvents: options.maxChunkEvents ?? plan.maxEvents,
    }))
    const renamed: (readonly [string, string])[] = []
    // One graph at a time: see sink-files.ts.
    const sinksOf = plans.map(plan => {
      const graph = buildGraph({ job, plan })
      renamed.push(...renamedIn(graph))
      return sinkFilesOf(graph)
    })
    const sinks = sinksOf.flat()
    if (remote === null) removeEmptyFolders = await makeOutputFolders(sinks)
    else await untilAborted(remote.makeFolders(sinks), signal)
    const isCluster = options.cluster !== undefined
    const madeFiles = async () =>
      (await import('./made-files.js')).runMadeFiles({ output: job.output, sinks, remote, isJournalled })
    if (isCluster || options.resume) made = await madeFiles()
    if (isJournalled) {
      const { resume = false, beside, onWarning = () => {} } = options
      const isThere = made === undefined ? undefined : (file: MadeFile) => made!.isThere(file)
      journal = await openJobJournal(job, plans, sinks, { resume, beside, isThere, signal, log: ctx.log, onWarning })
      if (journal.afterStopped) {
        made ??= await madeFiles()
        await made.clear(journal.madeFiles.at)
        await remote?.clearStopped(sinks, signal)
      }
    }
    // The folder here may be that of another run, until the journal's lock has been taken.
    if (remote !== null) await makeOutputFolders(sinks)
    // Datasets may share a document.
    const messages = new Set(plans.flatMap(plan => [...weightWarnings(job, plan), ...planWarnings({ job, plan })]))
    const names = renamingWarning(renamed)
    if (names !== null) messages.add(names)
    for (const message of messages) options.onWarning?.(message)
    if (isCluster) await made!.offer()
    if (options.batch === undefined) executor = await chooseExecutor(plans, executorOptions(job, options))
    else {
      executorOptions(job, options)
      const stored = {
        job: { ...given, datasets: wanted },
        remote: options.remote ?? {},
        maxChunkEvents: options.maxChunkEvents ?? null,
        eventsPerJob: options.batch.eventsPerJob,
      }
      const { openBatch } = await import('./batch.js')
      batch = await openBatch(options.batch, stored, { job, plans, sinks }, message => options.onWarning?.(message))
      if (batch.run.afterKilled) await remote?.clearStopped(sinks, signal)
      executor = batch.executor
    }
    if (journal !== undefined) executor = journalled(executor, journal, failure => toleratesAll(job, failure))
    const chosen = { name: executor.name, workers: executor.workers }
    options.onStart?.(chosen)
    options.onEvent?.({ kind: 'began', plans, executor: chosen, workersNow: executor.workersNow ?? (() => []) })
    const datasets: DatasetSummary[] = []
    const counted = ctx.ahead === undefined ? null : { bytes: 0, requests: 0 }
    const state: RunState = {
      job,
      executor,
      ctx: made === undefined ? ctx : { ...ctx, made },
      options,
      told: mode === undefined ? told : null,
      inputs,
      events: 0,
      remote: counted,
    }
    if (batch !== undefined) {
      const { announceAll, Detached } = await import('./batch.js')
      await announceAll(plans, batch.executor, state)
      if (options.batch!.detach) throw new Detached()
    }
    for (const [k, plan] of plans.entries()) {
      datasets.push(await runDataset(plan, state))
      await remote?.send(sinksOf[k]!, ctx, made?.nameFile)
    }
    await batch?.executor.finish()
    complete = true
    const { name, workers } = executor
    const chunks = journal === undefined ? null : { resumed: journal.resumed, run: journal.added }
    const summary = { datasets, executor: name, workers, seconds: (performance.now() - began) / 1000, chunks }
    options.onEvent?.({ kind: 'ended', summary })
    return summary
  } catch (error) {
    refused = error instanceof UsageError
    throw error
  } finally {
    await executor?.close()
    await batch?.run.close(complete)
    const isKept = await journal?.close(complete)
    const { at, forgotten } = journal?.madeFiles ?? { at: NONE, forgotten: NONE }
    await made?.close(isKept ? at : NONE, forgotten)
    if (isKept && !inputs?.haveChanged) options.onKept?.(journal!.done)
    if (refused) await removeEmptyFolders()
    const isOurs = !isJournalled || journal !== undefined
    if (isOurs && (complete || !(isKept || remote?.hasUnsent))) await remote?.clear()
    stopWarnings()
    if (settings.end()) {
      await closeTrees()
      await stopPython()
    }
  }
}

/** Functions cannot be sent to workers: stages that a program has given run on its own thread. */
function executorOptions(
  job: Job,
  options: RunOptions,
): Pick<RunOptions, 'executor' | 'workers' | 'cluster' | 'clusterState' | 'onWarning' | 'onNotice' | 'log'> {
  const given = job.stages?.find(s => s.object !== undefined)
  if (given === undefined) return options
  const { executor = 'threads', workers = 1 } = options
  if (executor !== 'processes' && workers === 1 && (options.cluster ?? options.batch) === undefined)
    return { executor: 'sync' }
  const message = 'was given by the program, so it runs on its thread. Put it in a module for several workers.'
  throw new UsageError([{ place: `stage ${given.name}`, message }])
}
