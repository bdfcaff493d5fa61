/** `run` with jobs of a batch system: what the command line says of them, and what is printed of a run that goes on without its driver. */
import { basename, dirname, resolve } from 'node:path'
import { BATCH_FOLDER, RunFolder } from '../batch/folder.js'
import { batchResources, systemOf } from '../batch/options.js'
import { hideAccessIn, isRemote } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import type { BatchChoice } from '../job/batch.js'
import type { RunFlags } from './run-options.js'

export interface BatchRun {
  choice(say: (text: string) => void): BatchChoice
  /** All jobs are submitted: prints where, and how to go on. Gives the exit status. */
  left(): number
  /** What is printed where the driver ends before its jobs; '' where there is nothing to go on with. */
  goesOn(): string
}

type Chosen = Omit<BatchChoice, 'onOpen' | 'onWaiting'>

/** Throws UsageError. */
export async function batchOf(flags: RunFlags): Promise<BatchRun> {
  if (flags.resume) {
    const message = 'a batch run is continued by tnp-pipe collect, or by the same command without this option.'
    throw new UsageError([{ place: '--resume', message }])
  }
  if (isRemote(flags.output) && flags.batchFolder === undefined) {
    const message = 'the output is at a server, and jobs need a folder that they share. Name one.'
    throw new UsageError([{ place: '--batch-folder', message }])
  }
  const system = systemOf(flags.executor!)
  const { logDirectory } = flags
  const resources = batchResources(system, {
    ...flags,
    ...(logDirectory === undefined ? {} : { logDirectory: resolve(logDirectory) }),
  })
  return batchRun({
    system,
    resources,
    folder: flags.batchFolder === undefined ? null : resolve(flags.batchFolder),
    detach: flags.detach,
    waits: true,
    eventsPerJob: flags.eventsPerJob ?? null,
    command: process.argv.slice(1).map(hideAccessIn),
  })
}

/** isCollecting: it is known that the run has been begun before. */
export function batchRun(chosen: Chosen, isCollecting = false): BatchRun {
  let folder: string | null = null
  return {
    choice: say => ({
      ...chosen,
      onOpen: (path, since) => {
        folder = path
        if (since !== null && !isCollecting) process.stderr.write(`going on with the batch run of ${since}\n`)
      },
      onWaiting: counts => say(`jobs: ${countsText(counts)}`),
    }),
    left() {
      process.stdout.write(`${folder}\n`)
      process.stderr.write(`all jobs are submitted and go on without this program\n${commandsText(folder!)}`)
      return 0
    },
    goesOn() {
      return folder === null || !hasJobs(folder)
        ? ''
        : `the run is in ${folder}, and its jobs go on\n${commandsText(folder)}`
    },
  }
}

/** Some jobs were submitted, and the run is not complete. */
function hasJobs(path: string): boolean {
  const folder = new RunFolder(path)
  return folder.names('submissions').length > 0 && folder.document()?.collected === undefined
}

const STATES = ['done', 'running', 'pending', 'held', 'failed', 'lost', 'unsubmitted'] as const

/** "3 done, 1 running". */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const told = STATES.filter(state => (counts[state] ?? 0) > 0)
  return told.length === 0 ? 'none' : told.map(state => `${counts[state]} ${state}`).join(', ')
}

/** How to go on. The output folder is name enough. */
export function commandsText(folder: string): string {
  const name = basename(folder) === BATCH_FOLDER ? dirname(folder) : folder
  const run = /^[\w./+-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
  const rows = [
    [`tnp-pipe status ${run}`, 'what becomes of them'],
    [`tnp-pipe resubmit ${run}`, 'those that failed or got lost, once more'],
    [`tnp-pipe collect ${run}`, 'waits for them and writes the outputs'],
  ]
  const width = Math.max(...rows.map(([command]) => command!.length))
  return rows.map(([command, what]) => `  ${command!.padEnd(width)}  ${what}\n`).join('')
}
