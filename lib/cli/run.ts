/** `tnp-pipe run` and `run-analysis`: configuration files in, outputs and a summary out. stdout carries data only. */

import { hideAccessIn } from '../bytes/address.js'
import { decompressorNames } from '../codecs/index.js'
import { type ConfigurationInput, type Job, resolveExecutor } from '../config/index.js'
import { DataError, formatProblem, UsageError } from '../core/errors.js'
import type { Logger } from '../core/types.js'
import { necessaryColumns } from '../job/columns.js'
import { type ExecutorChoice, loadJob, type RunOptions, runJob } from '../job/index.js'
import { failureOf, toleratesAll } from '../job/prepare.js'
import { readThrough, redirectorOf } from '../job/redirector.js'
import { recordRun } from '../job/run-record.js'
import type { BesideJournal } from '../journal/index.js'
import type { LivePage } from '../page/live/index.js'
import type { BatchRun } from './batch-run.js'
import { dashboardPort, openDashboard } from './dashboard.js'
import { describeFailure, EXIT, Interrupted } from './exit.js'
import { onInterrupt } from './interrupts.js'
import { openLog } from './log.js'
import { profileText } from './profile-text.js'
import { progressMeter } from './progress.js'
import { checkedCredentials, patience } from './remote-options.js'
import type { RunFlags } from './run-options.js'
import { summaryText } from './summary-text.js'

const SKIP_HINT =
  'To skip and report such files, set allow_read_errors_with_report in the uproot_options of every method.\n'
/** Where that is set already. */
const LEAVE_OUT_HINT = 'To go on without these files, take them out of the fileset.\n'

/** Returns the exit status. */
export async function runCommand(flags: RunFlags): Promise<number> {
  const executor = resolveExecutor(flags.executor)
  const isLocal = executor !== 'cluster' && executor !== 'batch'
  const { dashboardAddress } = flags
  const port = isLocal && dashboardAddress !== undefined ? dashboardPort(dashboardAddress) : null
  return perform(flags, async ({ warn, log, signal }) => {
    const cluster = executor === 'cluster' ? await clusterOf(flags.executor!, flags) : null
    const batch = executor === 'batch' ? await (await import('./batch-run.js')).batchOf(flags) : null
    const { job: loaded, warnings } = loadJob({
      config: flags.config,
      fileset: await filesetOf(flags.fileset),
      settings: flags.settings ?? null,
      binning: flags.binning ?? null,
      output: flags.output,
      stages: flags.stage,
      ...(flags.workflow === undefined ? {} : { workflow: flags.workflow }),
      limit: flags.limit ?? null,
      repartition: flags.repartitionNToOne ?? null,
      ntupleFormat: flags.ntupleFormat ?? null,
      skipReport: flags.skipReport,
    })
    for (const warning of warnings) {
      log.warn({ place: warning.place }, warning.message)
      warn(formatProblem(warning))
    }
    const redirector = flags.redirector ?? redirectorOf(flags.executor)
    const job = redirector === undefined ? loaded : readThrough(loaded, redirector)
    for (const message of await checkedCredentials(placesOf(job))) {
      log.warn({}, message)
      warn(message)
    }
    const { job: ready, beside } = flags.preprocess ? await preprocessed(job, flags.resume, signal) : { job }
    if (flags.printNecessaryColumns) process.stderr.write(await necessaryColumns(ready))
    return {
      job: ready,
      batch,
      dashboard: port,
      options: {
        ...(cluster === null ? {} : { cluster: cluster.options, clusterState: cluster.state }),
        ...(cluster === null && batch === null ? { executor: executor as ExecutorChoice } : {}),
        ...(flags.workers === undefined ? {} : { workers: flags.workers }),
        journal: batch === null && (flags.journal || flags.resume),
        ...(flags.duplicateFiles === undefined ? {} : { duplicateFiles: flags.duplicateFiles }),
        resume: flags.resume,
        beside,
        remote: patience(flags),
      },
    }
  })
}

/** Of `run`, whatever its job comes from. */
export type ReportFlags = Pick<RunFlags, 'debug' | 'logFile' | 'profile' | 'progress' | 'summary'>

interface Told {
  readonly warn: (text: string) => void
  readonly log: Logger
  readonly signal: AbortSignal
}

interface Ready {
  readonly job: Job
  /** null: the work is done here, or by a cluster. */
  readonly batch: BatchRun | null
  /** Port of the page of the run; null: there is none. */
  readonly dashboard?: number | null
  readonly options: RunOptions
}

/** Runs the job that `prepare` gives, and tells of it. Returns the exit status. */
export async function perform(flags: ReportFlags, prepare: (told: Told) => Promise<Ready>): Promise<number> {
  const { stderr } = process
  const meter = progressMeter(stderr)
  const abort = new AbortController()
  let kept = 0
  let batch: BatchRun | null = null
  let page: LivePage | null = null
  let allows: (error: DataError) => boolean = () => false
  const ignoreSignals = onInterrupt(signal =>
    abort.abort(new Interrupted('interrupted: unfinished outputs were removed', signal)),
  )
  try {
    const log = await openLog(flags)
    log.debug({ decompressors: decompressorNames() }, 'decompressors')
    const warnings: string[] = []
    const warn = (text: string) => {
      warnings.push(text)
      page?.warn(text)
      meter.clear()
      stderr.write(`warning: ${hideAccessIn(text)}\n`)
    }
    const { job, options, ...ready } = await prepare({ warn, log, signal: abort.signal })
    batch = ready.batch
    page = await openDashboard(ready.dashboard ?? null, job, { warn, log })
    for (const text of warnings) page?.warn(text)
    allows = error => toleratesAll(job, failureOf(error))
    const summary = await runJob(job, {
      ...options,
      ...(batch === null ? {} : { batch: batch.choice(text => flags.progress && meter.say(text)) }),
      signal: abort.signal,
      log,
      measureCpu: flags.profile,
      ...(page === null ? {} : { onEvent: page.onEvent, turn: page.turn }),
      onKept: chunks => {
        kept = chunks
      },
      onWarning: message => {
        log.warn({}, message)
        warn(message)
      },
      onNotice: message => {
        meter.clear()
        stderr.write(`${hideAccessIn(message)}\n`)
      },
      onProgress: progress => {
        log.debug(progress, 'progress')
        if (flags.progress) meter.update(progress)
      },
    })
    meter.clear()
    recordRun(summary, job.output)
    log.info({ summary }, 'done')
    await page?.end('done', null)
    if (flags.profile) stderr.write(profileText(summary))
    if (flags.summary) stderr.write(summaryText(summary, job.output))
    return EXIT.done
  } catch (error) {
    meter.clear()
    if (error instanceof Error && error.name === 'Detached') return batch!.left()
    const { text, status } = describeFailure(abort.signal.aborted ? abort.signal.reason : error, flags.debug)
    const hints = [
      ...(error instanceof DataError ? [allows(error) ? LEAVE_OUT_HINT : SKIP_HINT] : []),
      ...(kept > 0 ? [`${kept} chunks are done: continue with --resume\n`] : []),
      batch?.goesOn() ?? '',
    ]
    const told = `${text}\n${hints.join('')}`
    stderr.write(told)
    await page?.end(abort.signal.aborted ? 'interrupted' : 'failed', told.trimEnd())
    return status
  } finally {
    ignoreSignals()
  }
}

/** Batch jobs are noted down, so that a crash leaves none that cannot be found. */
async function clusterOf(name: string, flags: RunFlags) {
  const { clusterOptions } = await import('../cluster/options.js')
  const { beginState, endState } = await import('../cluster/state.js')
  const state = /^(dask\/|python:)/.test(name) ? beginState() : null
  try {
    const options = clusterOptions(name, flags, state?.folder)
    const { checkPort } = await import('../cluster/ports.js')
    if (!name.includes('://')) await checkPort(flags.port)
    return { options, state }
  } catch (error) {
    if (state !== null) endState(state, false)
    throw error
  }
}

/** Whatever a job opens or writes. */
function placesOf({ datasets, output }: Job): string[] {
  const files = datasets.flatMap(({ files, goldenJSON, pileupJSON, pileupData }) => [
    ...files.map(file => file.path),
    ...[pileupJSON, pileupData].filter(path => path !== null),
    // Certified sections are on the web as well, which asks for nothing.
    ...(goldenJSON !== null && !/^https?:/i.test(goldenJSON) ? [goldenJSON] : []),
  ])
  return [...files, output]
}

/** The fileset's path, or the document on stdin: `tnp-pipe preprocess | tnp-pipe run`. */
async function filesetOf(path: string | undefined): Promise<ConfigurationInput['fileset']> {
  if (path !== undefined && path !== '-') return path
  if (path === undefined && process.stdin.isTTY) {
    throw new UsageError([{ place: '--fileset', message: 'no fileset. Name a file, or pipe one in.' }])
  }
  const { readFileset } = await import('./preprocess.js')
  return (await readFileset('-')).document
}

async function preprocessed(
  job: Job,
  resume: boolean,
  signal: AbortSignal,
): Promise<{ job: Job; beside?: BesideJournal | undefined }> {
  const say = (text: string) => process.stderr.write(`${hideAccessIn(text)}\n`)
  const { preprocessJob } = await import('../job/preprocess.js')
  const { job: ready, path, isKept, beside } = await preprocessJob(job, { resume, signal, onWarning: say })
  if (isKept) say('the files have not changed: the preprocessed fileset of the stopped run is used again')
  say(`preprocessed fileset written to ${path}`)
  return { job: ready, beside }
}
