/** What has become of a batch run, for people and programs. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { PassDocument, RunFolder } from './folder.js'
import type { SystemName } from './options.js'
import { currentGroups, type GroupState, isHopeless, isUnderWay, type StateName, survey } from './states.js'
import { settleSubmissions } from './submissions.js'
import { systemFor } from './system-for.js'

export interface PassReport {
  readonly dataset: string
  /** sum: adding up generator weights; run: the main pass. */
  readonly phase: 'sum' | 'run'
  readonly jobs: number
  /** Estimated where files were not opened. */
  readonly events: number
  readonly counts: Readonly<Partial<Record<StateName, number>>>
}

/** A job that will leave no result. */
export interface JobReport {
  readonly dataset: string
  readonly phase: 'sum' | 'run'
  readonly state: StateName
  /** As the batch system numbers it; null: it was not submitted. */
  readonly job: string | null
  readonly file: string
  readonly start: number
  readonly chunks: number
  readonly reason: string
  readonly log: string | null
  readonly lastLines: readonly string[]
}

export interface RunReport {
  readonly folder: string
  readonly system: SystemName
  readonly created: string
  readonly output: string
  readonly collected: string | null
  readonly cancelled: string | null
  /** done: all results are there; bad: some will not come by themselves; waiting: some are still to come. */
  readonly verdict: 'done' | 'bad' | 'waiting'
  readonly passes: readonly PassReport[]
  /** Datasets whose main pass has not been submitted yet. */
  readonly unsubmitted: readonly string[]
  /** Why jobs wait, in the batch system's words, with the number of jobs. */
  readonly waiting: Readonly<Record<string, number>>
  readonly problems: readonly JobReport[]
}

/** Throws ClusterError where the batch system does not answer. lines: of each log. */
export async function statusOf(folder: RunFolder, lines: number): Promise<RunReport> {
  const document = folder.document()!
  const { system: name, created, output, collected = null, cancelled = null } = document
  const facts = { folder: folder.path, system: name, created, output, collected, cancelled }
  if (collected !== null) {
    return { ...facts, verdict: 'done', passes: [], unsubmitted: [], waiting: {}, problems: [] }
  }
  const system = await systemFor(name)
  const all = await settleSubmissions(folder, system)
  const states = await survey(folder, system, all, currentGroups(folder), true)
  const byGroup = new Map(states.map(state => [state.group, state]))
  const passes = folder.currentPasses()
  const submitted = new Set(passes.filter(({ phase }) => phase === 'run').map(({ dataset }) => dataset))
  const unsubmitted = document.datasets.filter(dataset => !submitted.has(dataset))
  const isWaiting =
    unsubmitted.length > 0 || states.some(({ state }) => state === 'unsubmitted') || states.some(isUnderWay)
  return {
    ...facts,
    verdict: states.some(isHopeless) ? 'bad' : isWaiting ? 'waiting' : 'done',
    passes: passes.map(pass => passReport(folder, pass, byGroup)),
    unsubmitted,
    waiting: reasonsOf(states),
    problems: passes.flatMap(pass =>
      partsOf(folder, pass)
        .map(group => byGroup.get(group)!)
        .filter(isHopeless)
        .map(state => jobReport(folder, pass, state, lines)),
    ),
  }
}

function partsOf(folder: RunFolder, { groups }: PassDocument): string[] {
  return groups.flatMap(({ id }) => folder.partsOf(id))
}

function passReport(folder: RunFolder, pass: PassDocument, states: ReadonlyMap<string, GroupState>): PassReport {
  const parts = partsOf(folder, pass)
  const counts: Partial<Record<StateName, number>> = {}
  for (const part of parts) {
    const { state } = states.get(part)!
    counts[state] = (counts[state] ?? 0) + 1
  }
  const events = pass.groups.reduce((sum, group) => sum + group.events, 0)
  return { dataset: pass.dataset, phase: pass.phase, jobs: parts.length, events, counts }
}

function reasonsOf(states: readonly GroupState[]): Record<string, number> {
  const out: Record<string, number> = {}
  for (const { state, reason } of states) {
    if (state === 'pending' && reason !== '') out[reason] = (out[reason] ?? 0) + 1
  }
  return out
}

function jobReport(folder: RunFolder, pass: PassDocument, found: GroupState, lines: number): JobReport {
  const { group, state, reason, submission, job } = found
  const chunks = folder.chunksOf(group)
  const log = submission === null ? null : `${submission.logs}-${job}.log`
  return {
    dataset: pass.dataset,
    phase: pass.phase,
    state,
    job: submission?.array == null ? null : jobName(submission.array.id, job, submission.array.schedd),
    file: chunks[0]!.file,
    start: chunks[0]!.start,
    chunks: chunks.length,
    reason,
    log,
    lastLines: log === null ? [] : lastLines(log, lines),
  }
}

/** As squeue and condor_q write it. */
function jobName(id: string, job: number, schedd: string | undefined): string {
  return schedd === undefined ? `${id}_${job}` : `${id}.${job}`
}

const TAIL_BYTES = 16_384

/** The end of a text; [] where there is none. */
function lastLines(path: string, lines: number): string[] {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return []
  }
  try {
    const { size } = fstatSync(file)
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES))
    readSync(file, bytes, 0, bytes.length, size - bytes.length)
    return lines === 0 ? [] : bytes.toString('utf8').trimEnd().split('\n').slice(-lines)
  } finally {
    closeSync(file)
  }
}
