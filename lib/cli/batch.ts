/** `tnp-pipe status`, `resubmit`, `collect` and `cancel`: batch runs that go on without the program that began them. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { RunFolder } from '../batch/folder.js'
import { type BatchFlags, type BatchResources, batchResources } from '../batch/options.js'
import { takeProxy } from '../batch/proxy.js'
import { cancelRun, resubmit } from '../batch/resubmit.js'
import { type RunReport, statusOf } from '../batch/status.js'
import { isRemote } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import { readStored } from '../job/batch.js'
import { batchRun, commandsText } from './batch-run.js'
import { statusText } from './batch-text.js'
import { type CommandReport, EXIT } from './exit.js'
import { checkedCredentials, patience, type RemoteFlags } from './remote-options.js'
import { perform, type ReportFlags } from './run.js'

/** Of `status`, where nothing is wrong and jobs are still to come. */
const STILL_WAITING = 4
const STATUS: Readonly<Record<RunReport['verdict'], number>> = {
  done: EXIT.done,
  bad: EXIT.incomplete,
  waiting: STILL_WAITING,
}

export async function statusCommand(
  run: string,
  { json, logLines }: { readonly json: boolean; readonly logLines: number },
): Promise<CommandReport> {
  const report = await statusOf(RunFolder.find(run), logLines)
  const stdout = json ? `${JSON.stringify(report, null, 1)}\n` : statusText(report)
  return { stdout, stderr: '', status: STATUS[report.verdict] }
}

export async function resubmitCommand(run: string, flags: BatchFlags): Promise<CommandReport> {
  const folder = RunFolder.find(run)
  const { system, resources, collected } = folder.document()!
  if (collected !== undefined) {
    const message = `this run was collected at ${collected}: there is nothing to resubmit.`
    throw new UsageError([{ place: folder.path, message }])
  }
  let warnings = ''
  const now = changed(resources, batchResources(system, flags), flags)
  const { job } = readStored(readFileSync(folder.at('job')))
  const distant = job.datasets.some(({ files }) => files.some(({ path }) => isRemote(path)))
  takeProxy(folder, distant, now.walltimeSeconds, message => {
    warnings += `warning: ${message}\n`
  })
  const { jobs, halved, indivisible } = await resubmit(folder, now)
  if (indivisible > 0) {
    warnings += `warning: ${indivisible} of them took too much memory, and cannot be halved: give more with --memory\n`
  }
  const halves = halved === 0 ? '' : `, ${halved} of them halved for their memory`
  const stdout =
    jobs === 0
      ? 'nothing to resubmit: no job failed, is held or got lost\n'
      : `${jobs} ${jobs === 1 ? 'job' : 'jobs'} resubmitted${halves}\n`
  return { stdout, stderr: warnings, status: EXIT.done }
}

/** What is given takes the place of what was. */
function changed(before: BatchResources, given: BatchResources, flags: BatchFlags): BatchResources {
  return {
    cores: flags.cores === undefined ? before.cores : given.cores,
    memoryBytes: flags.memory === undefined ? before.memoryBytes : given.memoryBytes,
    diskBytes: given.diskBytes ?? before.diskBytes,
    scaleout: given.scaleout ?? before.scaleout,
    queue: given.queue ?? before.queue,
    walltimeSeconds: given.walltimeSeconds ?? before.walltimeSeconds,
    jobflavour: given.jobflavour ?? before.jobflavour,
    extra: given.extra.length === 0 ? before.extra : given.extra,
    logFolder: given.logFolder === null ? before.logFolder : resolve(given.logFolder),
  }
}

export interface CollectFlags extends ReportFlags, RemoteFlags {
  readonly wait: boolean
}

/** Returns the exit status. */
export async function collectCommand(run: string, flags: CollectFlags): Promise<number> {
  const folder = RunFolder.find(run)
  const document = folder.document()!
  if (document.collected !== undefined) {
    process.stderr.write(`this run was collected at ${document.collected}: the outputs are in ${document.output}\n`)
    return EXIT.done
  }
  return perform(flags, async ({ warn }) => {
    const stored = readStored(readFileSync(folder.at('job')))
    if (!existsSync(document.cwd)) {
      const message = 'the folder where the run was begun is gone, and paths of its job start there. Make it again.'
      throw new UsageError([{ place: document.cwd, message }])
    }
    process.chdir(document.cwd)
    const places = stored.job.datasets.flatMap(({ files }) => files.map(({ path }) => path))
    for (const message of await checkedCredentials([...places, stored.job.output])) warn(message)
    const batch = batchRun(
      {
        system: document.system,
        resources: document.resources,
        folder: folder.path,
        detach: false,
        waits: flags.wait,
        eventsPerJob: stored.eventsPerJob,
        command: document.command,
      },
      true,
    )
    const { maxChunkEvents } = stored
    return {
      job: stored.job,
      batch,
      options: {
        journal: false,
        remote: { ...stored.remote, ...patience(flags) },
        ...(maxChunkEvents === null ? {} : { maxChunkEvents }),
      },
    }
  })
}

export async function cancelCommand(run: string): Promise<CommandReport> {
  const folder = RunFolder.find(run)
  const arrays = await cancelRun(folder)
  const what = arrays === 0 ? 'no jobs were left to take back' : 'all jobs are taken back'
  const stdout = `${what}; results so far are kept in ${folder.path}\n`
  return { stdout, stderr: commandsText(folder.path), status: EXIT.done }
}
